import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyCommand } from "../../src/model/design/applyCommand.ts";
import { deriveDesign } from "../../src/model/design/derive.ts";
import type { DesignCommand } from "../../src/model/design/design.ts";
import { designProblems } from "../../src/model/design/rules.ts";
import type { Problem } from "../../src/model/problem.ts";
import { loadSchemas } from "../../src/model/schema/loadSchemas.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { transformSam } from "../../src/model/template/sam/transformSam.ts";
import { definitionOf, definitions } from "../../src/runtime/services/definitions.ts";

const schemas = await loadSchemas();
const context = { definitionOf, schemas, today: "2026-11-01" };

function problemsOf(text: string): Problem[] {
  const document = parseTemplate(text, "template.yaml");
  expect(document.problems).toEqual([]);
  return designProblems(document, deriveDesign(document, context), context).filter(({ severity }) => severity !== "info");
}

function said(text: string): string[] {
  return problemsOf(text).map(({ range, severity, rule }) => `${range?.start.line}:${range?.start.column} ${severity} ${rule}`);
}

/** The template after the first fix that a rule offers. */
function mended(text: string, rule: string): unknown {
  const fix = problemsOf(text).find((problem) => problem.rule === rule)?.fix;
  if (!fix) throw new Error(`${rule} offers no fix`);
  return applyCommand(parseTemplate(text, "template.yaml"), fix.command as DesignCommand, context).value;
}

const topic = (properties: string): string => `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n${properties}`;

describe("the data", () => {
  test("every type that runs has a schema, and so has what SAM makes of it", () => {
    const types: readonly string[] = definitions.flatMap((service) => service.resourceTypes.map(({ type }) => type));
    expect(types.filter((type) => schemas.schemaOf(type) === undefined)).toEqual([]);
    const { template } = transformSam(parseTemplate(readFileSync("resources/examples/orders/template.yaml", "utf8"), "t.yaml").value, {
      region: "us-east-1",
      parameters: {},
      localCode: "keep",
    });
    const made = Object.values(Object(template["Resources"])).map((resource) => String(Object(resource).Type));
    expect(made.filter((type) => schemas.schemaOf(type) === undefined)).toEqual([]);
  });

  test("the forms of all services name properties that the schema has", () => {
    const unknown = definitions.flatMap((service) =>
      service.resourceTypes.flatMap(({ type, properties }) => {
        const schema = schemas.schemaOf(type);
        return properties
          .filter(({ path }) => !Object.hasOwn(schema?.properties ?? {}, path.split(".")[0] ?? ""))
          .map(({ path }) => `${type}.${path}`);
      }),
    );
    expect(unknown).toEqual([]);
  });
});

test("the page on problems lists every rule, and none that is not there", () => {
  const folder = "src/model/design/rules";
  const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, "utf8"));
  const inCode = new Set(sources.flatMap((text) => [...text.matchAll(/"(design\.[a-z0-9-]+)"/g)].map((match) => match[1])));
  const onPage = new Set([...readFileSync("docs/problems.md", "utf8").matchAll(/`(design\.[a-z0-9-]+)`/g)].map((match) => match[1]));
  expect([...onPage].sort()).toEqual([...inCode].sort());
});

