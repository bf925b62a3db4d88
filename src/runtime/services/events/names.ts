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

interface NameRule {
  readonly max: number;
  readonly pattern: string;
}

const plain = "[\\.\\-_A-Za-z0-9]+";

/** By the member of the input that has the name. */
const nameRules: Readonly<Record<string, NameRule>> = {
  name: { max: 64, pattern: plain },
  rule: { max: 64, pattern: plain },
  busName: { max: 256, pattern: "[/\\.\\-_A-Za-z0-9]+" },
  eventBusName: { max: 1600, pattern: "(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+" },
  connectionName: { max: 64, pattern: plain },
  apiDestinationName: { max: 64, pattern: plain },
  archiveName: { max: 48, pattern: plain },
  replayName: { max: 64, pattern: plain },
};

/** Rules of names that the input calls `name`. */
const nameMembers: ReadonlySet<string> = new Set(["busName", "connectionName", "apiDestinationName"]);

/** The name as given, which must be one; the member is named as `busName` where it is a bus's own. */
export function checkName(name: string | undefined, rule: keyof typeof nameRules & string): string {
  const member = nameMembers.has(rule) ? "name" : rule;
  const { max, pattern } = nameRules[rule] ?? { max: 64, pattern: plain };
  if (name === undefined) throw constraint(name, member, "Member must not be null");
  if (name.length === 0) throw constraint(name, member, "Member must have length greater than or equal to 1");
  if (name.length > max) throw constraint(name, member, `Member must have length less than or equal to ${max}`);
  if (!new RegExp(`^(?:${pattern})$`).test(name))
    throw constraint(name, member, `Member must satisfy regular expression pattern: ${pattern}`);
  return name;
}
