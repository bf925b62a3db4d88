// Reads as much of a PDF as tests ask about: its objects, and its words as a reader's search finds them.
import { unzlibSync } from "fflate";

export interface ReadPdf {
  /** Of all pages in turn: what stands in one line of the drawing is one text. */
  readonly texts: readonly string[];
  /** What the pages draw, as operators. */
  readonly content: string;
  /** Dictionaries of all objects. */
  readonly objects: readonly string[];
  readonly title: string | undefined;
  /** Width and height of each, in points. */
  readonly pages: readonly (readonly [width: number, height: number])[];
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: string;
}

const latin = new TextDecoder("latin1");

export function readPdf(bytes: Uint8Array): ReadPdf {
  const objects = objectsOf(bytes);
  const all = [...objects.values()];
  const at = (reference: string | undefined): PdfObject => {
    const found = objects.get(Number(reference));
    if (found === undefined) throw new Error(`The PDF has no object ${reference}.`);
    return found;
  };
  const pages = all.filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  const letters = new Map<string, ReadonlyMap<string, string>>();
  for (const { dictionary } of all) {
    const fonts = /\/Font <<([^>]*)>>/.exec(dictionary)?.[1] ?? "";
    for (const [, name = "", reference] of fonts.matchAll(/\/(\w+) (\d+) 0 R/g))
      letters.set(name, lettersOf(at(/\/ToUnicode (\d+) 0 R/.exec(at(reference).dictionary)?.[1]).stream));
  }
  const content = pages.map(({ dictionary }) => at(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1]).stream).join("\n");
  const title = /\/Title (\d+) 0 R/.exec(all.find(({ dictionary }) => dictionary.includes("/CreationDate"))?.dictionary ?? "")?.[1];
  return {
    texts: [...content.matchAll(/\/(\w+) [\d.]+ Tf\s+([^]*?)\s*ET/g)].map(([, font = "", shown = ""]) => textOf(shown, letters.get(font))),
    content,
    objects: all.map(({ dictionary }) => dictionary),
    title: title === undefined ? undefined : literal(at(title).dictionary),
    pages: pages.map(({ dictionary }) => {
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(dictionary) ?? [];
      return [Number(width), Number(height)];
    }),
  };
}

function objectsOf(bytes: Uint8Array): ReadonlyMap<number, PdfObject> {
  const file = latin.decode(bytes);
  return new Map(
    [...file.matchAll(/^(\d+) 0 obj\n([^]*?)\nendobj$/gm)].map(({ 0: whole, 1: id, 2: body = "", index }) => {
      const streamAt = body.indexOf("\nstream\n");
      if (streamAt === -1) return [Number(id), { dictionary: body, stream: "" }];
      const dictionary = body.slice(0, streamAt);
      const from = index + whole.indexOf("stream\n") + "stream\n".length;
      const stream = bytes.subarray(from, from + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
      return [Number(id), { dictionary, stream: latin.decode(dictionary.includes("/FlateDecode") ? unzlibSync(stream) : stream) }];
    }),
  );
}

/** What each of a font's letters stands for. */
function lettersOf(map: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  for (const [, first = "", , list = ""] of map.matchAll(/<([\da-f]+)> <([\da-f]+)> \[([^\]]*)\]/g))
    [...list.matchAll(/<([^>]*)>/g)].forEach(([, units = ""], index) =>
      letters.set((Number.parseInt(first, 16) + index).toString(16).padStart(first.length, "0"), utf16(units)),
    );
  for (const [, list = ""] of map.matchAll(/beginbfchar\n([^]*?)\nendbfchar/g))
    for (const [, code = "", units = ""] of list.matchAll(/<([\da-f]+)> <([\da-f]+)>/g)) letters.set(code, utf16(units));
  return letters;
}

function textOf(shown: string, letters: ReadonlyMap<string, string> | undefined): string {
  const digits = letters?.keys().next().value?.length ?? 4;
  return [...shown.matchAll(/<([\da-f]+)>/g)]
    .flatMap(([, codes = ""]) => codes.match(new RegExp(`.{${digits}}`, "g")) ?? [])
    .map((code) => letters?.get(code) ?? "\uFFFD")
    .join("");
}

function utf16(hexadecimal: string): string {
  return (hexadecimal.match(/[\da-f]{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join("");
}

function literal(text: string): string {
  const inner = text.slice(1, -1).replaceAll(/\\(.)/g, "$1");
  if (!inner.startsWith("þÿ")) return inner;
  return (inner.slice(2).match(/[^]{2}/g) ?? []).map((unit) => String.fromCharCode(unit.charCodeAt(0) * 256 + unit.charCodeAt(1))).join("");
}
