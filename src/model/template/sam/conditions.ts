// Conditions that SAM adds to the template: that any of several holds, that two hold, that one does not.
import type { JsonObject } from "../../json.ts";
import type { SamContext } from "./context.ts";
import { sha1 } from "./hash.ts";

/** Fn::Or takes at most so many conditions; more are nested. */
const maxOr = 10;

/** The name of a condition that holds when any of these does: the only one, or a new one named `name`. */
export function conditionOfAny(context: SamContext, conditions: readonly string[], name: string): string {
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) return only;
  let nested = Math.floor((conditions.length - 2) / (maxOr - 1));
  let rest = [...conditions];
  while (rest.length > 1) {
    const made = nested > 0 ? `${name}${nested}` : name;
    nested -= 1;
    context.conditions[made] = { "Fn::Or": rest.slice(0, maxOr).map(reference) };
    rest = [...rest.slice(maxOr), made];
  }
  return name;
}

function reference(condition: string): JsonObject {
  return { Condition: condition };
}

export function conditionOfBoth(context: SamContext, one: string, other: string, hashed: string): string {
  const name = hashedName(`${one}AND${other}`, hashed);
  const both = [reference(one), reference(other)];
  // AWS's own transform wraps the references twice, which CloudFormation then refuses; here they are to be evaluated.
  const isKept = context.options.localCode === "keep";
  context.conditions[name] = { "Fn::And": isKept ? both : both.map((each) => ({ Condition: each })) };
  return name;
}

/** `hashed` keeps names apart; without it the name is as it is. */
export function oppositeCondition(context: SamContext, condition: string, hashed?: string): string {
  const name = hashed === undefined ? `NOT${condition}` : hashedName(`NOT${condition}`, hashed);
  context.conditions[name] = { "Fn::Not": [reference(condition)] };
  return name;
}

function hashedName(name: string, hashed: string): string {
  return (name + sha1(hashed).slice(0, 10)).slice(0, 255);
}
