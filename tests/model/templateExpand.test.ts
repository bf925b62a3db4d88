import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { expandTemplate } from "../../src/model/template/expand.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { locateFindings } from "../../src/model/template/resolve.ts";
import { transformSam } from "../../src/model/template/sam/transformSam.ts";

const extensions = "Transform: AWS::LanguageExtensions\n";

/** The template as CloudFormation sees it once its own transforms are done, and what is wrong: `line:column message`. */
function expanded(text: string, options: Parameters<typeof expandTemplate>[1] = {}): { template: JsonObject; problems: string[] } {
  const document = parseTemplate(text, "template.yaml");
  expect(document.problems).toEqual([]);
  const { template, findings } = expandTemplate(document.value, options);
  const problems = locateFindings(document, findings).map(({ range, message }) => `${range?.start.line}:${range?.start.column} ${message}`);
  return { template, problems };
}

describe("loops", () => {
  test("in Resources, in properties, in Conditions and in Outputs", () => {
    const { template, problems } = expanded(`${extensions}
Parameters:
  Names: { Type: CommaDelimitedList, Default: "Orders, Returns" }
Conditions:
  Fn::ForEach::Stages:
    - Stage
    - [dev, prod]
    - Is\${Stage}: !Equals [!Ref AWS::StackName, !Ref Stage]
Resources:
  Fn::ForEach::Queues:
    - Name
    - !Ref Names
    - \${Name}Queue:
        Type: AWS::SQS::Queue
        Condition: Isdev
        DependsOn: \${Name}Topic
        Properties:
          QueueName: !Sub "\${AWS::StackName}-\${Name}"
          Fn::ForEach::Seconds:
            - Property
            - [VisibilityTimeout, DelaySeconds]
            - \${Property}: 10
      \${Name}Topic: { Type: AWS::SNS::Topic }
Outputs:
  Fn::ForEach::Outs:
    - Name
    - !Ref Names
    - \${Name}Arn: { Value: !GetAtt "\${Name}Queue.Arn" }
`);
    expect(problems).toEqual([]);
    expect(template["Conditions"]).toEqual({
      Isdev: { "Fn::Equals": [{ Ref: "AWS::StackName" }, "dev"] },
      Isprod: { "Fn::Equals": [{ Ref: "AWS::StackName" }, "prod"] },
    });
    expect(Object.keys(template["Resources"] ?? {})).toEqual(["OrdersQueue", "OrdersTopic", "ReturnsQueue", "ReturnsTopic"]);
    expect(template).toHaveProperty("Resources.ReturnsQueue", {
      Type: "AWS::SQS::Queue",
      Condition: "Isdev",
      DependsOn: "ReturnsTopic",
      Properties: { QueueName: { "Fn::Sub": "${AWS::StackName}-Returns" }, VisibilityTimeout: 10, DelaySeconds: 10 },
    });
    expect(template["Outputs"]).toEqual({
      OrdersArn: { Value: { "Fn::GetAtt": ["OrdersQueue", "Arn"] } },
      ReturnsArn: { Value: { "Fn::GetAtt": ["ReturnsQueue", "Arn"] } },
    });
  });

  test("nested ones make every combination; &{} leaves only letters and digits", () => {
    const { template, problems } = expanded(`${extensions}
Mappings: { Zones: { all: { Names: [eu-1, us-2] } } }
Resources:
  Fn::ForEach::Outer:
    - Zone
    - !FindInMap [Zones, all, Names]
    - Fn::ForEach::Inner:
        - Kind
        - [A, B]
        - Q&{Zone}\${Kind}: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref Zone, Tags: ["\${Kind}", "\${!Kind}", "\${Other}"] } }
`);
    expect(problems).toEqual([]);
    expect(Object.keys(template["Resources"] ?? {})).toEqual(["Qeu1A", "Qeu1B", "Qus2A", "Qus2B"]);
    expect(template).toHaveProperty("Resources.Qus2B.Properties", { QueueName: "us-2", Tags: ["B", "${!Kind}", "${Other}"] });
  });

  test("what a loop makes stands in the text where the loop writes it", () => {
    const text = `${extensions}Resources:
  Fn::ForEach::Queues:
    - Name
    - [Orders, Returns]
    - Queue\${Name}:
        Type: AWS::SQS::Queue
        Properties: { DelaySeconds: 3 }
  QueueOrdersToo: { Type: AWS::SQS::Queue }
`;
    const document = parseTemplate(text, "template.yaml");
    const at = (...path: string[]): string | undefined => {
      const range = document.rangeOf(path, "key");
      return range && text.slice(range.start.offset, range.end.offset);
    };
    expect(at("Resources", "QueueReturns")).toBe("Queue${Name}");
    expect(at("Resources", "QueueReturns", "Properties", "DelaySeconds")).toBe("DelaySeconds");
    expect(at("Resources", "QueueOrdersToo")).toBe("QueueOrdersToo");
    expect(at("Resources", "TopicOrders")).toBeUndefined();
  });

  test.each([
    [
      "without its transform",
      "Resources:\n  Fn::ForEach::L: [N, [a], { 'Q${N}': { Type: T } }]\n",
      "2:3 CloudFormation knows Fn::ForEach only",
    ],
    [
      "functions of the transform without it",
      "Outputs:\n  A: { Value: { Fn::Length: [1] } }\n",
      "2:29 CloudFormation knows Fn::Length only",
    ],
    ["of two parts", `${extensions}Resources:\n  Fn::ForEach::L: [N, [a]]\n`, "3:3 Fn::ForEach takes a list of three"],
    [
      "over one text",
      `${extensions}Resources:\n  Fn::ForEach::L: [N, a, { 'Q\${N}': { Type: T } }]\n`,
      "3:23 A loop goes over a list of texts",
    ],
    [
      "over a resource",
      `${extensions}Resources:\n  Fn::ForEach::L:\n    - N\n    - !Ref Nowhere\n    - Q\${N}: { Type: T }\n`,
      "5:12 There is no parameter or resource named Nowhere.",
    ],
    [
      "with one key for all",
      `${extensions}Resources:\n  Fn::ForEach::L: [N, [a, b], { Q: { Type: T } }]\n`,
      "3:36 The key Q would be the same",
    ],
    [
      "that makes a name twice",
      `${extensions}Resources:\n  Fn::ForEach::L: [N, [a, a], { 'Q\${N}': { Type: T } }]\n`,
      "3:3 This loop makes Qa, which is there already.",
    ],
    [
      "whose items are called as those around it",
      `${extensions}Resources:\n  Fn::ForEach::L: [N, [a], { Fn::ForEach::M: [N, [b], { 'Q\${N}': { Type: T } }] }]\n`,
      "3:47 The loop around this one",
    ],
  ])("a loop %s is a problem at its place", (_what, text, expected) => {
    expect(expanded(text).problems.map((problem) => problem.slice(0, expected.length))).toEqual([expected]);
  });

  test("a loop over a parameter that has no value yet makes nothing, and is no problem of the template", () => {
    const text = `${extensions}Parameters: { Names: { Type: CommaDelimitedList } }\nResources:\n  Fn::ForEach::L: [N, !Ref Names, { 'Q\${N}': { Type: T } }]\n`;
    expect(expanded(text)).toMatchObject({ template: { Resources: {} }, problems: [] });
    expect(expanded(text, { parameters: { Names: "a" } })).toMatchObject({ template: { Resources: { Qa: { Type: "T" } } }, problems: [] });
  });

  test("loops that multiply are stopped soon, and said once", () => {
    const items = `[${Array.from({ length: 300 }, (_, index) => `i${index}`).join(",")}]`;
    const nested = (depth: number): string =>
      depth === 0
        ? `{ 'Q\${L1}\${L2}\${L3}\${L4}': { Type: T } }`
        : `{ Fn::ForEach::L${depth}: [L${depth}, ${items}, ${nested(depth - 1)}] }`;
    const began = performance.now();
    const { problems } = expanded(`${extensions}Resources: ${nested(4)}\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("Loops make more than");
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe("included files", () => {
  const files: Record<string, string> = {
    "openapi.yaml": "openapi: 3.0.1\npaths:\n  /a: { get: { x-amazon-apigateway-integration: { uri: !Sub '${Fn.Arn}' } } }\n",
    "tags.json": '{ "Tags": [{ "Key": "a", "Value": "b" }], "DelaySeconds": 1 }',
    "more.yaml":
      "Resources:\n  Other: { Type: AWS::SQS::Queue }\n  Queue: { Type: Never::Taken::Here }\nMappings: { M: { a: { b: c } } }\n",
  };
  const readDocument = (path: string): Json | undefined => {
    const text = files[path];
    return text === undefined ? undefined : parseTemplate(text, path).value;
  };

  test("take the place of the call; what stands beside it wins", () => {
    const { template, problems } = expanded(
      `
Parameters: { File: { Type: String, Default: tags } }
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 9
      Fn::Transform: { Name: AWS::Include, Parameters: { Location: !Sub "\${File}.json" } }
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        Fn::Transform: { Name: AWS::Include, Parameters: { Location: openapi.yaml } }
`,
      { readDocument },
    );
    expect(problems).toEqual([]);
    expect(template).toHaveProperty("Resources.Queue.Properties", { Tags: [{ Key: "a", Value: "b" }], DelaySeconds: 9 });
    expect(template).toHaveProperty(
      ["Resources", "Api", "Properties", "Body", "paths", "/a", "get", "x-amazon-apigateway-integration", "uri"],
      {
        "Fn::Sub": "${Fn.Arn}",
      },
    );
  });

  test("as a transform of the whole template add sections and resources", () => {
    const { template } = expanded(
      "Transform:\n  - { Name: AWS::Include, Parameters: { Location: more.yaml } }\n  - AWS::Serverless-2016-10-31\nResources:\n  Queue: { Type: AWS::SQS::Queue }\n",
      { readDocument },
    );
    expect(template).toEqual({
      Transform: ["AWS::Serverless-2016-10-31"],
      Resources: { Other: { Type: "AWS::SQS::Queue" }, Queue: { Type: "AWS::SQS::Queue" } },
      Mappings: { M: { a: { b: "c" } } },
    });
  });

  test("are there before SAM's transform", () => {
    const text =
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  Api:\n    Type: AWS::Serverless::HttpApi\n    Properties: { DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: openapi.yaml } } } }\n";
    const options = { region: "us-east-1", localCode: "keep", readDocument } as const;
    const { template } = transformSam(parseTemplate(text, "template.yaml").value, options);
    expect(template).toHaveProperty(["Resources", "Api", "Properties", "Body", "paths", "/a"]);
  });

  test("that are not there are a problem at the Location; those on S3 stay as they are written", () => {
    const text = (location: string): string =>
      `Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      Fn::Transform:\n        Name: AWS::Include\n        Parameters:\n          Location: ${location}\n`;
    expect(expanded(text("nowhere.yaml"), { readDocument }).problems).toEqual([
      "8:21 nowhere.yaml is not in the project's folder, or is neither YAML nor JSON. Put the file there, or change the Location.",
    ]);
    const onS3 = expanded(text("s3://bucket/file.yaml"), { readDocument });
    expect(onS3.problems).toEqual([]);
    expect(onS3.template).toHaveProperty("Resources.A.Properties", {
      "Fn::Transform": { Name: "AWS::Include", Parameters: { Location: "s3://bucket/file.yaml" } },
    });
  });
});
