// Which variables each state reads, as DescribeStateMachine tells them (`variableReferences`).
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { QueryLanguage } from "./definition.ts";
import { languageOf } from "./parse.ts";

/** By state, sorted; states that read none are absent. Of states inside others each has its own line. */
export function variableReferences(machine: JsonObject): Readonly<Record<string, readonly string[]>> {
  const found: [string, string[]][] = [];
  collectFlow(machine, languageOf(machine, "JSONPath"), found);
  return Object.fromEntries(found);
}

/** Other states, and what is taken as it is. */
const unread = new Set(["ItemProcessor", "Iterator", "Branches", "Result", "Comment"]);
/** Of JSONPath: inside them only fields that end in `.$` are read. */
const templates = new Set(["Parameters", "ResultSelector", "ItemSelector", "BatchInput", "Assign", "Credentials"]);

interface Reading {
  readonly language: QueryLanguage;
  readonly isTemplate: boolean;
}

function collectFlow(flow: Json | undefined, machineLanguage: QueryLanguage, found: [string, string[]][]): void {
  const states = isJsonObject(flow) ? flow["States"] : undefined;
  if (!isJsonObject(states)) return;
  for (const [name, state] of Object.entries(states)) {
    if (!isJsonObject(state)) continue;
    const names = new Set<string>();
    const language = languageOf(state, machineLanguage);
    for (const [field, value] of Object.entries(state))
      if (!unread.has(field)) collect(field, value, { language, isTemplate: false }, names);
    if (names.size > 0) found.push([name, [...names].sort()]);
    collectFlow(state["ItemProcessor"] ?? state["Iterator"], machineLanguage, found);
    const branches = state["Branches"];
    if (Array.isArray(branches)) for (const branch of branches) collectFlow(branch, machineLanguage, found);
  }
}

function collect(field: string, value: Json, reading: Reading, names: Set<string>): void {
  const inside = { ...reading, isTemplate: reading.isTemplate || templates.has(field) };
  if (Array.isArray(value)) {
    for (const item of value) collect(field, item, inside, names);
  } else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) collect(key, member, inside, names);
  } else if (typeof value === "string") {
    if (reading.language === "JSONata") collectExpression(value, names);
    else if (reading.isTemplate ? field.endsWith(".$") : field.endsWith("Path") || field === "Variable") collectPath(value, names);
  }
}

/** Variables of a path or of a call's arguments; texts in quotes are skipped, `$$` is the context object. */
function collectPath(text: string, names: Set<string>): void {
  for (const [token, name] of text.matchAll(
    /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\$\$|\$([\p{ID_Start}_][\p{ID_Continue}]*)|[\p{ID_Continue}$]/gu,
  )) {
    if (name !== undefined && token.startsWith("$")) names.add(name);
  }
}

const expressionToken =
  /\/\*.*?\*\/|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|(?:function|λ)\s*\(([^)]*)\)|\$([\p{ID_Start}_][\p{ID_Continue}]*)(\s*(?::=|\())?/gsu;

/** Variables of JSONata: neither functions nor what the expression binds itself. */
function collectExpression(text: string, names: Set<string>): void {
  if (!text.startsWith("{%")) return;
  const bound = new Set(["states"]);
  const read = new Set<string>();
  for (const [, parameters, name, after] of text.matchAll(expressionToken)) {
    if (parameters !== undefined) for (const parameter of parameters.split(",")) bound.add(parameter.trim().replace(/^\$/, ""));
    else if (name === undefined) continue;
    else if (after?.endsWith(":=")) bound.add(name);
    else if (after === undefined && !functions.has(name)) read.add(name);
  }
  for (const name of read) if (!bound.has(name)) names.add(name);
}

/** Functions can be handed on by name: `$map(list, $string)`. */
const functions = new Set(
  (
    "abs append assert average base64decode base64encode boolean ceil contains count decodeUrl decodeUrlComponent distinct each encodeUrl " +
    "encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber fromMillis hash join keys length lookup lowercase map match " +
    "max merge millis min not now number pad parse parseInteger partition power random range reduce replace reverse round shuffle sift single sort " +
    "split spread sqrt string substring substringAfter substringBefore sum toMillis trim type uppercase uuid zip"
  ).split(" "),
);
