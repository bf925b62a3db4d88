// The context object that a TestState request brings along.
import { isJsonObject, type Json } from "../../json.ts";
import type { State } from "../definition.ts";
import { readJsonText } from "../jsonText.ts";

type Kind = "string" | "number" | "any";

const members: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  Execution: {
    Id: "string",
    Input: "any",
    Name: "string",
    RoleArn: "string",
    StartTime: "string",
    RedriveCount: "number",
    RedriveTime: "string",
  },
  State: { EnteredTime: "string", Name: "string", RetryCount: "number" },
  StateMachine: { Id: "string", Name: "string" },
  Task: { Token: "string" },
};

/** What is wrong with it, or undefined. */
export function checkContext(text: string, state: State): string | undefined {
  const json = readJsonText(text);
  if (!json.ok || !isJsonObject(json.value)) return "Context object must be a valid JSON object";
  const context = json.value;
  if (context["Map"] !== undefined) return "'Map' field is not supported when mocking a Context object";
  for (const [name, value] of Object.entries(context)) {
    const fault = partFault(name, value);
    if (fault !== undefined) return fault;
  }
  if (context["Task"] === undefined || hasToken(state)) return undefined;
  return "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern";
}

function partFault(name: string, value: Json): string | undefined {
  const part = Object.hasOwn(members, name) ? members[name] : undefined;
  if (!part) return `Field '${name}' is not allowed`;
  if (!isJsonObject(value)) return `${name} must be an object`;
  for (const [field, content] of Object.entries(value)) {
    const kind = Object.hasOwn(part, field) ? part[field] : undefined;
    if (!kind) return `Field '${field}' is not allowed`;
    if (kind !== "any" && typeof content !== kind) return `${name}.${field} must be a ${kind}`;
  }
  return undefined;
}

function hasToken(state: State): boolean {
  return state.type === "Task" && state.resource.type === "integration" && state.resource.pattern !== "requestResponse";
}
