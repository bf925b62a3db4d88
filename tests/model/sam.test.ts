import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { isJsonObject } from "../../src/model/json.ts";
import type { Json } from "../../src/model/json.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { transformSam } from "../../src/model/template/sam/transformSam.ts";

// Pairs of the official translator: NAME.yaml becomes NAME.json. See sam/NOTICE.
const folder = join(import.meta.dirname, "sam");
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((file) =>
  file.endsWith(".yaml") ? [file.slice(0, -".yaml".length)] : [],
);

/** Pairs that pass today. A change that makes it fewer is a step back; one that makes it more raises it. */
const floor = 190;

/** Deployments are named by a hash of Python's own way to print a document; any hash is as good. */
function withoutHashes(text: string): string {
  return text.replace(/Deployment[0-9a-f]{10}\b/g, "Deployment#").replace(/(deployment id: )[0-9a-f]{40}/i, "$1#");
}

/** Order matters in no list but that of layers. */
function normalized(value: Json, key?: string): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => normalized(item));
    return key === "Layers" ? items : items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.keys(value)
        .toSorted()
        .map((name) => [withoutHashes(name), normalized(value[name] ?? null, name)]),
    );
  }
  return typeof value === "string" ? withoutHashes(value) : value;
}

/** Paths at which two values differ, the first few. */
function differences(got: Json | undefined, want: Json | undefined, path = ""): string[] {
  if (JSON.stringify(got) === JSON.stringify(want)) return [];
  if (typeof got === "object" && typeof want === "object" && got !== null && want !== null && Array.isArray(got) === Array.isArray(want)) {
    const a = got as Record<string, Json>;
    const b = want as Record<string, Json>;
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differences(a[key], b[key], `${path}/${key}`));
  }
  return [`${path}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`.slice(0, 300)];
}

test(`the SAM transform gives what AWS's gives, for at least ${floor} of ${names.length} templates`, () => {
  const failures: string[] = [];
  for (const name of names) {
    const document = parseTemplate(readFileSync(join(folder, `${name}.yaml`), "utf8"), `${name}.yaml`);
    expect(document.problems).toEqual([]);
    const want = normalized(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Json);
    const { template, findings } = transformSam(document.value, { region: "ap-southeast-1", localCode: "reject" });
    const found = differences(normalized(template), want);
    if (found.length > 0) failures.push([`${name}:`, ...found.slice(0, 3), ...findings.map((finding) => finding.message)].join("\n    "));
  }
  const passed = names.length - failures.length;
  expect(passed, `${passed} of ${names.length} pass.\n${failures.join("\n")}`).toBeGreaterThanOrEqual(floor);
});

test("every transformed resource says which resource of the design it came from", () => {
  const document = parseTemplate(readFileSync(join(folder, "implicit_api.yaml"), "utf8"), "template.yaml");
  const { template, sources } = transformSam(document.value, { region: "us-east-1", localCode: "keep" });
  expect(Object.keys(sources).toSorted()).toEqual(Object.keys(template.Resources as Record<string, Json>).toSorted());
  expect(sources.RestApiFunctionAddItemPermissionProd).toBe("RestApiFunction");
  expect(sources.ServerlessRestApiProdStage).toBe("ServerlessRestApi");
});

test("local code keeps its path, with what says how to build it", () => {
  const { value } = parseTemplate(
    `Resources:
  Place:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [place.ts] } }
    Properties: { CodeUri: src/, Handler: place.handler, Runtime: nodejs24.x }
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layers/shared }
`,
    "template.yaml",
  );
  const { template, findings } = transformSam(value, { region: "us-east-1", localCode: "keep" });
  expect(findings).toEqual([]);
  expect(template.Resources).toMatchObject({
    Place: {
      Type: "AWS::Lambda::Function",
      Metadata: { BuildMethod: "esbuild", BuildProperties: { EntryPoints: ["place.ts"] } },
      Properties: { Code: { ContrailLocalPath: "src/" }, Handler: "place.handler" },
    },
  });
  const layer = Object.values(template.Resources as Record<string, Json>).find(
    (each) => isJsonObject(each) && each.Type === "AWS::Lambda::LayerVersion",
  );
  expect(layer).toMatchObject({ Properties: { Content: { ContrailLocalPath: "layers/shared" } } });
  expect(transformSam(value, { region: "us-east-1", localCode: "reject" }).findings).toHaveLength(2);
});

