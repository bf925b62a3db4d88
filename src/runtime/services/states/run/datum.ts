import { readValue, writeValue, type Value } from "../../../../model/asl/value.ts";

/** A value with its JSON text, each made from the other only when it is asked for. */
export class Datum {
  #value: Value | undefined;
  #text: string | undefined;

  private constructor(value: Value | undefined, text: string | undefined) {
    this.#value = value;
    this.#text = text;
  }

  static of(value: Value): Datum {
    return new Datum(value, undefined);
  }

  /** The text stays as it is, white space and all. */
  static read(text: string): Datum {
    return new Datum(undefined, text);
  }

  /** Several as one array, their texts as they are. */
  static join(items: readonly Datum[]): Datum {
    return new Datum(
      items.map(({ value }) => value),
      `[${items.map(({ text }) => text).join(",")}]`,
    );
  }

  get value(): Value {
    return (this.#value ??= readValue(this.#text ?? "null"));
  }

  get text(): string {
    return (this.#text ??= writeValue(this.#value ?? null));
  }
}
