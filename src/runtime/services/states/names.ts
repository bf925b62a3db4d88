// ARNs of Step Functions and what its names may hold.
import { statesLimits } from "../../../model/limits/states.ts";
import { constraint, invalidArn, invalidName, missing } from "./errors.ts";

/** Characters that no name may hold: white space, brackets, wildcards, `"#%\^|~\`$&,;:/` and control characters. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;
const maxNameCharacters = statesLimits.nameCharacters.value;

export function checkName(name: string | undefined): string {
  if (name === undefined) throw missing("name");
  if (name === "") throw constraint("", "name", "Member must have length greater than or equal to 1");
  if (name.length > maxNameCharacters) throw constraint(name, "name", "Member must have length less than or equal to 80");
  if (forbidden.test(name)) throw invalidName(name);
  return name;
}

export type StatesArn =
  | { readonly type: "stateMachine"; readonly region: string; readonly name: string; readonly qualifier?: string; readonly label?: string }
  | { readonly type: "execution"; readonly region: string; readonly machine: string; readonly name: string }
  | { readonly type: "express"; readonly region: string; readonly machine: string; readonly name: string }
  | { readonly type: "activity"; readonly region: string; readonly name: string }
  | { readonly type: "mapRun"; readonly region: string; readonly machine: string };

/** Takes an ARN of this service apart; throws InvalidArn in AWS's words. */
export function parseArn(arn: string | undefined, member: string): StatesArn {
  if (arn === undefined || arn === "") throw missing(member);
  const [prefix, , service, region = "", , type, name = "", rest, ...more] = arn.split(":");
  if (prefix !== "arn") throw invalidArn(`Invalid ARN prefix: ${arn}`);
  if (service !== "states") throw invalidArn(`Invalid ARN service: ${arn}`);
  if (name === "") throw invalidArn(`Invalid ARN resource: ${arn}`);
  switch (type) {
    case "stateMachine": {
      const slash = name.indexOf("/");
      return {
        type,
        region,
        name: slash < 0 ? name : name.slice(0, slash),
        ...(slash >= 0 && { label: name.slice(slash + 1) }),
        ...(rest !== undefined && { qualifier: rest }),
      };
    }
    case "execution":
    case "express":
      return { type, region, machine: name, name: [rest, ...more].join(":") };
    case "activity":
      return { type, region, name };
    case "mapRun":
      return { type, region, machine: name };
    default:
      throw invalidArn(`Resource type not valid in this context: ${type ?? arn}`);
  }
}

/** The same, of one type only. */
export function parseArnOf<Type extends StatesArn["type"]>(
  arn: string | undefined,
  type: Type,
  member: string,
): Extract<StatesArn, { readonly type: Type }> {
  const parsed = parseArn(arn, member);
  if (!isOfType(parsed, type)) throw invalidArn(`Resource type not valid in this context: ${parsed.type}`);
  return parsed;
}

function isOfType<Type extends StatesArn["type"]>(arn: StatesArn, type: Type): arn is Extract<StatesArn, { readonly type: Type }> {
  return arn.type === type;
}
