// Words that no embedded font has (Chinese, Arabic, emoji, …), as letters of a PDF font whose letters are pictures (Type 3,
// ISO 32000-1, 9.6.5): they look as they do on the screen, and can be selected, searched and copied like all others.
import type { Span } from "./drawing.ts";

/** Lengths in pixels of the picture that they stand in. */
export interface WordsPicture {
  /** How far the next word stands. */
  readonly width: number;
  /** Of the pixels, from where the words begin on their line; down is positive. */
  readonly left: number;
  readonly top: number;
  readonly pixelSize: number;
  /** Red, green, blue, alpha of each pixel, line by line. */
  readonly pixels: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };
}

export type PictureOfWords = (text: string, look: Pick<Span, "family" | "weight" | "size" | "fill">) => WordsPicture;

export interface PictureFont {
  widthOf(text: string, look: Span): number;
  draw(text: string, look: Span, x: number, y: number): void;
  /** Writes the fonts; nothing can be drawn after. */
  end(): void;
}

interface Letter {
  readonly font: LetterFont;
  /** From 1; 0 is what some readers take for the end. */
  readonly code: number;
  readonly picture: WordsPicture;
}

interface LetterFont {
  readonly id: string;
  readonly reference: PDFKit.PDFKitReference;
  readonly letters: { readonly text: string; readonly width: number; readonly procedure: PDFKit.PDFKitReference; readonly image: object }[];
}

/** A letter is a byte. */
const maxLetters = 255;
/** Of a letter's own measure in one size of the font. */
const unitsPerSize = 1_000;

export function pictureFont(document: PDFKit.PDFDocument, pictureOf: PictureOfWords): PictureFont {
  const fonts: LetterFont[] = [];
  const known = new Map<string, Letter>();

  const letterOf = (text: string, look: Span): Letter => {
    const key = JSON.stringify([text, look.family, look.weight, look.size, look.fill.colour]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const picture = pictureOf(text, look);
    let font = fonts.at(-1);
    if (font === undefined || font.letters.length === maxLetters) {
      font = { id: `Pictures${fonts.length + 1}`, reference: document.ref({}), letters: [] };
      fonts.push(font);
    }
    const code = font.letters.length + 1;
    const units = unitsPerSize / look.size;
    const { left, top, width, pixelSize, pixels } = picture;
    const [across, down] = [pixels.width * pixelSize * units, pixels.height * pixelSize * units];
    const procedure = document.ref({});
    procedure.end(
      `${decimal(width * units)} 0 d0 q ${decimal(across)} 0 0 ${decimal(down)} ${decimal(left * units)} ${decimal(-top * units - down)} cm /Letter${code} Do Q`,
    );
    font.letters.push({ text, width: width * units, procedure, image: imageOf(document, pixels) });
    const letter = { font, code, picture };
    known.set(key, letter);
    return letter;
  };

  return {
    widthOf: (text, look) => letterOf(text, look).picture.width,
    draw: (text, look, x, y) => {
      const { font, code } = letterOf(text, look);
      document.page.fonts[font.id] = font.reference;
      // letters stand upright where y grows upwards
      document.save().transform(1, 0, 0, -1, x, y);
      document.addContent(`BT /${font.id} ${decimal(look.size)} Tf <${hexadecimal(code, 2)}> Tj ET`);
      document.restore();
    },
    end: () => fonts.forEach((font) => endFont(document, font)),
  };
}

function endFont(document: PDFKit.PDFDocument, { reference, letters }: LetterFont): void {
  const names = letters.map((_, index) => `Letter${index + 1}`);
  const toUnicode = document.ref({});
  toUnicode.end(unicodeOf(letters.map(({ text }) => text)));
  Object.assign(reference.data, {
    Type: "Font",
    Subtype: "Type3",
    // all zero: readers look at the letters themselves
    FontBBox: [0, 0, 0, 0],
    FontMatrix: [1 / unitsPerSize, 0, 0, 1 / unitsPerSize, 0, 0],
    FirstChar: 1,
    LastChar: letters.length,
    Widths: letters.map(({ width }) => width),
    Encoding: { Type: "Encoding", Differences: [1, ...names] },
    CharProcs: Object.fromEntries(letters.map(({ procedure }, index) => [names[index], procedure])),
    Resources: { XObject: Object.fromEntries(letters.map(({ image }, index) => [names[index], image])) },
    ToUnicode: toUnicode,
  });
  reference.end(undefined);
}

/** Its colours, and how much of each pixel they cover. */
function imageOf(document: PDFKit.PDFDocument, { width, height, data }: WordsPicture["pixels"]): PDFKit.PDFKitReference {
  const colours = new Uint8Array(width * height * 3);
  const cover = new Uint8Array(width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    colours.set(data.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
    cover[pixel] = data[pixel * 4 + 3] ?? 0;
  }
  const image = { Type: "XObject", Subtype: "Image", Width: width, Height: height, BitsPerComponent: 8 };
  const mask = document.ref({ ...image, ColorSpace: "DeviceGray" });
  mask.end(cover);
  const picture = document.ref({ ...image, ColorSpace: "DeviceRGB", SMask: mask });
  picture.end(colours);
  return picture;
}

function unicodeOf(texts: readonly string[]): string {
  const lines = texts.map((text, index) => `<${hexadecimal(index + 1, 2)}> <${utf16(text)}>`);
  // at most 100 in a list
  const lists = Array.from({ length: Math.ceil(lines.length / 100) }, (_, index) => lines.slice(index * 100, (index + 1) * 100));
  return [
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
    "/CMapName /Contrail def /CMapType 2 def",
    "1 begincodespacerange <00> <ff> endcodespacerange",
    ...lists.map((list) => `${list.length} beginbfchar\n${list.join("\n")}\nendbfchar`),
    "endcmap CMapName currentdict /CMap defineresource pop end end",
  ].join("\n");
}

function utf16(text: string): string {
  return Array.from({ length: text.length }, (_, index) => hexadecimal(text.charCodeAt(index), 4)).join("");
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function decimal(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}
