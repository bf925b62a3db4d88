import type { JsonObject } from "../../../model/json.ts";
import type { ConnectionRule, PaletteEntry, ServiceDefinition } from "../../../model/service.ts";
import { functionProperties, serverlessFunctionProperties } from "./properties.ts";

const starterHandler = `import type { Context } from "aws-lambda";

export const handler = async (event: unknown, context: Context) => {
  console.log(context.awsRequestId, JSON.stringify(event));
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ message: "Hello from {id}" }) };
};
`;

const palette: readonly PaletteEntry[] = [
  {
    title: "Function",
    idPrefix: "Function",
    keywords: ["lambda", "code", "handler", "compute", "typescript", "node"],
    properties: {
      CodeUri: "src",
      Handler: "{file}.handler",
      Runtime: "nodejs24.x",
      MemorySize: 512,
      Timeout: 10,
    },
    extra: {
      Metadata: {
        BuildMethod: "esbuild",
        BuildProperties: { EntryPoints: ["{file}.ts"], Format: "cjs", Target: "node24", Sourcemap: true, Minify: false },
      },
    },
    files: [{ path: "src/{file}.ts", text: starterHandler }],
  },
];

/** What a function is given to reach another resource: its name in the environment, and leave to use it. */
function access(id: string, to: readonly string[], meaning: string, variable: string, policy: JsonObject): ConnectionRule {
  return {
    id,
    kind: "access",
    to,
    meaning,
    writes: [
      { on: "from", path: `Properties.Environment.Variables.${variable}`, value: { Ref: "{to}" }, mode: "set" },
      // A function with a role of its own takes its permissions from there; SAM would pass over the policy.
      { on: "from", path: "Properties.Policies.-", value: policy, mode: "set", when: { path: "Properties.Role", isPresent: false } },
    ],
  };
}

const toTable = access(
  "table-access",
  ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable"],
  "The function may read and write this table, and finds its name in its environment",
  "{ENV}_TABLE",
  { DynamoDBCrudPolicy: { TableName: { Ref: "{to}" } } },
);
const toQueue = access(
  "queue-access",
  ["AWS::SQS::Queue"],
  "The function may send messages to this queue, and finds its URL in its environment",
  "{ENV}_QUEUE_URL",
  { SQSSendMessagePolicy: { QueueName: { "Fn::GetAtt": ["{to}", "QueueName"] } } },
);
const toFunction = access(
  "function-access",
  ["AWS::Serverless::Function", "AWS::Lambda::Function"],
  "The function may invoke that function, and finds its name in its environment",
  "{ENV}_FUNCTION",
  { LambdaInvokePolicy: { FunctionName: { Ref: "{to}" } } },
);

/** A plain Lambda function has a role of its own making, so only the environment is written. */
function withoutPolicies(rule: ConnectionRule, meaning: string): ConnectionRule {
  return { ...rule, meaning, writes: rule.writes.filter((write) => !write.path.includes("Policies")) };
}

const languages: readonly (readonly [prefix: string, title: string])[] = [
  ["nodejs", "Node"],
  ["python", "Python"],
  ["java", "Java"],
  ["dotnet", ".NET"],
  ["ruby", "Ruby"],
];

/** `nodejs24.x` → `Node 24`: a card is narrow. */
function language(properties: JsonObject): string {
  const runtime = properties["Runtime"];
  if (typeof runtime !== "string") return properties["PackageType"] === "Image" ? "Container image" : "Function";
  const [prefix, title] = languages.find(([start]) => runtime.startsWith(start)) ?? [];
  if (prefix === undefined) return runtime.startsWith("provided") ? "Own runtime" : runtime;
  return `${title} ${runtime.slice(prefix.length).replace(/\.x$|\.al\d+$/, "")}`;
}

/** The file says more than the whole handler path, which the inspector shows. */
function subtitle(properties: JsonObject): string {
  const handler = properties["Handler"];
  if (typeof handler !== "string") return language(properties);
  const file = handler.slice(0, handler.lastIndexOf(".")).split("/").at(-1);
  return file ? `${language(properties)} · ${file}` : language(properties);
}

export const lambda = {
  id: "lambda",
  title: "AWS Lambda",
  resourceTypes: [
    {
      type: "AWS::Serverless::Function",
      title: "Function",
      category: "compute",
      icon: "function",
      attributes: ["Arn"],
      refGives: "name",
      properties: serverlessFunctionProperties,
      palette,
      subtitle,
      connections: [toTable, toQueue, toFunction],
      runs: true,
    },
    {
      type: "AWS::Lambda::Function",
      title: "Function",
      category: "compute",
      icon: "function",
      attributes: ["Arn", "SnapStartResponse.ApplyOn", "SnapStartResponse.OptimizationStatus"],
      refGives: "name",
      properties: functionProperties,
      palette: [],
      subtitle,
      connections: [
        withoutPolicies(toTable, "The function finds the table's name in its environment; its role must allow using it"),
        withoutPolicies(toQueue, "The function finds the queue's URL in its environment; its role must allow sending"),
        withoutPolicies(toFunction, "The function finds that function's name in its environment; its role must allow invoking it"),
      ],
      runs: true,
    },
  ],
} as const satisfies ServiceDefinition;
