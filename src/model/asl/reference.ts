// Paths in the fields of a state: from the input (`$.a`), the context object (`$$.Execution.Id`) or a variable (`$name.a`).
import { PathNotFoundError, findsValue, readPath, type PastTheEnd } from "./jsonPath.ts";
import { parsePath, type JsonPath } from "./jsonPathParse.ts";
import type { PathScope } from "./scope.ts";
import type { Value } from "./value.ts";
import { variableNamed } from "./variables.ts";

/** The document that a path begins from; undefined for a variable that is not there. */
export function documentOf(path: JsonPath, scope: PathScope): Value | undefined {
  switch (path.root.type) {
    case "context":
      return scope.context;
    case "variable":
      return variableNamed(scope.variables, path.root.name);
    default:
      return scope.input;
  }
}

/** The value at a path; throws a PathNotFoundError. */
export function readIn(path: JsonPath, scope: PathScope, pastTheEnd: PastTheEnd = "null"): Value {
  const document = documentOf(path, scope);
  if (document === undefined) throw new PathNotFoundError(`No results for path: ${path.text}`);
  return readPath(path, document, pastTheEnd);
}

/** The value at a path, undefined where there is none. */
export function readReference(text: string, scope: PathScope): Value | undefined {
  if (text === "$") return scope.input;
  try {
    return readIn(parsePath(text), scope);
  } catch (error) {
    if (error instanceof PathNotFoundError) return undefined;
    throw error;
  }
}

/** Whether anything is there. */
export function isFound(text: string, scope: PathScope): boolean {
  const path = parsePath(text);
  const document = documentOf(path, scope);
  return document !== undefined && findsValue(path, document);
}
