// Completion in the text of a whole definition, JSON or YAML: fields, their values, states to go to, and expressions.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { choiceOperators, type QueryLanguage, type StateType } from "../definition.ts";
import { languageOf } from "../parse.ts";
import { completePath } from "./expression.ts";
import type { PlaceInText } from "./placeInJson.ts";
import { fieldsOf, innerFields, machineFields, stateFields, type StateField } from "./stateFields.ts";
import type { CompletionScope, Suggestion } from "./suggestion.ts";
import { completeText } from "./template.ts";
import { variablesInScope } from "./variablesInScope.ts";

export interface DefinitionToComplete {
  readonly text: string;
  readonly offset: number;
  readonly place: PlaceInText;
  readonly isYaml: boolean;
  /** As it could be read last. */
  readonly definition: JsonObject;
  /** What an execution last brought to a state. */
  samplesOf(state: string): CompletionScope["samples"];
  /** What a Task may call. */
  readonly resources: readonly { readonly value: string; readonly detail: string }[];
}

interface Inside {
  readonly name: string;
  readonly steps: readonly (string | number)[];
  readonly json: JsonObject;
  readonly language: QueryLanguage;
  /** Below the state. */
  readonly rest: readonly (string | number)[];
}

export function completeDefinition(asked: DefinitionToComplete): readonly Suggestion[] {
  const { place, definition } = asked;
  const inside = stateAround(definition, place.steps);
  if (place.role === "key") return completeKey(asked, inside);
  const key = place.steps.findLast((step) => typeof step === "string");
  if (key === undefined) return [];
  const holder = place.steps.slice(0, place.steps.lastIndexOf(key));
  const around = stateAround(definition, holder);
  const field = fieldsAt(around, holder).find(({ name }) => name === key);
  return completeValue(asked, inside ?? around, String(key), field);
}

function completeKey(asked: DefinitionToComplete, inside: Inside | undefined): readonly Suggestion[] {
  const { place, isYaml, text } = asked;
  const written = valueAt(asked.definition, place.steps);
  const present = new Set(isJsonObject(written) ? Object.keys(written) : []);
  const typed = text.slice(place.from, place.to);
  const isFollowed = /^["']?\s*:/.test(text.slice(place.to));
  return fieldsAt(inside, place.steps)
    .filter(({ name }) => !present.has(name) || name === typed)
    .map(({ name, help }) => ({
      label: name,
      insert: isFollowed || place.isInText ? name : isYaml ? `${name}: ` : `"${name}": `,
      from: place.from,
      to: place.to,
      kind: "field",
      help,
    }));
}

function fieldsAt(inside: Inside | undefined, steps: readonly (string | number)[]): readonly StateField[] {
  if (inside === undefined) return steps.length === 0 ? machineFields : [];
  const { json, language, rest } = inside;
  if (rest.length === 0) {
    const type = Object.hasOwn(stateFields, String(json["Type"])) ? (json["Type"] as StateType) : undefined;
    return fieldsOf(type === undefined ? everyField : stateFields[type], language);
  }
  const holder = rest.findLast((step) => typeof step === "string");
  if (holder === "And" || holder === "Or" || holder === "Not")
    return fieldsOf([...(innerFields["Condition"] ?? []), ...operators], language);
  if (holder === "Choices") return fieldsOf([...(innerFields["Choices"] ?? []), ...operators], language);
  return fieldsOf(innerFields[String(holder === "Iterator" ? "ItemProcessor" : holder)] ?? [], language);
}

/** Of all types, each once. */
const everyField: readonly StateField[] = [
  ...new Map(Object.values(stateFields).flatMap((fields) => fields.map((field) => [field.name, field] as const))).values(),
];

const operators: readonly StateField[] = choiceOperators.flatMap((name): readonly StateField[] => [
  { name, kind: "literal", help: "Compares the variable with a value.", language: "JSONPath" },
  ...(name.startsWith("Is") || name === "StringMatches"
    ? []
    : [
        {
          name: `${name}Path`,
          kind: "path" as const,
          help: "Compares the variable with what stands at a path.",
          language: "JSONPath" as const,
        },
      ]),
]);

function completeValue(
  asked: DefinitionToComplete,
  inside: Inside | undefined,
  key: string,
  field: StateField | undefined,
): readonly Suggestion[] {
  const { place, text, offset, definition } = asked;
  const words = (values: readonly { value: string; detail?: string }[], kind: Suggestion["kind"]): readonly Suggestion[] =>
    values.map(({ value, detail }) => ({
      label: value,
      insert: place.isInText || /^(?:true|\d)/.test(value) ? value : JSON.stringify(value),
      from: place.from,
      to: place.to,
      kind,
      ...(detail === undefined ? {} : { detail }),
    }));
  if (field?.values !== undefined)
    return words(
      field.values.map((value) => ({ value })),
      "value",
    );
  if (field?.kind === "state") return words(statesBeside(definition, place.steps, inside), "state");
  if (field?.name === "Resource") return words(asked.resources, "resource");
  if (inside === undefined || !place.isInText) return [];
  const scope = scopeOf(asked, inside);
  if (inside.language === "JSONPath" && (field?.kind === "path" || field?.kind === "place")) {
    return completePath(text.slice(place.from, place.to), offset - place.from, scope).map((one) => ({
      ...one,
      from: one.from + place.from,
      to: one.to + place.from,
    }));
  }
  return completeText(text, offset, { ...place, key }, scope);
}

function scopeOf({ definition, samplesOf }: DefinitionToComplete, { name, steps, json, language, rest }: Inside): CompletionScope {
  const [field] = rest;
  const doesWork = ["Task", "Parallel", "Map"].includes(String(json["Type"]));
  return {
    language,
    hasResult: doesWork && (field === "Output" || field === "Assign"),
    hasErrorOutput: field === "Catch",
    isOfResult: doesWork && (field === "ResultSelector" || field === "Assign"),
    variables: variablesInScope(definition, steps),
    samples: samplesOf(name),
  };
}

function statesBeside(
  definition: JsonObject,
  steps: readonly (string | number)[],
  inside: Inside | undefined,
): readonly { readonly value: string }[] {
  const isStart = steps.at(-1) === "StartAt";
  const at = isStart ? [...steps.slice(0, -1), "States"] : (inside?.steps.slice(0, -1) ?? []);
  const states = valueAt(definition, at);
  return isJsonObject(states) ? Object.keys(states).map((value) => ({ value })) : [];
}

/** The innermost state that the steps are in. */
function stateAround(definition: JsonObject, steps: readonly (string | number)[]): Inside | undefined {
  const at = steps.findLastIndex((step, index) => steps[index - 1] === "States" && index > 0 && typeof step === "string");
  if (at < 0) return undefined;
  const own = steps.slice(0, at + 1);
  const value = valueAt(definition, own);
  const json = isJsonObject(value) ? value : {};
  return {
    name: String(steps[at]),
    steps: own,
    json,
    language: languageOf(json, languageOf(definition, "JSONPath")),
    rest: steps.slice(at + 1),
  };
}

function valueAt(value: Json | undefined, steps: readonly (string | number)[]): Json | undefined {
  return steps.reduce<Json | undefined>((at, step) => {
    if (Array.isArray(at)) return typeof step === "number" ? at[step] : undefined;
    return isJsonObject(at) ? at[String(step)] : undefined;
  }, value);
}
