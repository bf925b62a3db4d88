import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { TemplatePath } from "./design.ts";
import { parsedText } from "./localFiles.ts";

// States of a state machine that call something, wherever they are nested.

export interface AslTask {
  readonly state: string;
  /** Below the definition. */
  readonly path: TemplatePath;
  /** `sendMessage` of `arn:aws:states:::sqs:sendMessage.waitForTaskToken`; undefined for the ARN of a function or activity. */
  readonly operation?: string;
  /** `sqs`, as ARNs name it. */
  readonly service?: string;
  readonly resource: Json;
  readonly input: Json | undefined;
}

export function tasksOf(definition: Json | undefined): AslTask[] {
  const tasks: AslTask[] = [];
  collect(definition, [], tasks, 0);
  return tasks;
}

function collect(machine: Json | undefined, path: TemplatePath, tasks: AslTask[], depth: number): void {
  const states = isJsonObject(machine) ? machine["States"] : undefined;
  if (!isJsonObject(states) || depth > 20) return;
  for (const [name, state] of Object.entries(states)) {
    if (!isJsonObject(state)) continue;
    const here: TemplatePath = [...path, "States", name];
    for (const property of ["Resource", "ItemReader", "ResultWriter"]) {
      const call = property === "Resource" ? state : state[property];
      if (isJsonObject(call) && call["Resource"] !== undefined) tasks.push(taskOf(name, here, call));
    }
    for (const property of ["Iterator", "ItemProcessor"]) collect(state[property], [...here, property], tasks, depth + 1);
    const branches = state["Branches"];
    if (Array.isArray(branches)) branches.forEach((branch, index) => collect(branch, [...here, "Branches", index], tasks, depth + 1));
  }
}

/** Names of services in integrations that differ from those in ARNs. */
const arnServices: Readonly<Record<string, string>> = { sfn: "states", eventbridge: "events", apigateway: "execute-api" };

function taskOf(state: string, path: TemplatePath, call: JsonObject): AslTask {
  const resource = call["Resource"] ?? null;
  const input = call["Arguments"] ?? call["Parameters"];
  const integration = typeof resource === "string" ? /^arn:[^:]*:states:[^:]*:[^:]*:(?:aws-sdk:)?([^:]+):([^:.]+)/.exec(resource) : null;
  if (!integration || integration[1] === "activity") return { state, path, resource, input };
  const [, service = "", operation = ""] = integration;
  return { state, path, resource, input, operation, service: arnServices[service] ?? service };
}

/** Keys by which operations name what they work on, and those under which only data stands. */
const operands = new Set([
  "FunctionName",
  "QueueUrl",
  "TopicArn",
  "TargetArn",
  "TableName",
  "StateMachineArn",
  "EventBusName",
  "Bucket",
  "StreamName",
  "StreamARN",
  "DeliveryStreamName",
  "TaskDefinition",
  "Cluster",
  "JobName",
  "JobQueue",
  "JobDefinition",
  "ProjectName",
  "SecretId",
  "ActivityArn",
  "ApiEndpoint",
  "ConnectionArn",
  "Name",
  "UserPoolId",
]);
const data = new Set(["Payload", "Input", "MessageBody", "Message", "Item", "Detail", "ExpressionAttributeValues", "Data", "Body"]);

/** Values that say what a task works on: its operands, or everything it mentions where none is known. */
export function operandsOf(task: AslTask): Json[] {
  const found: Json[] = [];
  collectOperands(task.input, found);
  return found;
}

function collectOperands(value: Json | undefined, found: Json[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collectOperands(item, found);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    const name = key.replace(/\.\$$/, "");
    if (operands.has(name)) found.push(item);
    else if (!data.has(name)) collectOperands(item, found);
  }
}

/** A definition given as text, with `${Name}` in the place of what is filled in; undefined: it cannot be read. */
export function readDefinition(text: string): Json | undefined {
  return parsedText(/^\s*\{/.test(text) ? withQuotedNames(text) : text);
}

/** `"Seconds": ${Wait}` is no JSON until the number is filled in: the name stands as text for now. */
export function withQuotedNames(text: string): string {
  if (!text.includes("${")) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|\$\{[^}]*\}/g, (part) => (part.startsWith("$") ? `"${part}"` : part));
}
