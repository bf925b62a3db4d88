// `arn:aws:scheduler:::aws-sdk:sqs:sendMessage`: any operation of any service, with the target's input as its parameters.
import type { TargetCall } from "../../../model/eventBridge/targetCall.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";

/** Services that the SDK names otherwise than the runtime. */
const services: Readonly<Record<string, string>> = {
  sfn: "states",
  eventbridge: "events",
  cloudwatchlogs: "logs",
  apigatewayv2: "apigateway",
};
/** Services whose parameters begin with a small letter; a universal target's input has them as the SDK for Java writes them. */
const smallMembers: ReadonlySet<string> = new Set(["states", "logs"]);

export function universalCall(arn: string, input: string, region: string): TargetCall | undefined {
  const [, service, operation] = /^arn:[^:]+:scheduler:::aws-sdk:([\w-]+):(\w+)$/.exec(arn) ?? [];
  if (service === undefined || operation === undefined) return undefined;
  const id = services[service] ?? service;
  return { service: id, operation: capital(operation), region, input: membersOf(id, operation, readInput(input)) };
}

function readInput(input: string): JsonObject {
  let json: unknown;
  try {
    json = input === "" ? {} : JSON.parse(input);
  } catch {
    json = undefined;
  }
  if (isJsonObject(json)) return json;
  throw new AwsError("ValidationException", "The input of a universal target must be a JSON object with the operation's parameters.");
}

function membersOf(service: string, operation: string, input: JsonObject): Record<string, unknown> {
  const named = smallMembers.has(service)
    ? Object.fromEntries(Object.entries(input).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]))
    : input;
  if (service !== "lambda" || operation !== "invoke" || named["Payload"] === undefined) return named;
  const payload = named["Payload"];
  return { ...named, Payload: new TextEncoder().encode(typeof payload === "string" ? payload : JSON.stringify(payload)) };
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
