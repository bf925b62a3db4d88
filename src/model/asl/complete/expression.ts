// Completion inside one expression: JSONata, or a path or function of JSONPath.
import { isJsonObject, type Json } from "../../json.ts";
import { intrinsicFunctions, jsonataFunctions, type FunctionHelp } from "./functions.ts";
import { contextSample, type CompletionScope, type Suggestion } from "./suggestion.ts";

/** In `text`, a JSONata expression without its `{% %}`. */
export function completeJsonata(text: string, offset: number, scope: CompletionScope): readonly Suggestion[] {
  const chain =
    /(?:\$[\p{L}\p{N}_]*|(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*)?(?:\[[^\]]*\]|\.[\p{L}\p{N}_]*)*$/u.exec(text.slice(0, offset))?.[0] ??
    "";
  const dot = chain.lastIndexOf(".");
  if (dot >= 0) {
    const value = jsonataValue(namesIn(chain.slice(0, dot)), scope);
    return startingWith(chain.slice(dot + 1), membersOf(value, offset - (chain.length - dot - 1), offset));
  }
  if (chain === "" ? isAfterOperand(text, offset) : !chain.startsWith("$")) return [];
  const from = offset - chain.length;
  const roots = [
    { label: "$states", help: "The state's input, result and context." },
    ...scope.variables.map((name) => ({ label: `$${name}`, help: "Variable", detail: worth(scope.samples.variables?.[name]) })),
  ];
  return startingWith(chain, [
    ...roots.map((root): Suggestion => ({ ...root, insert: root.label, from, to: offset, kind: "variable" })),
    ...jsonataFunctions.map((help) => functionSuggestion(help, from, offset)),
  ]);
}

function jsonataValue([root = "", ...names]: readonly string[], scope: CompletionScope): Json | undefined {
  if (root === "$states") {
    const states: Json = {
      input: scope.samples.input ?? {},
      context: contextSample,
      ...(scope.hasResult ? { result: scope.samples.result ?? {} } : {}),
      ...(scope.hasErrorOutput ? { errorOutput: { Error: "", Cause: "" } } : {}),
    };
    return valueBelow(states, names);
  }
  return root.startsWith("$") ? valueBelow(scope.samples.variables?.[root.slice(1)], names) : undefined;
}

/** In `text`, a path or a call of an intrinsic function. */
export function completePath(text: string, offset: number, scope: CompletionScope): readonly Suggestion[] {
  const before = text.slice(0, offset);
  const call = /(?<![\p{L}\p{N}_$.])S[\p{L}.]*$/u.exec(before)?.[0];
  if (call !== undefined) return startingWith(call, functions(offset - call.length, offset));
  const chain = /\$\$?[\p{L}\p{N}_]*(?:\[[^\]]*\]|\.[\p{L}\p{N}_]*)*$/u.exec(before)?.[0] ?? "";
  const dot = chain.lastIndexOf(".");
  if (dot >= 0)
    return startingWith(
      chain.slice(dot + 1),
      membersOf(pathValue(namesIn(chain.slice(0, dot)), scope), offset - (chain.length - dot - 1), offset),
    );
  if (chain === "" && isAfterOperand(text, offset)) return [];
  const from = offset - chain.length;
  const known = knownPaths(scope.isOfResult ? scope.samples.result : scope.samples.input);
  const paths = [
    { label: "$", detail: scope.isOfResult ? "the result" : "the input" },
    { label: "$$", detail: "the context object" },
    ...scope.variables.map((name) => ({ label: `$${name}`, detail: "variable" })),
    ...known.map(({ path, value }) => ({ label: path, detail: worth(value) })),
  ];
  return startingWith(chain, [
    ...paths.map((path): Suggestion => ({ ...path, insert: path.label, from, to: offset, kind: "path" })),
    ...(chain === "" ? functions(from, offset) : []),
  ]);
}

/** Behind a value comes an operator, not another value. */
function isAfterOperand(text: string, offset: number): boolean {
  return /[\p{L}\p{N}_)\]}'"`]$/u.test(text.slice(0, offset).trimEnd());
}

function functions(from: number, to: number): readonly Suggestion[] {
  return intrinsicFunctions.map((help) => functionSuggestion(help, from, to));
}

function pathValue([root = "", ...names]: readonly string[], scope: CompletionScope): Json | undefined {
  if (root === "$$") return valueBelow(contextSample, names);
  if (root === "$") return valueBelow(scope.isOfResult ? scope.samples.result : scope.samples.input, names);
  return valueBelow(scope.samples.variables?.[root.slice(1)], names);
}

const mostKnownPaths = 40;

/** Paths to all that a sample holds, nearest first. */
function knownPaths(sample: Json | undefined): readonly { readonly path: string; readonly value: Json }[] {
  const found: { path: string; value: Json }[] = [];
  const waiting: { path: string; value: Json }[] = [{ path: "$", value: sample ?? null }];
  for (let next = waiting.shift(); next !== undefined && found.length < mostKnownPaths; next = waiting.shift()) {
    if (next.path !== "$") found.push(next);
    if (!isJsonObject(next.value)) continue;
    for (const [name, value] of Object.entries(next.value)) if (isPlain(name)) waiting.push({ path: `${next.path}.${name}`, value });
  }
  return found;
}

function functionSuggestion({ name, signature, help }: FunctionHelp, from: number, to: number): Suggestion {
  return { label: name, insert: `${name}(`, from, to, kind: "function", detail: signature, help };
}

/** `$.a[0].b` → `$`, `a`, `b`: an array stands for what its elements are. */
function namesIn(chain: string): readonly string[] {
  return chain.replace(/\[[^\]]*\]/g, "").split(".");
}

function valueBelow(value: Json | undefined, names: readonly string[]): Json | undefined {
  let at = value;
  for (const name of names) {
    const one: Json | undefined = Array.isArray(at) ? at[0] : at;
    at = isJsonObject(one) ? one[name] : undefined;
  }
  return Array.isArray(at) ? at[0] : at;
}

function membersOf(value: Json | undefined, from: number, to: number): readonly Suggestion[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value)
    .filter(([name]) => isPlain(name))
    .map(([name, member]) => ({ label: name, insert: name, from, to, kind: "path", detail: worth(member) }));
}

function isPlain(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);
}

function startingWith(typed: string, suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const begin = typed.toLowerCase();
  return suggestions.filter(({ label }) => label.toLowerCase().startsWith(begin));
}

/** A value in a few characters. */
export function worth(value: Json | undefined): string {
  if (value === undefined) return "";
  const text = Array.isArray(value) ? `${value.length} items` : isJsonObject(value) ? "{…}" : JSON.stringify(value);
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