describe("findings", () => {
  test.each([
    ["an unknown property, with a guess", "      TopicNam: a\n", ["5:7 error design.unknown-property"]],
    ["an unknown property like none", "      Colour: a\n", ["5:7 warning design.unknown-property"]],
    ["one below", "      Subscription: [{ Endpoint: a, Protocoll: sqs, Protocol: sqs }]\n", ["5:37 error design.unknown-property"]],
    ["a required one below", "      Subscription:\n        - Endpoint: a\n", ["6:11 error design.required-property"]],
    ["a value that is none of the list", "      Subscription: [{ Endpoint: a, Protocol: SQS }]\n", ["5:37 error design.not-a-choice"]],
    ["a list in place of a text", "      TopicName: [a]\n", ["5:7 error design.wrong-type"]],
    ["a map in place of a list", "      Tags: { a: b }\n", ["5:7 error design.wrong-type"]],
    ["a text in place of true or false", "      FifoTopic: yes please\n", ["5:7 error design.wrong-type"]],
    ["a read-only one", "      TopicArn: a\n", ["5:7 error design.read-only-property"]],
    ["an empty one", "      DisplayName:\n", ["5:7 error design.empty-value"]],
    [
      "inside of a condition's branch",
      "      TopicName: !If [C, [a], b]\nConditions: { C: !Equals [a, a] }\n",
      ["5:26 error design.wrong-type"],
    ],
  ])("%s", (_what, properties, expected) => {
    expect(said(topic(properties))).toEqual(expected);
  });

  test.each([
    [
      "numbers and truth values as texts, texts as numbers",
      '      FifoTopic: "true"\n      ContentBasedDeduplication: False\n      TopicName: 7\n      DisplayName: true\n',
    ],
    [
      "functions everywhere",
      '      TopicName: !Sub a\n      FifoTopic: !ImportValue f\n      Tags: !Split [",", a]\n      Subscription: [!If [C, { Endpoint: a, Protocol: sqs }, !Ref AWS::NoValue]]\nConditions: { C: !Equals [a, a] }\n',
    ],
    ["documents of any form", "      ArchivePolicy: { Any: { thing: [1] } }\n"],
  ])("none for %s", (_what, properties) => {
    expect(said(topic(properties)).filter((line) => !line.includes("import-value"))).toEqual([]);
  });

  test("SAM's events are told apart by their type", () => {
    const event = (text: string): string[] =>
      said(`Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.handler
      Runtime: nodejs24.x
      Events:
        It: ${text}
`);
    expect(event("{ Type: Api, Properties: { Path: /, Method: get } }")).toEqual([]);
    expect(event("{ Type: Apii, Properties: { Path: /, Method: get } }")[0]).toBe("9:15 error design.not-a-choice");
    expect(event("{ Type: Api, Properties: { Path: /, Metod: get } }")).toContain("9:49 error design.unknown-property");
    expect(event("{ Type: SQS }")).toContain("9:9 error design.required-property");
  });

  test("Globals are checked for what may stand there, and give what a function leaves out", () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs24.x
    Handler: a.handler
    MemorySise: 256
    FunctionName: a
Resources:
  Work: { Type: AWS::Serverless::Function, Properties: { InlineCode: a } }
`;
    expect(said(text)).toEqual(["6:5 error design.unknown-property", "7:5 error design.unknown-property"]);
  });

  test("types that AWS does not have, and attributes that they do not have", () => {
    const types =
      "Resources:\n  A: { Type: AWS::SNS::Topik }\n  B: { Type: AWS::Quantum::Toaster }\n  C: { Type: Custom::Mine, Properties: { ServiceToken: a } }\n";
    expect(said(types)).toEqual(["2:8 warning design.unknown-type", "3:8 warning design.unknown-type"]);
    const attributes = `${topic("      TopicName: a\n")}Outputs:\n  A: { Value: !GetAtt Topic.Arn }\n  B: { Value: !GetAtt Topic.TopicArn }\n`;
    expect(said(attributes)).toEqual(["7:8 error design.unknown-attribute"]);
  });
});

test("a value that a store gives while AWS deploys is not judged", () => {
  const timeout = '"{{resolve:ssm:/visibility}}"';
  const queue = `Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: { VisibilityTimeout: ${timeout}, Tags: ${timeout} }\n`;
  expect(said(queue)).toEqual([]);
  expect(said(queue.replaceAll(timeout, "soon"))).not.toEqual([]);
});

describe("fixes", () => {
  test.each([
    ["renames", topic("      TopicNam: a\n"), "design.unknown-property", { TopicName: "a" }],
    [
      "sets",
      topic("      Subscription: [{ Endpoint: a, Protocol: SQS }]\n"),
      "design.not-a-choice",
      { Subscription: [{ Endpoint: "a", Protocol: "sqs" }] },
    ],
    ["removes", topic("      TopicArn: a\n      TopicName: b\n"), "design.read-only-property", { TopicName: "b" }],
    ["makes a list", topic("      Tags: { Key: a, Value: b }\n"), "design.wrong-type", { Tags: [{ Key: "a", Value: "b" }] }],
  ])("%s", (_what, text, rule, expected) => {
    expect(mended(text, rule)).toHaveProperty("Resources.Topic.Properties", expected);
  });
});

describe("what AWS refuses beyond the properties' form", () => {
  const of = (type: string, properties: string): string[] =>
    said(`Resources:\n  It: { Type: ${type}, Properties: ${properties} }\n`).map((line) => line.slice(line.indexOf(" ") + 1));
  const rule = (expression: string): string[] => of("AWS::Events::Rule", `{ ScheduleExpression: "${expression}" }`);

  test.each([
    ["rate(1 minute)", []],
    ["rate(5 minutes)", []],
    ["cron(0 12 * * ? *)", []],
    ["cron(0/15 8-17 ? * MON-FRI *)", []],
    ["rate(1 minutes)", ["error design.schedule"]],
    ["rate(5 minute)", ["error design.schedule"]],
    ["rate(0 minutes)", ["error design.schedule"]],
    ["cron(0 12 * * *)", ["error design.schedule"]],
    ["cron(0 12 * * * *)", ["error design.schedule"]],
    ["every 5 minutes", ["error design.schedule"]],
    ["at(2026-01-01T00:00:00)", ["error design.schedule"]],
  ])("schedule %s", (expression, expected) => {
    expect(rule(expression)).toEqual(expected);
  });

  test.each([
    ["a bucket's name in capitals", of("AWS::S3::Bucket", "{ BucketName: MyBucket }"), ["error design.name"]],
    [
      "a table's name too short",
      of(
        "AWS::DynamoDB::Table",
        "{ TableName: ab, BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{ AttributeName: a, AttributeType: S }], KeySchema: [{ AttributeName: a, KeyType: HASH }] }",
      ),
      ["error design.name"],
    ],
    ["a rule that never fires", of("AWS::Events::Rule", "{ Name: a }"), ["error design.rule-without-events"]],
    ["a FIFO property on a standard queue", of("AWS::SQS::Queue", "{ ContentBasedDeduplication: true }"), ["error design.fifo-property"]],
    [
      "a policy without Effect",
      of("AWS::IAM::Role", '{ AssumeRolePolicyDocument: { Statement: [{ Action: "sts:AssumeRole", Principal: "*" }] } }'),
      ["error design.policy"],
    ],
    [
      "an action without service",
      of("AWS::IAM::Role", '{ AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: AssumeRole, Principal: "*" }] } }'),
      ["error design.policy"],
    ],
    [
      "a variable of Lambda's own",
      of(
        "AWS::Lambda::Function",
        "{ Role: r, Code: { ZipFile: a }, Handler: index.handler, Runtime: nodejs24.x, Environment: { Variables: { AWS_REGION: a } } }",
      ),
      ["error design.environment-name"],
    ],
    [
      "code in the template of a runtime that is compiled",
      of("AWS::Lambda::Function", "{ Role: r, Code: { ZipFile: a }, Handler: a.B::c, Runtime: java21 }"),
      ["error design.inline-code"],
    ],
    [
      "an image with a handler",
      of("AWS::Lambda::Function", "{ Role: r, PackageType: Image, Code: { ImageUri: a }, Handler: index.handler }"),
      ["error design.image-function"],
    ],
    [
      "a runtime that is none",
      of("AWS::Lambda::Function", "{ Role: r, Code: { ZipFile: a }, Handler: index.handler, Runtime: node24 }"),
      ["error design.unknown-runtime"],
    ],
  ])("%s", (_what, found, expected) => {
    expect(found).toEqual(expected);
  });

  test("counts of the whole template", () => {
    const many = (count: number, line: (index: number) => string): string =>
      Array.from({ length: count }, (_, index) => line(index)).join("");
    const resources = `Resources:\n${many(501, (index) => `  T${index}: { Type: AWS::SNS::Topic }\n`)}`;
    expect(said(resources)).toEqual(["1:1 error design.too-many"]);
    const outputs = `Resources: { T: { Type: AWS::SNS::Topic } }\nOutputs:\n${many(201, (index) => `  O${index}: { Value: a }\n`)}`;
    expect(said(outputs)).toEqual(["2:1 error design.too-many"]);
    const filler = `# ${"a".repeat(1_000)}\n`.repeat(1_100);
    expect(said(`Resources: { T: { Type: AWS::SNS::Topic } }\n${filler}`)).toEqual(["1:1 error design.too-many"]);
    expect(said(`Description: ${"a".repeat(1_025)}\nResources: { T: { Type: AWS::SNS::Topic } }\n`)).toEqual(["1:1 error design.too-many"]);
  });

  test("two resources of one name, dead letters of another kind, a stream that is not there", () => {
    expect(
      said(
        "Resources:\n  A: { Type: AWS::SNS::Topic, Properties: { TopicName: a } }\n  B: { Type: AWS::SNS::Topic, Properties: { TopicName: a } }\n",
      ),
    ).toEqual(["3:45 error design.same-name"]);
    expect(
      said(
        "Resources:\n  Q: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true, RedrivePolicy: { deadLetterTargetArn: !GetAtt D.Arn, maxReceiveCount: 3 } } }\n  D: { Type: AWS::SQS::Queue }\n",
      ),
    ).toEqual(["2:79 error design.dead-letter-kind"]);
    expect(
      said(`Resources:
  T: { Type: AWS::DynamoDB::Table, Properties: { BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{ AttributeName: a, AttributeType: S }], KeySchema: [{ AttributeName: a, KeyType: HASH }] } }
  M: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: f, EventSourceArn: !GetAtt T.StreamArn, StartingPosition: LATEST } }
`),
    ).toEqual(["3:78 error design.no-stream"]);
  });

  test("parameters, mappings and conditions that nothing uses are told", () => {
    const text = `Parameters:
  Used: { Type: String, Default: a }
  Unused: { Type: String, Default: a }
Mappings:
  Used: { a: { b: c } }
  Unused: { a: { b: c } }
Conditions:
  Used: !Equals [!Ref Used, a]
  Unused: !Equals [a, b]
Resources:
  T: { Type: AWS::SNS::Topic, Condition: Used, Properties: { TopicName: !FindInMap [Used, a, b] } }
Outputs:
  T: { Condition: Used, Value: !Ref T }
`;
    const document = parseTemplate(text, "template.yaml");
    const unused = designProblems(document, deriveDesign(document, context), context).filter(({ rule }) => rule === "design.unused");
    expect(unused.map(({ range }) => range?.start.line)).toEqual([3, 6, 9]);
  });
});
