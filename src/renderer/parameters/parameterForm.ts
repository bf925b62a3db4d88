// What the form of the template's Parameters knows of each: pure, so that it can be tested without a page.
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { wantedValues } from "../../model/template/dynamicReferences.ts";
import { isHidden, parameterFinding, parameterText, storedType } from "../../model/template/parameters.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

export interface ParameterField {
  /** reference: what a dynamic reference asks for; only resources that run need it. */
  readonly of: "parameter" | "reference";
  readonly name: string;
  /** What it is called in the form. */
  readonly title: string;
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

/** Values that dynamic references ask for, given like parameters under the references' names. */
export function referenceFields(template: JsonObject, values: Readonly<Record<string, string>>): readonly ParameterField[] {
  return wantedValues(template, values).map((name) => {
    const [, service = "", ...rest] = name.split(":");
    const isSecret = service !== "ssm";
    const declaration = { Type: "String", NoEcho: isSecret };
    return {
      ...fieldOf(name, declaration),
      of: "reference",
      title: rest.join(":").replace(":SecretString:", " · "),
      type: storeNames()[service] ?? service,
    };
  });
}

const storeNames = perLanguage((): Readonly<Record<string, string>> => ({
  ssm: t("SSM parameter"),
  "ssm-secure": t("SSM parameter, encrypted"),
  secretsmanager: t("Secrets Manager secret"),
}));

/** What stands for a parameter's name inside the name of a reference. */
export function knownTexts(fields: readonly ParameterField[], given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const defaults = fields.flatMap(({ name, standard }) => (standard === undefined ? [] : [[name, standard]]));
  return { ...Object.fromEntries(defaults), ...given };
}

/** The value that a text typed into a field stands for; undefined: none, and what holds otherwise holds. */
export function valueTyped(field: ParameterField, standard: string | undefined, text: string): string | undefined {
  return text !== "" || (mayBeEmpty(field) && standard !== undefined && standard !== "") ? text : undefined;
}

/** An empty text is a value of its own for these, and nothing for a number or a choice. */
export function mayBeEmpty({ control }: ParameterField): boolean {
  return control === "text" || control === "secret" || control === "list";
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
    of: "parameter",
    name,
    title: name,
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
      ...(isList && choices.length > 0 ? [t("each one of {{choices}}", { choices: choices.join(", ") })] : []),
      ...limits(declaration),
    ],
    declaration,
  };
}

function storeHint(type: string, name: Json | undefined): readonly string[] {
  if (storedType(type) === undefined) return [];
  const named = parameterText(name);
  return [t("the value of {{named}} in AWS's parameter store, which is not asked here", { named: named ?? t("a parameter") })];
}

function limits({ MinLength, MaxLength, MinValue, MaxValue, AllowedPattern }: JsonObject): readonly string[] {
  const pattern = parameterText(AllowedPattern);
  return [
    ...between(parameterText(MinLength), parameterText(MaxLength)).map((range) => t("{{range}} characters", { range })),
    ...between(parameterText(MinValue), parameterText(MaxValue)),
    ...(pattern === undefined ? [] : [t("matches {{pattern}}", { pattern })]),
  ];
}

function between(least: string | undefined, most: string | undefined): readonly string[] {
  if (least !== undefined && most !== undefined) return [least === most ? least : t("{{least}} to {{most}}", { least, most })];
  if (least !== undefined) return [t("at least {{least}}", { least })];
  return most === undefined ? [] : [t("at most {{most}}", { most })];
}