test("what is wrong in one resource is said with its place, and the others are transformed all the same", () => {
  const { value } = parseTemplate(
    `Resources:
  Broken:
    Type: AWS::Serverless::Function
    Properties: { InlineCode: x, Handler: h, Runtime: nodejs24.x, Policies: [{ SQSPollerPolicy: {} }], Events: { A: { Type: Nonsense } } }
  Table: { Type: AWS::Serverless::SimpleTable }
`,
    "template.yaml",
  );
  const { template, findings } = transformSam(value, { region: "us-east-1", localCode: "keep" });
  expect(findings.map(({ path, message }) => ({ path, message }))).toEqual([
    {
      path: ["Resources", "Broken", "Properties", "Events", "A"],
      message: "Event A of Broken: Nonsense is not an event type of functions.",
    },
    { path: ["Resources", "Broken"], message: "Broken: the policy template SQSPollerPolicy also needs QueueName." },
  ]);
  expect(template.Resources).toHaveProperty("Table.Type", "AWS::DynamoDB::Table");
});

test("properties that AWS would refuse are findings at their place", () => {
  const { value } = parseTemplate(
    `Globals: { Function: { InlineCode: x } }
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: { InlineCode: x, Handler: h, Runtime: nodejs24.x, Colour: red, Events: { Q: { Type: SQS, Properties: { Queue: a, BatchSize: many } } } }
  Table: { Type: AWS::Serverless::SimpleTable, Properties: { PrimaryKey: [id] } }
  Chat: { Type: AWS::Serverless::WebSocketApi, Properties: { RouteSelectionExpression: $request.body.kind } }
  Link: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: Fn }, Destination: { Id: Nowhere }, Permissions: [Read] } }
  FnRole: { Type: AWS::SQS::Queue }
`,
    "template.yaml",
  );
  const { template, findings } = transformSam(value, { region: "us-east-1", localCode: "keep" });
  const said = Object.fromEntries(findings.map(({ path, message }) => [path.join("."), message.split(".")[0]]));
  expect(said).toEqual({
    "Globals.Function.InlineCode": "Globals: Function does not take InlineCode",
    "Resources.Fn.Properties.Colour": "Fn: AWS::Serverless::Function has no property Colour",
    "Resources.Fn.Properties.Events.Q.Properties.BatchSize": "Event Q of Fn: property BatchSize should be an integer",
    "Resources.Fn": "Fn: it also turns into FnRole, of type AWS::IAM::Role, and the template has a resource of that name already",
    "Resources.Table.Properties.PrimaryKey": "Table: property PrimaryKey should be a map of strings",
    "Resources.Chat": "Chat: property Routes is missing",
    "Resources.Link": "Link: there is no resource Nowhere in the template",
  });
  expect(template.Resources).toHaveProperty("Fn.Type", "AWS::Lambda::Function");
});

test("what an embedded connector turned into belongs to the resource that it is written in", () => {
  const document = parseTemplate(readFileSync(join(folder, "own/connectors.yaml"), "utf8"), "template.yaml");
  const { sources } = transformSam(document.value, { region: "us-east-1", localCode: "keep" });
  expect(sources.IntakeToStockPolicy).toBe("Intake");
  expect(sources.NewsToWorkQueuePolicy).toBe("NewsToWork");
});

test("documents beside the template are read where it runs", () => {
  const { value } = parseTemplate(
    `Resources:
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: Prod
      Cors: "'*'"
      DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: rest.yaml } } }
  Http: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionUri: http.yaml } }
`,
    "template.yaml",
  );
  const files: Record<string, Json> = {
    "rest.yaml": { openapi: "3.0.1", paths: { "/a": { get: { "x-amazon-apigateway-integration": {} } } } },
    "http.yaml": { openapi: "3.0.1", paths: { "/b": {} } },
  };
  const transformed = (readDocument: (path: string) => Json | undefined) =>
    transformSam(value, { region: "us-east-1", localCode: "keep", readDocument });
  const { template, findings } = transformed((path) => structuredClone(files[path]));
  expect(findings).toEqual([]);
  expect(template).toHaveProperty(["Resources", "Http", "Properties", "Body", "paths", "/b"]);
  expect(template).toHaveProperty(["Resources", "Rest", "Properties", "Body", "paths", "/a", "options"]);
  expect(transformed(() => undefined).findings.map((finding) => finding.message)).toEqual([
    "rest.yaml is not in the project's folder, or is neither YAML nor JSON. Put the file there, or change the Location.",
    "Http: http.yaml is not in the project's folder, or is no OpenAPI document.",
  ]);
});

