import { constraint } from "./errors.ts";

// Names and ARNs of what EventBridge keeps.

export interface Place {
  readonly region: string;
  readonly accountId: string;
}

export function arnOf(place: Place, resource: string): string {
  return `arn:aws:events:${place.region}:${place.accountId}:${resource}`;
}

export function ruleArn(place: Place, bus: string, name: string): string {
  return arnOf(place, bus === "default" ? `rule/${name}` : `rule/${bus}/${name}`);
}

/** The name in a bus's name or ARN; absent: the default bus. */
export function busNameOf(nameOrArn: string | undefined): string {
  if (nameOrArn === undefined) return "default";
  return /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\/(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** A member that the checks before the operation have seen to be there. */
export function given<Value>(value: Value | undefined, member: string): Value {
  if (value === undefined) throw constraint(value, member, "Member must not be null");
  return value;
}
