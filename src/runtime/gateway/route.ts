import type { Operation } from "./model.ts";

/** An operation's URI, cut into segments; several operations may share one and differ in what query and headers must hold. */
export interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly segments: readonly Segment[];
  readonly status: number;
  /** Query parameters in the URI itself: `?uploads`, `?list-type=2`. */
  readonly literals: readonly (readonly [name: string, value: string])[];
  /** Required members bound to query or header: what tells apart operations with one URI. */
  readonly required: readonly { readonly in: "query" | "header"; readonly name: string }[];
  readonly score: number;
}

type Segment =
  | { readonly type: "literal"; readonly text: string }
  | { readonly type: "label"; readonly name: string }
  | { readonly type: "greedy"; readonly name: string };

export interface RouteMatch {
  readonly route: Route;
  readonly labels: Readonly<Record<string, string>>;
}

export function compileRoute(operation: Operation, [method, uri, status]: readonly [string, string, number]): Route {
  const [path = "/", query = ""] = uri.split("?");
  const segments = splitPath(path).map(segmentOf);
  const literals = [...new URLSearchParams(query)].filter(([name]) => name !== "x-id");
  const required = requiredBindings(operation);
  const literalSegments = segments.filter((segment) => segment.type === "literal").length;
  return {
    operation,
    method,
    segments,
    status,
    literals,
    required,
    score:
      literals.length * 100 + required.length * 50 + literalSegments * 2 - (segments.some((segment) => segment.type === "greedy") ? 1 : 0),
  };
}

/** The most exact route that the request satisfies. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
  query: URLSearchParams,
  headers: Readonly<Record<string, unknown>>,
): RouteMatch | null {
  const segments = splitPath(path);
  let best: Route | null = null;
  for (const route of routes) {
    if (route.method !== method || (best && route.score <= best.score)) continue;
    if (!fits(route.segments, segments)) continue;
    if (!route.literals.every(([name, value]) => query.has(name) && (value === "" || query.get(name) === value))) continue;
    if (!route.required.every((need) => (need.in === "query" ? query.has(need.name) : headers[need.name] !== undefined))) continue;
    best = route;
  }
  return best && { route: best, labels: labelsOf(best.segments, segments) };
}

function splitPath(path: string): string[] {
  const segments = path.split("/");
  segments.shift();
  if (segments.at(-1) === "") segments.pop();
  return segments;
}

function segmentOf(text: string): Segment {
  const label = /^\{([^}+]+)(\+?)\}$/.exec(text);
  if (!label?.[1]) return { type: "literal", text };
  return { type: label[2] ? "greedy" : "label", name: label[1] };
}

function fits(pattern: readonly Segment[], segments: readonly string[]): boolean {
  for (let index = 0; index < pattern.length; index++) {
    const part = pattern[index];
    const text = segments[index];
    if (part === undefined || text === undefined || text === "") return part?.type === "greedy" && segments.length > index;
    if (part.type === "greedy") return true;
    if (part.type === "literal" && part.text !== text) return false;
  }
  return pattern.length === segments.length;
}

function labelsOf(pattern: readonly Segment[], segments: readonly string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  pattern.forEach((part, index) => {
    if (part.type === "label") labels[part.name] = decodeURIComponent(segments[index] ?? "");
    if (part.type === "greedy") labels[part.name] = segments.slice(index).map(decodeURIComponent).join("/");
  });
  return labels;
}

/** A struct's required members come first; the schema says how many there are. */
function requiredBindings(operation: Operation): Route["required"] {
  if (operation.input.isUnitSchema()) return [];
  const raw: unknown = operation.input.getSchema();
  const requiredCount = Array.isArray(raw) && typeof raw[6] === "number" ? raw[6] : 0;
  const bindings: { in: "query" | "header"; name: string }[] = [];
  for (const [, member] of [...operation.input.structIterator()].slice(0, requiredCount)) {
    const traits = member.getMergedTraits();
    if (traits.httpQuery) bindings.push({ in: "query", name: traits.httpQuery });
    else if (traits.httpHeader) bindings.push({ in: "header", name: traits.httpHeader.toLowerCase() });
  }
  return bindings;
}
