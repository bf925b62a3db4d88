// JSON that knows where each of its values stood in the text, so that a message can point there as AWS's parser does.

export type PlacedJson = PlacedValue | PlacedArray | PlacedObject;

interface Place {
  /** Offset behind the character at which AWS's parser has come when it sees the value: behind the first of a text, object or array. */
  readonly seenAt: number;
  /** Offset behind the value. */
  readonly end: number;
}

export interface PlacedValue extends Place {
  readonly type: "value";
  readonly value: string | number | boolean | null;
}

export interface PlacedArray extends Place {
  readonly type: "array";
  readonly items: readonly PlacedJson[];
}

export interface PlacedObject extends Place {
  readonly type: "object";
  /** In the order written; a repeated name stands repeatedly. */
  readonly members: readonly { readonly name: string; readonly value: PlacedJson }[];
}

const deepest = 1_000;

/** Throws a SyntaxError where the text is no JSON. */
export function readPlacedJson(text: string): PlacedJson {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.skipSpace();
  if (reader.position < text.length) throw new SyntaxError(`Unexpected text at ${reader.position}`);
  return value;
}

class Reader {
  readonly #text: string;
  position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  skipSpace(): void {
    while (" \t\r\n".includes(this.#text[this.position] ?? "x")) this.position++;
  }

  value(depth: number): PlacedJson {
    if (depth > deepest) throw new SyntaxError(`Nested deeper than ${deepest}`);
    this.skipSpace();
    const start = this.position;
    const first = this.#text[start];
    if (first === "{") return this.#object(start, depth);
    if (first === "[") return this.#array(start, depth);
    if (first === '"') {
      const value = this.#string();
      return { type: "value", value, seenAt: start + 1, end: this.position };
    }
    const [word] = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(this.#text.slice(start, start + 400)) ?? [];
    if (word === undefined) throw new SyntaxError(`Unexpected text at ${start}`);
    this.position += word.length;
    return { type: "value", value: JSON.parse(word) as number | boolean | null, seenAt: this.position, end: this.position };
  }

  #object(start: number, depth: number): PlacedObject {
    const members: { name: string; value: PlacedJson }[] = [];
    this.position++;
    this.skipSpace();
    if (this.#takes("}")) return { type: "object", members, seenAt: start + 1, end: this.position };
    for (;;) {
      this.skipSpace();
      const name = this.#string();
      this.skipSpace();
      this.#expect(":");
      members.push({ name, value: this.value(depth + 1) });
      this.skipSpace();
      if (this.#takes("}")) return { type: "object", members, seenAt: start + 1, end: this.position };
      this.#expect(",");
    }
  }

  #array(start: number, depth: number): PlacedArray {
    const items: PlacedJson[] = [];
    this.position++;
    this.skipSpace();
    if (this.#takes("]")) return { type: "array", items, seenAt: start + 1, end: this.position };
    for (;;) {
      items.push(this.value(depth + 1));
      this.skipSpace();
      if (this.#takes("]")) return { type: "array", items, seenAt: start + 1, end: this.position };
      this.#expect(",");
    }
  }

  #string(): string {
    const start = this.position;
    this.#expect('"');
    for (;;) {
      const character = this.#text[this.position];
      if (character === undefined) throw new SyntaxError(`Text without end at ${start}`);
      this.position += character === "\\" ? 2 : 1;
      if (character === '"') return JSON.parse(this.#text.slice(start, this.position)) as string;
    }
  }

  #takes(character: string): boolean {
    if (this.#text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#takes(character)) throw new SyntaxError(`Expected ${character} at ${this.position}`);
  }
}
