// What the form of the template's Parameters knows of each: pure, so that it can be tested without a page.
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { isHidden, parameterFinding, parameterText, storedType } from "../../model/template/parameters.ts";

export interface ParameterField {
  readonly name: string;
  /** As declared: `CommaDelimitedList`, `AWS::SSM::Parameter::Value<String>`. */
  readonly type: string;
  readonly description: string | null;
  /** undefined: a value has to be given. */
  readonly standard: string | undefined;
  readonly control: "text" | "secret" | "number" | "list" | "choice";
  /** Allowed values, for a choice. */
  readonly choices: readonly string[];
  /** Constraints in words: `3 to 32 characters`. */
  readonly hints: readonly string[];
  readonly declaration: JsonObject;
}

export function parameterFields(declared: Json | undefined): readonly ParameterField[] {
  if (!isJsonObject(declared)) return [];
  return Object.entries(declared).flatMap(([name, declaration]) => (isJsonObject(declaration) ? [fieldOf(name, declaration)] : []));
}

/** What is wrong with a value given for it, in one sentence; null: nothing. */
export function whyNot({ name, declaration }: ParameterField, value: string): string | null {
  // what stands for a name of the parameter store is the value itself, which AWS does not check
  if (storedType(declaration["Type"]) !== undefined) return null;
  return parameterFinding(name, value, declaration, [])?.message ?? null;
}

/** `a, b` as its items; empty ones are what stands between two commas. */
export function listItems(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}

function fieldOf(name: string, declaration: JsonObject): ParameterField {
  const { Type, Description, Default, AllowedValues } = declaration;
  const type = typeof Type === "string" ? Type : "String";
  const value = storedType(type) ?? type;
  const isList = value === "CommaDelimitedList" || value.startsWith("List<");
  const choices = Array.isArray(AllowedValues) ? AllowedValues.map((choice) => parameterText(choice) ?? "") : [];
  return {
    name,
    type,
    description: typeof Description === "string" ? Description : null,
    standard: parameterText(Default),
    control: isHidden(declaration)
      ? "secret"
      : isList
        ? "list"
        : choices.length > 0 && storedType(type) === undefined
          ? "choice"
          : value === "Number"
            ? "number"
            : "text",
    choices,
    hints: [
      ...storeHint(type, Default),
      ...(isList && choices.length > 0 ? [`each one of ${choices.join(", ")}`] : []),
      ...limits(declaration),
    ],
    declaration,
  };
}

function storeHint(type: string, name: Json | undefined): readonly string[] {
  if (storedType(type) === undefined) return [];
  const named = parameterText(name);
  return [`the value of ${named ?? "a parameter"} in AWS's parameter store, which is not asked here`];
}

function limits({ MinLength, MaxLength, MinValue, MaxValue, AllowedPattern }: JsonObject): readonly string[] {
  const pattern = parameterText(AllowedPattern);
  return [
    ...between(parameterText(MinLength), parameterText(MaxLength), " characters"),
    ...between(parameterText(MinValue), parameterText(MaxValue), ""),
    ...(pattern === undefined ? [] : [`matches ${pattern}`]),
  ];
}

function between(least: string | undefined, most: string | undefined, unit: string): readonly string[] {
  if (least !== undefined && most !== undefined) return [least === most ? `${least}${unit}` : `${least} to ${most}${unit}`];
  if (least !== undefined) return [`at least ${least}${unit}`];
  return most === undefined ? [] : [`at most ${most}${unit}`];
}
