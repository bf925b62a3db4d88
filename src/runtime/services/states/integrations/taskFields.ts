// What a Task gives an optimised integration, checked before it is scheduled: definitions are checked for what they say, but the
// whole may come from a path or an expression.
import { StateFailure } from "../../../../model/asl/failure.ts";
import { integrationOf } from "../../../../model/asl/validate/integrations.ts";
import { isArrayValue, isObjectValue, type Value } from "../../../../model/asl/value.ts";
import type { IntegrationResource } from "../run/integrationTask.ts";

/** Fields of which every member is a list. */
const listFields: Readonly<Record<string, readonly string[]>> = { "apigateway:invoke": ["Headers", "QueryParameters"] };

export function checkFields(resource: IntegrationResource, input: Value, text: string): void {
  if (resource.isSdk || !isObjectValue(input)) return;
  const known = integrationOf(resource.service, resource.operation)?.input;
  if (known === undefined) return;
  const faults = [
    ...known.required.filter((name) => input[name] === undefined).map((name) => `The field '${name}' is required but was missing`),
    ...Object.keys(input)
      .filter((name) => !known.required.includes(name) && !known.optional.includes(name))
      .map((name) => `The field '${name}' is not supported by Step Functions`),
    ...(listFields[`${resource.service}:${resource.operation}`] ?? [])
      .filter((name) => input[name] !== undefined && input[name] !== null && !hasLists(input[name]))
      .map((name) => `The value of the field '${name}' has an invalid format`),
  ];
  if (faults.length > 0)
    throw new StateFailure("States.Runtime", `The Parameters '${text}' could not be used to start the Task: [${faults.join(", ")}]`);
}

function hasLists(value: Value | undefined): boolean {
  return isObjectValue(value) && Object.values(value).every((each) => isArrayValue(each));
}
