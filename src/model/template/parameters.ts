// Values of a template's parameters, checked as CloudFormation checks them before it makes anything, in its words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import type { ResolveFinding } from "./resolve.ts";
import { said, verbatim } from "../words.ts";

/** A value whose text may not be shown: `NoEcho: true`. */
export function isHidden(declaration: JsonObject): boolean {
  return String(declaration.NoEcho) === "true";
}

/** `AWS::SSM::Parameter::Value<String>`: the type of the value behind the name that the parameter holds. */
export function storedType(type: Json | undefined): string | undefined {
  return typeof type === "string" ? /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1] : undefined;
}

/** A list is written with commas. */
export function typedValue(type: string, text: string): Json {
  return type === "CommaDelimitedList" || type.startsWith("List<") ? text.split(",").map((item) => item.trim()) : text;
}

/** Of a default or an allowed value, which may be written as a number. */
export function parameterText(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map((item) => String(item)).join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What is wrong with a value, in AWS's words; at most one thing, as AWS stops at the first. `path`: where the value comes from. */
export function parameterFinding(name: string, text: string, declaration: JsonObject, path: TemplatePath): ResolveFinding | undefined {
  const type = typeof declaration.Type === "string" ? declaration.Type : "String";
  if (!isKnownType(type)) {
    return {
      rule: "template.parameter-type",
      ...said(
        verbatim(`Unrecognized parameter type: ${type}. Types are String, Number, CommaDelimitedList, List<Number> and those of AWS.`),
      ),
      path,
    };
  }
  const value = typedValue(type, text);
  const found = Array.isArray(value)
    ? value.map((item) => constraint(String(item), type, declaration)).find((each) => each !== undefined)
    : constraint(text, type, declaration);
  if (found === undefined) return undefined;
  const described = declaration.ConstraintDescription;
  const what =
    typeof described === "string" ? `Parameter '${name}' failed to satisfy constraint: ${described}` : `Parameter '${name}' ${found}`;
  const shown = isHidden(declaration) ? "" : ` It is ${JSON.stringify(text)}.`;
  return { rule: "template.parameter-value", ...said(verbatim(`${what.replace(/\.$/, "")}.${shown}`)), path };
}

function isKnownType(type: string): boolean {
  const inner = storedType(type) ?? type;
  return /^(String|Number|CommaDelimitedList|List<(String|Number|AWS::[\w:]+)>|AWS::[\w:]+)$/.test(inner);
}

function constraint(text: string, type: string, declaration: JsonObject): string | undefined {
  const { AllowedValues: allowed, AllowedPattern: pattern } = declaration;
  if (Array.isArray(allowed)) {
    const texts = allowed.map((item) => parameterText(item) ?? "");
    const isNumeric = type === "Number" || type === "List<Number>";
    const isAllowed = texts.includes(text) || (isNumeric && texts.some((each) => each !== "" && Number(each) === Number(text)));
    if (!isAllowed) return `must be one of AllowedValues: ${texts.join(", ")}`;
  }
  if (type === "Number" || type === "List<Number>") {
    const number = Number(text);
    if (text.trim() === "" || !Number.isFinite(number)) return "must be a number";
    const { MinValue: least, MaxValue: most } = declaration;
    if (number < bound(least, -Infinity)) return `must be a number not less than ${parameterText(least)}`;
    if (number > bound(most, Infinity)) return `must be a number not greater than ${parameterText(most)}`;
  }
  if (type === "String") {
    const { MinLength: least, MaxLength: most } = declaration;
    if (text.length < bound(least, 0)) return `must contain at least ${parameterText(least)} characters`;
    if (text.length > bound(most, Infinity)) return `must contain at most ${parameterText(most)} characters`;
  }
  if ((type === "String" || type === "CommaDelimitedList") && typeof pattern === "string" && !matches(pattern, text))
    return `must match pattern ${pattern}`;
  return undefined;
}

function bound(value: Json | undefined, otherwise: number): number {
  const number = Number(value ?? otherwise);
  return Number.isNaN(number) ? otherwise : number;
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(text);
  } catch {
    // Stray escapes are fine for Java, and for JavaScript without "u"; what neither knows rejects nothing here.
    return matchesLoosely(pattern, text);
  }
}

function matchesLoosely(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return true;
  }
}
