// Event patterns as Lambda's filter criteria use them: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";

export function matchesPattern(pattern: JsonObject, value: Json | undefined): boolean {
  return Object.entries(pattern).every(([key, condition]) => {
    if (key === "$or" && Array.isArray(condition)) return condition.some((choice) => isJsonObject(choice) && matchesPattern(choice, value));
    const member = isJsonObject(value) ? value[key] : undefined;
    if (Array.isArray(condition)) return matchesAny(condition, member);
    return isJsonObject(condition) && matchesPattern(condition, member);
  });
}

function matchesAny(conditions: readonly Json[], value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some((item) => conditions.some((condition) => matches(condition, item)));
  return conditions.some((condition) => matches(condition, value));
}

function matches(condition: Json, value: Json | undefined): boolean {
  if (!isJsonObject(condition)) return value !== undefined && condition === value;
  const [operator = "", operand = null] = Object.entries(condition)[0] ?? [];
  switch (operator) {
    case "exists":
      return (value !== undefined) === operand;
    case "prefix":
      return textOperand(operand, value, (text, wanted) => text.startsWith(wanted));
    case "suffix":
      return textOperand(operand, value, (text, wanted) => text.endsWith(wanted));
    case "equals-ignore-case":
      return textOperand(operand, value, (text, wanted) => text.toLowerCase() === wanted.toLowerCase());
    case "wildcard":
      return textOperand(operand, value, (text, wanted) => new RegExp(`^${wanted.split("*").map(escape).join(".*")}$`, "s").test(text));
    case "numeric":
      return typeof value === "number" && Array.isArray(operand) && matchesNumeric(operand, value);
    case "anything-but":
      return value !== undefined && !excluded(operand, value);
    default:
      return false;
  }
}

function textOperand(operand: Json, value: Json | undefined, test: (text: string, wanted: string) => boolean): boolean {
  if (typeof value !== "string") return false;
  if (typeof operand === "string") return test(value, operand);
  const ignoringCase = isJsonObject(operand) ? operand["equals-ignore-case"] : undefined;
  return typeof ignoringCase === "string" && test(value.toLowerCase(), ignoringCase.toLowerCase());
}

function excluded(operand: Json, value: Json): boolean {
  if (isJsonObject(operand))
    return Object.entries(operand).some(([operator, inner]) =>
      (Array.isArray(inner) ? inner : [inner]).some((one) => matches({ [operator]: one }, value)),
    );
  return Array.isArray(operand) ? operand.includes(value) : operand === value;
}

function matchesNumeric(operand: readonly Json[], value: number): boolean {
  for (let index = 0; index + 1 < operand.length; index += 2) {
    const limit = Number(operand[index + 1]);
    const holds = { "=": value === limit, "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit }[
      String(operand[index])
    ];
    if (holds !== true) return false;
  }
  return true;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
