/**
 * Paths with variables (`/orders/{id}`, `/files/{proxy+}`) as a tree, searched in AWS's order: literal segments before
 * variables before greedy ones, and a named method before ANY.
 */
export interface RouteTable<Value> {
  match(method: string, segments: readonly string[]): RouteHit<Value> | null;
}

export interface RouteHit<Value> {
  readonly value: Value;
  readonly parameters: Readonly<Record<string, string>> | null;
}

export interface RouteEntry<Value> {
  /** Upper case, `ANY` for all. */
  readonly method: string;
  readonly path: string;
  readonly value: Value;
}

interface End<Value> {
  readonly value: Value;
  readonly names: readonly string[];
}

interface Node<Value> {
  readonly literals: Map<string, Node<Value>>;
  variable: Node<Value> | null;
  readonly ends: Map<string, End<Value>>;
  readonly greedyEnds: Map<string, End<Value>>;
}

/** `path`: the best path is chosen first, and a method that it lacks is not looked for elsewhere (REST APIs). */
export function routeTable<Value>(entries: readonly RouteEntry<Value>[], decidesBy: "path" | "path and method"): RouteTable<Value> {
  const root = emptyNode<Value>();
  for (const entry of entries) insert(root, entry);

  function endOf(ends: ReadonlyMap<string, End<Value>>, method: string): End<Value> | undefined | "elsewhere" {
    if (ends.size === 0) return "elsewhere";
    return ends.get(method) ?? ends.get("ANY") ?? (decidesBy === "path" ? undefined : "elsewhere");
  }

  function search(
    node: Node<Value>,
    method: string,
    segments: readonly string[],
    index: number,
    values: readonly string[],
  ): RouteHit<Value> | null | "elsewhere" {
    const segment = segments[index];
    if (segment === undefined) {
      const end = endOf(node.ends, method);
      return end === "elsewhere" ? end : hit(end, values);
    }
    const literal = node.literals.get(segment);
    if (literal) {
      const found = search(literal, method, segments, index + 1, values);
      if (found !== "elsewhere") return found;
    }
    if (node.variable && segment !== "") {
      const found = search(node.variable, method, segments, index + 1, [...values, segment]);
      if (found !== "elsewhere") return found;
    }
    const rest = segments.slice(index).join("/");
    const end = rest === "" ? "elsewhere" : endOf(node.greedyEnds, method);
    return end === "elsewhere" ? end : hit(end, [...values, rest]);
  }

  return {
    match(method, segments) {
      const found = search(root, method, segments, 0, []);
      return found === "elsewhere" ? null : found;
    },
  };
}

/** `/orders/1/` gives `orders`, `1`, ``: a trailing slash is a segment of its own. `/` gives none. */
export function pathSegments(path: string): string[] {
  if (path === "/" || path === "") return [];
  return path.slice(1).split("/");
}

function insert<Value>(root: Node<Value>, { method, path, value }: RouteEntry<Value>): void {
  let node = root;
  const names: string[] = [];
  for (const segment of pathSegments(path)) {
    const variable = /^\{([^}+]+)(\+?)\}$/.exec(segment);
    if (variable?.[1] === undefined) {
      const next = node.literals.get(segment) ?? emptyNode<Value>();
      node.literals.set(segment, next);
      node = next;
      continue;
    }
    names.push(variable[1]);
    if (variable[2]) {
      node.greedyEnds.set(method, { value, names });
      return;
    }
    node = node.variable ??= emptyNode<Value>();
  }
  node.ends.set(method, { value, names });
}

function hit<Value>(end: End<Value> | undefined, values: readonly string[]): RouteHit<Value> | null {
  if (!end) return null;
  if (end.names.length === 0) return { value: end.value, parameters: null };
  return { value: end.value, parameters: Object.fromEntries(end.names.map((name, index) => [name, values[index] ?? ""])) };
}

function emptyNode<Value>(): Node<Value> {
  return { literals: new Map(), variable: null, ends: new Map(), greedyEnds: new Map() };
}
