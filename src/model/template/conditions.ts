// Conditions, and the assertions of Rules, which have functions of their own. A rule may ask for what only AWS knows of an
// account (its VPCs, their tags): such a part is neither true nor false here, and what does not depend on it is decided all the same.
import type { TemplatePath } from "../design/design.ts";
import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { text } from "./functions.ts";
import type { Evaluation } from "./functions.ts";
import { words } from "../words.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html */
const ruleFunctions = ["Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn"];
const accountFunctions = ["Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll"];

/** What the functions take; CloudFormation refuses a template for any other number. */
const counts: Readonly<Record<string, readonly [number, number]>> = {
  "Fn::Equals": [2, 2],
  "Fn::And": [2, 10],
  "Fn::Or": [2, 10],
  "Fn::Not": [1, 1],
  "Fn::Contains": [2, 2],
  "Fn::EachMemberEquals": [2, 2],
  "Fn::EachMemberIn": [2, 2],
};

/** undefined: it cannot be told here. */
export function isTrue(value: Json, at: Evaluation, path: TemplatePath, isRule = false): boolean | undefined {
  const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  if (entry === undefined || others.length > 0) {
    if (typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    return at.fail(path, "template.condition", words("A condition is one of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition."));
  }
  const [name, argument] = entry;
  const inner = [...path, name];
  const list = Array.isArray(argument) ? argument : [];
  const count = counts[name];
  if (count && (list.length < count[0] || list.length > count[1])) {
    const wanted = count[0] === count[1] ? String(count[0]) : words("{{least}} to {{most}}", { least: count[0], most: count[1] });
    return at.fail(
      inner,
      "template.condition",
      list.length === 1
        ? words("{{name}} takes a list of {{wanted}}; here is 1.", { name, wanted })
        : words("{{name}} takes a list of {{wanted}}; here are {{count}}.", { name, wanted, count: list.length }),
    );
  }
  const part = (index: number): boolean | undefined => isTrue(list[index] ?? null, at, [...inner, index], isRule);
  switch (name) {
    case "Condition":
      if (typeof argument !== "string") return at.fail(inner, "template.condition", words("Condition takes the name of a condition."));
      return at.holds(argument, inner);
    case "Fn::Equals": {
      const [left, right] = list.map((item, index) => sideOf(item, at, [...inner, index], isRule));
      return left === undefined || right === undefined ? unlessRule(isRule) : comparable(left) === comparable(right);
    }
    case "Fn::And": {
      const parts = list.map((_, index) => part(index));
      return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
    }
    case "Fn::Or": {
      const parts = list.map((_, index) => part(index));
      return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
    }
    case "Fn::Not": {
      const only = part(0);
      return only === undefined ? undefined : !only;
    }
    default: {
      if (isRule && ruleFunctions.includes(name)) return membership(name, list, at, inner);
      if (ruleFunctions.includes(name))
        return at.fail(
          inner,
          "template.condition",
          words("{{name}} works in Rules alone; conditions know Fn::Equals, Fn::And, Fn::Or and Fn::Not.", { name }),
        );
      const resolved = sideOf(value, at, path, isRule);
      if (resolved === undefined) return unlessRule(isRule);
      return resolved === true || resolved === "true";
    }
  }
}

/** A condition that cannot be told has a problem and counts as false; a rule that cannot be told is left to AWS. */
function unlessRule(isRule: boolean): boolean | undefined {
  return isRule ? undefined : false;
}

function membership(name: string, list: readonly Json[], at: Evaluation, path: TemplatePath): boolean | undefined {
  const [members, wanted] = list.map((item, index) => sideOf(item, at, [...path, index], true));
  if (members === undefined || wanted === undefined) return undefined;
  if (!Array.isArray(members)) return at.fail([...path, 0], "template.condition", words("{{name}} takes a list of texts first.", { name }));
  const texts = members.map(comparable);
  if (name === "Fn::Contains") return texts.includes(comparable(wanted));
  if (name === "Fn::EachMemberEquals") return texts.every((member) => member === comparable(wanted));
  if (!Array.isArray(wanted)) return at.fail([...path, 1], "template.condition", words("{{name}} takes two lists of texts.", { name }));
  const allowed = new Set(wanted.map(comparable));
  return texts.every((member) => allowed.has(member));
}

function sideOf(value: Json, at: Evaluation, path: TemplatePath, isRule: boolean): Json | undefined {
  const [name] = isJsonObject(value) ? Object.keys(value) : [];
  return isRule && name !== undefined && accountFunctions.includes(name) ? undefined : at.evaluate(value, path);
}

function comparable(value: Json): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : text(value);
}
