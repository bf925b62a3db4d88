// What a definition is refused for in one JSONata expression: what does not parse, and what it reads that is not there.
// An expression has no context item: input is `$states.input`, variables have a `$`, so a bare name at the top reads nothing.
import jsonata from "jsonata";
import { expressionIn } from "../jsonata.ts";
import type { Sources } from "../sources.ts";

export interface ExpressionFault {
  readonly code: "INVALID_JSONATA_EXPRESSION" | "UNSUPPORTED_JSONATA_EXPRESSION";
  readonly message: string;
}

/** `states`: the fields that `$states` has at this place. */
export function expressionFaults(expression: string, states: ReadonlySet<string>): readonly ExpressionFault[] {
  const tree = parse(expression);
  if ("message" in tree) return [{ code: "INVALID_JSONATA_EXPRESSION", message: tree.message }];
  const found = new Set<string>();
  collectTop(tree.root, found);
  collectStates(tree.root, states, found);
  return [...found].map((message) => ({ code: "UNSUPPORTED_JSONATA_EXPRESSION", message }));
}

type Parsed = { readonly root: unknown } | { readonly message: string };

/** Below that, judging takes a few milliseconds. */
const longDefinition = 50_000;
const sliceMilliseconds = 8;
/** Expressions of definitions that are judged now. */
const readAhead = new Map<string, Parsed>();
let readers = 0;

/**
 * Thousands of expressions take a second to read: here they are read in slices, other work between them, and judging the
 * definition afterwards finds them read. Call what is given when it is judged.
 */
export async function readExpressionsAhead(
  definition: string,
  { elapsed, pause }: Pick<Sources, "elapsed" | "pause">,
): Promise<() => void> {
  if (definition.length < longDefinition) return () => undefined;
  readers += 1;
  const texts = new Set([...definition.matchAll(/"\{%(?:[^"\\]|\\.)*%\}"/g)].flatMap(([literal]) => expressionIn(textOf(literal)) ?? []));
  let began = elapsed();
  for (const text of texts) {
    readAhead.set(text, readAhead.get(text) ?? parseNow(text));
    if (elapsed() - began < sliceMilliseconds) continue;
    await pause();
    began = elapsed();
  }
  return () => {
    readers -= 1;
    if (readers === 0) readAhead.clear();
  };
}

function textOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    // the definition is no JSON, which is told when it is judged
    return "";
  }
}

function parse(expression: string): Parsed {
  return readAhead.get(expression) ?? parseNow(expression);
}

function parseNow(expression: string): Parsed {
  try {
    return { root: jsonata(expression).ast() };
  } catch (error) {
    // The parser calls itself for what is nested, and has no limit of its own.
    if (error instanceof RangeError) return { message: "The expression is nested too deeply." };
    if (typeof error === "object" && error !== null && "message" in error && typeof error.message === "string")
      return { message: error.message };
    throw error;
  }
}

/** What is read from the context item. Only the first step of a path is: the others, their predicates and orders read what the step before gave. */
function collectTop(node: unknown, found: Set<string>): void {
  const value = read(node, "value");
  const each = (field: string): void => {
    for (const item of list(read(node, field))) collectTop(item, found);
  };
  switch (read(node, "type")) {
    case "path":
      return collectTop(list(read(node, "steps"))[0], found);
    case "name":
      return void found.add(`Reference to '${String(value)}' at the top level is not supported.`);
    case "variable":
      if (value === "") found.add("Reference to '$' at the top level is not supported.");
      if (value === "$") found.add("Reference to '$$' is not supported.");
      return;
    case "unary":
      for (const pair of list(read(node, "lhs"))) for (const part of list(pair)) collectTop(part, found);
      each("expressions");
      return collectTop(read(node, "expression"), found);
    case "binary":
    case "apply":
      collectTop(read(node, "lhs"), found);
      return collectTop(read(node, "rhs"), found);
    case "bind":
      return collectTop(read(node, "rhs"), found);
    case "function":
    case "partial":
      collectTop(read(node, "procedure"), found);
      return each("arguments");
    case "lambda":
      return collectTop(read(node, "body"), found);
    case "condition":
      for (const part of ["condition", "then", "else"]) collectTop(read(node, part), found);
      return;
    case "block":
      return each("expressions");
    default:
      return;
  }
}

/** `$states.errorOutput` and its like, wherever they stand. */
function collectStates(root: unknown, states: ReadonlySet<string>, found: Set<string>): void {
  const waiting = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== "object" || node === null) continue;
    const [first, second] = list(read(node, "steps"));
    const field = read(second, "value");
    const isField =
      read(first, "type") === "variable" &&
      read(first, "value") === "states" &&
      read(second, "type") === "name" &&
      typeof field === "string";
    if (isField && !states.has(field)) found.add(`Field '$states.${field}' does not exist.`);
    for (const child of Object.values(node).toReversed()) waiting.push(child);
  }
}

function read(node: unknown, field: string): unknown {
  return typeof node === "object" && node !== null ? Reflect.get(node, field) : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
