// What the model and the servers say to a person: an English sentence, kept apart from the values in it, so that the Studio
// can say it in another language. The sentence is the key of the Studio's catalogues, as it is for the Studio's own texts.

export interface Words {
  /** `The key of {{table}} needs exactly one HASH attribute.` */
  readonly text: string;
  /** Names and numbers of the project; words within words are translated too. */
  readonly values?: Readonly<Record<string, WordsValue>>;
  /** Then the text is what stands between these. */
  readonly row?: readonly WordsValue[];
  /** A title, in the midst of a sentence: `queue` for `Queue`. */
  readonly isWithin?: true;
}

export type WordsValue = string | number | Words;

/** Nothing is put together here: most of what is said is never shown. */
export function words(text: string, values?: Readonly<Record<string, WordsValue>>): Words {
  return values === undefined ? { text } : { text, values };
}

/** What is the same in every language: AWS's own words, a file's own faults. */
export function verbatim(text: string): Words {
  return { text: "{{text}}", values: { text } };
}

/** Several in a row, such as `Node.js 24 · 128 MB`; what separates them is the same in every language. */
export function inRow(parts: readonly WordsValue[], separator: string): Words {
  return { text: separator, row: parts };
}

/** `one or other`, whatever they are. */
export function either(parts: readonly WordsValue[]): WordsValue {
  return parts.length === 0 ? "" : parts.reduce((one, other) => words("{{one}} or {{other}}", { one, other }));
}

export function english(said: WordsValue): string {
  if (typeof said !== "object") return String(said);
  if (said.row !== undefined) return said.row.map(english).join(said.text);
  return said.isWithin === true ? within(said.text) : fill(said.text, said.values, english);
}

/** A title in the midst of an English sentence. Names like `API` and `WebSocket` keep their capitals. */
export function within(title: string): string {
  return /^\p{Lu}{2}|^\p{Lu}\p{Ll}*\p{Lu}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** Puts the values where their names stand; what has no value stays as it is, such as `{{resolve:ssm:name}}`. */
export function fill(text: string, values: Words["values"], say: (value: WordsValue) => string): string {
  if (values === undefined) return text;
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : say(value);
  });
}

/** For a problem: the English sentence, which is what tools and tests read, with what the Studio translates. */
export function said(what: Words): { readonly message: string; readonly words: Words } {
  return { message: english(what), words: what };
}

/** An error with words for a person. */
export class WordsError extends Error {
  readonly words: Words;
  constructor(what: Words, options?: ErrorOptions) {
    super(english(what), options);
    this.words = what;
  }
}

/** The words of an error where it has some; else what it says. */
export function wordsOf(error: unknown): Words {
  if (error instanceof WordsError) return error.words;
  return verbatim(error instanceof Error ? error.message : String(error));
}
