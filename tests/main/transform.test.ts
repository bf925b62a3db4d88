import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ended } from "../support/contrail.ts";
import { temporaryFolder } from "../support/folder.ts";

const goldens = path.join(import.meta.dirname, "../model/sam");

/** Deployments are named by a hash of Python's own way to print a document; lists but those of layers are sets. */
function normalized(value: unknown, key?: string): unknown {
  const withoutHash = (text: string): string =>
    text.replace(/Deployment[0-9a-f]{10}\b/g, "Deployment#").replace(/(deployment id: )[0-9a-f]{40}/i, "$1#");
  if (Array.isArray(value)) {
    const items = value.map((item) => normalized(item));
    return key === "Layers" ? items : items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value === "object" && value !== null) {
    const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, item]) => [withoutHash(name), normalized(item, name)]));
  }
  return typeof value === "string" ? withoutHash(value) : value;
}

describe("contrail transform", () => {
  // tests/model/sam.test.ts compares them all; these show that the command line gives the same
  it.each(["api_with_auth_all_maximum_openapi_3", "basic_state_machine_with_tags", "implicit_api"])(
    "prints for %s what the official translator makes of it",
    async (name) => {
      const { code, stdout, stderr } = await ended(["transform", path.join(goldens, `${name}.yaml`), "--region", "ap-southeast-1"]);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      expect(normalized(JSON.parse(stdout))).toEqual(normalized(JSON.parse(await readFile(path.join(goldens, `${name}.json`), "utf8"))));
    },
  );

  const template = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Secret: { Type: String, NoEcho: true, Default: hush }
Mappings:
  Sizes: { dev: { Seconds: 30 }, prod: { Seconds: 60 } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub "jobs-\${Stage}-\${AWS::Region}"
      VisibilityTimeout: !FindInMap [Sizes, !Ref Stage, Seconds]
      KmsMasterKeyId: !If [IsProd, alias/jobs, !Ref AWS::NoValue]
      Tags: [{ Key: url, Value: !Sub "\${Stage}:\${Failed}:\${Failed.Arn}" }, { Key: secret, Value: !Ref Secret }]
  Failed: { Type: AWS::SQS::Queue, DependsOn: [Audit] }
  Audit: { Type: AWS::SNS::Topic, Condition: IsProd }
  Work:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: work.handler, Runtime: nodejs24.x }
  Api: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionUri: api/http.yaml } }
Outputs:
  Url: { Value: !Ref Jobs }
  Topic: { Condition: IsProd, Value: !Ref Audit }
`;
  const api = `openapi: 3.0.1\npaths:\n  /jobs: { get: { x-amazon-apigateway-integration: { uri: !GetAtt Work.Arn } } }\n`;

  it("reads documents beside the template, and keeps local code as a path", async () => {
    const folder = await temporaryFolder({ "template.yaml": template, "api/http.yaml": api });
    const { code, stdout } = await ended(["transform", path.join(folder, "template.yaml")]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).Resources).toMatchObject({
      Work: { Type: "AWS::Lambda::Function", Properties: { Code: "src/" } },
      Api: {
        Properties: {
          Body: { paths: { "/jobs": { get: { "x-amazon-apigateway-integration": { uri: { "Fn::GetAtt": ["Work", "Arn"] } } } } } },
        },
      },
      Jobs: { Properties: { QueueName: { "Fn::Sub": "jobs-${Stage}-${AWS::Region}" } } },
    });
  });

  it("never reads a document outside the project", async () => {
    const folder = await temporaryFolder({
      "shop/template.yaml": "Resources:\n  Api: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionUri: ../secret.yaml } }\n",
      "secret.yaml": api,
    });
    const { code, stdout, stderr } = await ended(["transform", path.join(folder, "shop")]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^template\.yaml:2:3 error Api: \.\.\/secret\.yaml is not in the project's folder/);
  });

  it("fills in with --resolve all that is known before a deployment, and keeps the rest deployable", async () => {
    const folder = await temporaryFolder({ "template.yaml": template, "api/http.yaml": api });
    const { code, stdout } = await ended(["transform", folder, "--resolve", "--parameter", "Stage=dev", "--region", "eu-west-1"]);
    expect(code).toBe(0);
    const resolved = JSON.parse(stdout);
    expect(resolved).not.toHaveProperty("Conditions");
    expect(resolved).not.toHaveProperty("Mappings");
    expect(resolved.Parameters).toEqual({ Secret: { Type: "String", NoEcho: true, Default: "hush" } });
    expect(resolved.Resources.Jobs.Properties).toEqual({
      QueueName: "jobs-dev-eu-west-1",
      VisibilityTimeout: 30,
      Tags: [
        { Key: "url", Value: { "Fn::Sub": "dev:${Failed}:${Failed.Arn}" } },
        { Key: "secret", Value: { Ref: "Secret" } },
      ],
    });
    expect(resolved.Resources.Failed).toEqual({ Type: "AWS::SQS::Queue" });
    expect(Object.keys(resolved.Resources)).not.toContain("Audit");
    expect(resolved.Outputs).toEqual({ Url: { Value: { Ref: "Jobs" } } });
  });

  it("tells what is wrong with its place on stderr, and exits with 1", async () => {
    const folder = await temporaryFolder({
      "template.yaml":
        "Resources:\n  Jobs: { Type: AWS::Serverless::Function, Properties: { CodeUri: s, Handler: h.h, Runtime: nodejs24.x, Events: { A: { Type: Nonsense } } } }\n",
    });
    const { code, stdout, stderr } = await ended(["transform", folder]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^template\.yaml:2:\d+ error Event A of Jobs: Nonsense is not an event type of functions/);
    const wrongValue = await ended(["transform", folder, "--resolve", "--parameter", "Nonsense"]);
    expect(wrongValue.stderr).toContain("--parameter takes Key=Value, not Nonsense.");
  });
});
