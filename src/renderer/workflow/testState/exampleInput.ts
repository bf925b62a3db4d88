// An input to begin with where no execution is known: every path that the state reads of its input, with a plausible value.
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";

const inPath = /^\$((?:\.[\p{L}_][\p{L}\p{N}_]*)+)/u;
const inCall = /(?<![\w$])\$((?:\.[\p{L}_][\p{L}\p{N}_]*)+)/gu;
const inExpression = /\$states\.input((?:\.[\p{L}_][\p{L}\p{N}_]*)+)/gu;
/** Other states read other inputs. */
const elsewhere = new Set(["Branches", "ItemProcessor", "Iterator", "ResultSelector", "ResultPath", "OutputPath", "Output", "Assign"]);

export function exampleInput(state: JsonObject): JsonObject {
  const { InputPath: inputPath, ...fields } = state;
  const own: JsonObject = {};
  collect("", fields, {}, own);
  // what the other fields read, they read at InputPath
  const below = typeof inputPath === "string" ? inPath.exec(inputPath)?.[1] : undefined;
  if (below === undefined) return own;
  const example: JsonObject = {};
  place(example, below, own);
  return example;
}

function collect(field: string, value: Json, beside: JsonObject, example: JsonObject): void {
  if (elsewhere.has(field)) return;
  if (Array.isArray(value)) value.forEach((item) => collect("", item, {}, example));
  else if (isJsonObject(value)) for (const [name, member] of Object.entries(value)) collect(name, member, value, example);
  else if (typeof value === "string") {
    const path = inPath.exec(value)?.[1];
    if (path !== undefined && (/Path$|\.\$$/.test(field) || field === "Variable")) place(example, path, plausible(field, path, beside));
    if (value.startsWith("States."))
      for (const [, found = ""] of value.matchAll(inCall)) place(example, found, plausible(field, found, beside));
    for (const [, found = ""] of value.matchAll(inExpression)) place(example, found, plausible(field, found, beside));
  }
}

function place(example: JsonObject, path: string, value: Json): void {
  const names = path.split(".").slice(1);
  const last = names.pop();
  if (last === undefined) return;
  let target = example;
  for (const name of names) {
    const inner = target[name];
    if (isJsonObject(inner)) target = inner;
    else {
      const made: JsonObject = {};
      target[name] = made;
      target = made;
    }
  }
  target[last] ??= value;
}

function plausible(field: string, path: string, beside: JsonObject): Json {
  const operator = Object.keys(beside).find((name) => /^(?:Numeric|String|Boolean|Timestamp)/.test(name)) ?? "";
  if (field === "Variable" && operator !== "") {
    const operand = beside[operator];
    if (operand !== undefined && !operator.endsWith("Path") && operator !== "StringMatches") return operand;
  }
  const name = path.split(".").at(-1) ?? "";
  if (field === "ItemsPath" || field === "Items") return [{ id: 1 }, { id: 2 }];
  if (/Seconds(?:Path)?$|MaxConcurrency|Count|Percentage/.test(field) || /^(?:Numeric)/.test(operator)) return 5;
  if (/Timestamp/.test(field) || operator.startsWith("Timestamp") || /At$|[Tt]ime$|[Dd]ate$/.test(name)) return "2030-01-01T00:00:00Z";
  if (operator.startsWith("Boolean") || /^is[A-Z]/.test(name)) return true;
  if (/(?:total|count|amount|price|quantity|size|number)$/i.test(name)) return 42;
  if (/(?:items|lines|list|entries|orders)$/i.test(name)) return [{ id: 1 }, { id: 2 }];
  return name;
}