test("gradual deployments come with what CodeDeploy needs", () => {
  const { value } = parseTemplate(
    `Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: h.h
      Runtime: nodejs24.x
      AutoPublishAlias: live
      DeploymentPreference: { Type: Canary10Percent5Minutes, Alarms: [!Ref Alarm], Hooks: { PreTraffic: !Ref Check } }
`,
    "template.yaml",
  );
  const { template, findings } = transformSam(value, { region: "us-east-1", localCode: "keep" });
  expect(findings).toEqual([]);
  expect(template.Resources).toMatchObject({
    FnAliaslive: {
      UpdatePolicy: {
        CodeDeployLambdaAliasUpdate: { DeploymentGroupName: { Ref: "FnDeploymentGroup" }, BeforeAllowTrafficHook: { Ref: "Check" } },
      },
    },
    FnDeploymentGroup: {
      Properties: {
        AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: "Alarm" } }] },
        DeploymentConfigName: { "Fn::Sub": ["CodeDeployDefault.Lambda${ConfigName}", { ConfigName: "Canary10Percent5Minutes" }] },
      },
    },
    ServerlessDeploymentApplication: { Properties: { ComputePlatform: "Lambda" } },
  });
});

test("whatever a template holds, the transform answers with findings, not with an exception", () => {
  const templates = names.map((name) => parseTemplate(readFileSync(join(folder, `${name}.yaml`), "utf8"), "template.yaml").value);
  const strange = fc.constantFrom<Json>(
    null,
    "",
    0,
    true,
    [],
    {},
    [null],
    { Ref: 5 },
    { "Fn::If": ["C", 1] },
    [[]],
    { Type: "AWS::Serverless::Function" },
    "__proto__",
  );
  fc.assert(
    fc.property(fc.nat(templates.length - 1), fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }), strange, (which, steps, value) => {
      const template = structuredClone(templates[which] ?? {});
      let at: Json = template;
      for (const [index, step] of steps.entries()) {
        if (typeof at !== "object" || at === null) break;
        const keys: string[] = Object.keys(at);
        const key: string | undefined = keys[step % Math.max(1, keys.length)];
        if (key === undefined) break;
        const holder = at as Record<string, Json>;
        if (index === steps.length - 1) holder[key] = structuredClone(value);
        at = holder[key] ?? null;
      }
      expect(isJsonObject(transformSam(template, { region: "us-east-1", localCode: "keep" }).template)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("500 resources cost little more than reading their YAML", () => {
  const resources = Array.from(
    { length: 250 },
    (_, index) => `  Function${index}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: f${index}.handler
      Runtime: nodejs24.x
      Environment: { Variables: { TABLE: !Ref Table${index} } }
      Policies:
        - DynamoDBCrudPolicy: { TableName: !Ref Table${index} }
      Events:
        Get:
          Type: HttpApi
          Properties: { Path: '/items${index}/{id}', Method: GET }
  Table${index}:
    Type: AWS::Serverless::SimpleTable
`,
  );
  const text = `Transform: AWS::Serverless-2016-10-31\nResources:\n${resources.join("")}`;
  const fastest = (run: () => void): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const began = performance.now();
        run();
        return performance.now() - began;
      }),
    );
  const bare = fastest(() => parseDocument(text, { keepSourceTokens: true, uniqueKeys: false, logLevel: "silent", schema: "failsafe" }));
  // About 40 ms bare and 60 in all on an idle machine; a ratio holds on a busy one too.
  const all = fastest(() => {
    const document = parseTemplate(text, "template.yaml");
    const { template, findings } = transformSam(document.value, { region: "us-east-1", localCode: "keep" });
    expect(findings).toEqual([]);
    expect(Object.keys(template.Resources as Record<string, Json>).length).toBeGreaterThan(1000);
  });
  expect(all / bare).toBeLessThan(4);
});
