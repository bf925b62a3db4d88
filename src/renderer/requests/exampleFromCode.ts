// An example body read from the handler's own types: `JSON.parse(event.body) as { customer: string; lines: Line[] }`,
// or `jsonOf<NewOrder>(event)`.
// It reads only the simple type syntax that handlers use; whatever it does not understand is left out.
import type { Json, JsonObject } from "../../model/json.ts";

/** Example of what a handler parses out of its event's or message's body; undefined when its code does not say. */
export function exampleFromCode(source: string, otherSources: readonly string[]): Json | undefined {
  const generic = /=\s*(?:await\s+)?[\w.]*(?:json|body|parse)\w*<(?=[{A-Z])/i.exec(source);
  if (generic !== null) {
    const value = exampleOfType(
      new TypeReader(source.slice(generic.index + generic[0].length)).type(),
      "body",
      [source, ...otherSources],
      0,
    );
    if (value !== undefined) return value;
  }
  const parse = /JSON\.parse\(/.exec(source);
  if (parse === null) return undefined;
  const after = source.slice(endOfCall(source, parse.index + parse[0].length));
  const cast = /^\s*as\s+/.exec(after);
  if (cast !== null) {
    const value = exampleOfType(new TypeReader(after.slice(cast[0].length)).type(), "body", [source, ...otherSources], 0);
    if (value !== undefined) return value;
  }
  const before = source.slice(0, parse.index);
  const annotated = /(?:const|let)\s+\w+\s*:\s*([A-Z]\w*)\s*=\s*$/.exec(before);
  if (annotated?.[1] !== undefined) return exampleOfType({ type: "name", name: annotated[1] }, "body", [source, ...otherSources], 0);
  const destructured = /(?:const|let)\s*\{([^{}]*)\}\s*=\s*$/.exec(before);
  if (destructured?.[1] === undefined) return undefined;
  const names = destructured[1]
    .split(",")
    .map((part) => /^\s*(\w+)/.exec(part)?.[1])
    .filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, wordExample(name)]));
}

function endOfCall(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "(") depth += 1;
    else if (source[at] === ")" && --depth === 0) return at + 1;
  }
  return source.length;
}

type TypeNode =
  | { readonly type: "object"; readonly fields: readonly { readonly name: string; readonly value: TypeNode }[] }
  | { readonly type: "list"; readonly of: TypeNode }
  | { readonly type: "literal"; readonly value: Json }
  | { readonly type: "name"; readonly name: string };

/** Reads a type as far as examples need it: objects, lists, literals, names, the first member of a union. */
class TypeReader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/[^\n]*/g, "");
  }

  type(): TypeNode {
    this.take(/^\s*\|/);
    let node = this.single();
    for (;;) {
      if (this.take(/^\s*\[\s*\]/)) node = { type: "list", of: node };
      else if (this.take(/^\s*[|&]\s*/)) this.single();
      else return node;
    }
  }

  private single(): TypeNode {
    this.take(/^\s*(readonly\s+)?/);
    if (this.take(/^\{/)) return this.fields();
    if (this.take(/^\(/)) {
      const inner = this.type();
      this.take(/^\s*\)/);
      return inner;
    }
    const text = this.take(/^(["'])((?:(?!\1).)*)\1/);
    if (text) return { type: "literal", value: text[2] ?? "" };
    const number = this.take(/^-?\d+(\.\d+)?/);
    if (number) return { type: "literal", value: Number(number[0]) };
    const name = this.take(/^[\w.$]+/)?.[0] ?? "";
    if (name === "") this.at = this.text.length;
    if (this.take(/^\s*</)) {
      const argument = this.type();
      while (this.take(/^\s*,/)) this.type();
      this.take(/^\s*>/);
      if (name === "Array" || name === "ReadonlyArray") return { type: "list", of: argument };
      if (name === "Partial" || name === "Readonly" || name === "Required") return argument;
    }
    return { type: "name", name };
  }

  private fields(): TypeNode {
    const fields: { name: string; value: TypeNode }[] = [];
    while (!this.take(/^\s*\}/)) {
      const name = this.take(/^\s*(?:readonly\s+)?["']?([\w$-]+)["']?\s*\??\s*:/);
      if (!name) break;
      fields.push({ name: name[1] ?? "", value: this.type() });
      this.take(/^\s*[;,]?/);
    }
    return { type: "object", fields };
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.text.slice(this.at));
    if (found !== null) this.at += found[0].length;
    return found;
  }
}

const MAX_DEPTH = 5;

function exampleOfType(node: TypeNode, name: string, sources: readonly string[], depth: number): Json | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (node.type) {
    case "literal":
      return node.value;
    case "list": {
      const one = exampleOfType(node.of, name.replace(/s$/, ""), sources, depth + 1);
      return one === undefined ? [] : [one];
    }
    case "object": {
      const example: JsonObject = {};
      for (const field of node.fields) {
        const value = exampleOfType(field.value, field.name, sources, depth + 1);
        if (value !== undefined) example[field.name] = value;
      }
      return example;
    }
    case "name":
      return exampleOfName(node.name, name, sources, depth);
  }
}

function exampleOfName(type: string, name: string, sources: readonly string[], depth: number): Json | undefined {
  if (type === "string") return wordExample(name);
  if (type === "number" || type === "bigint") return numberExample(name);
  if (type === "boolean") return true;
  if (type === "null") return null;
  if (["any", "unknown", "undefined", "object", "Record", "Date"].includes(type)) return type === "Date" ? wordExample("date") : undefined;
  for (const source of sources) {
    const declared = new RegExp(`(?:interface\\s+${type}\\b[^{]*|type\\s+${type}\\s*=\\s*)`).exec(source);
    if (declared === null) continue;
    return exampleOfType(new TypeReader(source.slice(declared.index + declared[0].length)).type(), name, sources, depth + 1);
  }
  return undefined;
}

const words: readonly (readonly [RegExp, string])[] = [
  [/mail/i, "ada@example.com"],
  [/(customer|user|person|author|buyer|first)?name$/i, "Ada Lovelace"],
  [/customer|user|buyer|author/i, "ada"],
  [/product|sku|article|item/i, "tea-01"],
  [/currency/i, "EUR"],
  [/country/i, "DE"],
  [/city/i, "Berlin"],
  [/phone/i, "+49 30 1234567"],
  [/url|link|href/i, "https://example.com"],
  [/(date|time|At)$/, "2026-01-15T09:30:00.000Z"],
  [/status|state/i, "new"],
  [/title|subject/i, "A first try"],
  [/text|message|comment|note|description|body/i, "Hello from Contrail"],
  [/id$/i, "a-1"],
];

export function wordExample(name: string): string {
  return words.find(([pattern]) => pattern.test(name))?.[1] ?? "example";
}

export function numberExample(name: string): number {
  if (/price|amount|total|cost|sum/i.test(name)) return 12.5;
  if (/quantity|count|number|size|limit/i.test(name)) return 2;
  if (/year/i.test(name)) return 2026;
  if (/port/i.test(name)) return 8080;
  return 1;
}
