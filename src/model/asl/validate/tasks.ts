// What a Task calls: its resource, the parameters of optimized integrations, and the role that it assumes.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { parseResource, type TaskResource } from "../resource.ts";
import { fieldOf, type Place } from "./diagnostic.ts";
import { isExpression, isExpressionTemplate } from "./expressions.ts";
import { integrationOf } from "./integrations.ts";
import type { Check, StateCheck } from "./objects.ts";
import { isPathTemplate } from "./paths.ts";

export const isResource: Check = (value, place, state) => {
  const { diagnostics } = state;
  if (typeof value !== "string") return diagnostics.schema("Expected value of type String", place);
  if (!value.startsWith("arn:")) return diagnostics.schema("Value is not a valid resource ARN", place);
  const resource = parseResource(value);
  if (!resource || !isKnown(resource)) {
    const message = `The resource provided ${value} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
    return diagnostics.schema(message, place);
  }
  if (state.isExpress) checkExpress(resource, place, state);
};

function isKnown(resource: TaskResource): boolean {
  if (resource.type !== "integration") return true;
  if (resource.isSdk)
    return /^[a-z]/.test(resource.operation) && (resource.pattern === "requestResponse" || resource.pattern === "waitForTaskToken");
  return integrationOf(resource.service, resource.operation)?.patterns.includes(resource.pattern) ?? false;
}

/** Two of these texts are AWS's own with a space at the end. */
function checkExpress(resource: TaskResource, place: Place, { diagnostics }: StateCheck): void {
  if (resource.type === "activity") return diagnostics.schema("Express state machine does not support Activity ARN", place);
  if (resource.type !== "integration") return;
  if (resource.pattern === "sync" || resource.pattern === "sync2")
    diagnostics.schema("Express state machine does not support '.sync' service integration", place);
  if (resource.pattern === "waitForTaskToken")
    diagnostics.schema("Express state machine does not support '.waitForTaskToken' service integration ", place);
}

/** Once the fields of a Task are checked: what its integration needs of its input. */
export function checkCall(task: JsonObject, place: Place, state: StateCheck): void {
  const arn = task["Resource"];
  const resource = typeof arn === "string" ? parseResource(arn) : undefined;
  if (resource?.type === "activity" && task["Credentials"] !== undefined) {
    state.diagnostics.schema("The field 'Credentials' is not supported for activities", fieldOf(place, "Credentials"));
  }
  if (resource?.type !== "integration" || resource.isSdk) return;
  const integration = integrationOf(resource.service, resource.operation);
  const field = state.language === "JSONata" ? "Arguments" : "Parameters";
  const input = task[field];
  if (!integration?.input || !isJsonObject(input)) return;
  const { required, optional } = integration.input;
  const at = fieldOf(place, field);
  const names = Object.keys(input).map((name) => (state.language === "JSONPath" ? name.replace(/\.\$$/, "") : name));
  for (const name of required) if (!names.includes(name)) missing(name, at, state);
  for (const name of names) {
    if (!required.includes(name) && !optional.includes(name))
      state.diagnostics.schema(`The field '${name}' is not supported by Step Functions`, at);
  }
}

function missing(name: string, place: Place, { diagnostics }: StateCheck): void {
  diagnostics.schema(`The field '${name}' is required but was missing`, place);
}

export const isCredentials: Check = (value, place, state) => {
  if (state.language === "JSONata" && isExpression(value)) return isExpressionTemplate(value, place, state);
  if (!isJsonObject(value)) return state.diagnostics.schema("Expected value of type Object", place);
  if (!hasField(value, "RoleArn", state)) missing("RoleArn", place, state);
  if (state.language === "JSONata") isExpressionTemplate(value, place, state);
  else isPathTemplate(value, place, state);
};

function hasField(value: Readonly<Record<string, Json>>, name: string, { language }: StateCheck): boolean {
  return value[name] !== undefined || (language === "JSONPath" && value[`${name}.$`] !== undefined);
}
