// A PDF of drawings, a page each: shapes stay shapes, words stay words, set in the Studio's own fonts, of which the file
// carries the letters in use. Loaded when the first one is made.
import { create } from "fontkit";
import PDFDocument from "pdfkit";
import { toBytes } from "pdfkit/output";
import type { Drawing, Outline, Span, Words } from "./drawing.ts";
import { pictureFont, type PictureFont, type PictureOfWords } from "./pictureFont.ts";

export interface Face {
  readonly family: Span["family"];
  readonly weight: number;
  /** TrueType, of one weight: a PDF cannot hold a font that has all of them. */
  readonly font: Uint8Array;
}

export interface PdfPage {
  /** For the list of pages beside them. */
  readonly title: string;
  readonly drawing: Drawing;
}

export interface PdfInput {
  readonly title: string;
  readonly pages: readonly PdfPage[];
  readonly faces: readonly Face[];
  readonly madeAt: Date;
  /** Of words in scripts that the fonts lack. */
  readonly pictureOf: PictureOfWords;
}

/** A pixel of CSS is 1/96 inch, a point 1/72. */
const pointsPerPixel = 0.75;
/** In points: what a large printer takes. */
const a3 = { long: 1190.55, short: 841.89 };

/** In milliseconds: the Studio answers in between. */
const longestHold = 40;

/** As large as on the screen, and larger than A3 never. */
export async function pdfOf({ title, pages, faces, madeAt, pictureOf }: PdfInput): Promise<Uint8Array> {
  const document = new PDFDocument({
    pdfVersion: "1.7",
    autoFirstPage: false,
    margin: 0,
    // none of those that PDF readers bring
    font: "",
    displayTitle: true,
    info: { Title: title, Creator: "Contrail", CreationDate: madeAt },
  });
  const bytes = toBytes(document);
  const setter: Setter = {
    document,
    faces: faces.map((face) => ({ ...face, name: `${face.family} ${face.weight}`, known: create(face.font) })),
    pictures: pictureFont(document, pictureOf),
  };
  for (const { name, font } of setter.faces) document.registerFont(name, font);
  let heldSince = performance.now();
  for (const { title: name, drawing } of pages) {
    const { width, height, shapes } = drawing;
    const scale = Math.min(pointsPerPixel, a3.long / Math.max(width, height), a3.short / Math.min(width, height));
    document.addPage({ size: [width * scale, height * scale], margin: 0 });
    if (pages.length > 1) document.outline.addItem(name);
    document.scale(scale);
    for (const shape of shapes) {
      if (performance.now() - heldSince > longestHold) {
        await new Promise((resolve) => setTimeout(resolve));
        heldSince = performance.now();
      }
      if (shape.type === "words") setWords(setter, shape);
      else drawOutline(document, shape);
    }
  }
  setter.pictures.end();
  document.end();
  return await bytes;
}

interface Setter {
  readonly document: PDFKit.PDFDocument;
  readonly faces: readonly (Face & { readonly name: string; readonly known: { hasGlyphForCodePoint(codePoint: number): boolean } })[];
  readonly pictures: PictureFont;
}

function drawOutline(document: PDFKit.PDFDocument, { path, matrix, fill, stroke }: Outline): void {
  document
    .save()
    .transform(...matrix)
    .path(path);
  if (fill !== null) document.fillColor(fill.colour, fill.opacity);
  if (stroke !== null) {
    document.lineWidth(stroke.width).lineCap(stroke.cap).lineJoin(stroke.join).strokeColor(stroke.colour, stroke.opacity);
    if (stroke.dashes.length > 0) document.dash(stroke.dashes[0] ?? 0, { space: stroke.dashes[1] ?? stroke.dashes[0] ?? 0 });
  }
  if (fill !== null && stroke !== null) document.fillAndStroke();
  else if (fill !== null) document.fill();
  else document.stroke();
  document.restore();
}

/** What its font lacks is taken from another face of ours, and what all of them lack is a picture. */
function setWords(setter: Setter, words: Words): void {
  const { document } = setter;
  const runs = words.spans.flatMap((span) => runsOf(setter, span));
  const width = runs.reduce((sum, run) => sum + run.width, 0);
  let x = words.x - (words.anchor === "middle" ? width / 2 : words.anchor === "end" ? width : 0);
  document.save().transform(...words.matrix);
  for (const run of runs) {
    setRun(setter, run, x, words.y);
    x += run.width;
  }
  document.restore();
}

/** Words that one face has. */
interface Run extends Span {
  /** null: none of them. */
  readonly face: string | null;
  readonly width: number;
}

function setRun({ document, pictures }: Setter, run: Run, x: number, y: number): void {
  const { colour, opacity } = run.fill;
  document.fillColor(colour, opacity);
  if (run.face === null) pictures.draw(run.text, run, x, y);
  else document.font(run.face, run.size).text(run.text, x, y, optionsOf(run));
  if (run.isUnderlined) document.rect(x, y + run.size * 0.12, run.width, run.size * 0.06).fill();
}

/** The longest pieces of one face each. */
function runsOf({ document, faces, pictures }: Setter, span: Span): Run[] {
  const distance = (face: Face): number => (face.family === span.family ? 0 : 1_000) + Math.abs(face.weight - span.weight);
  const nearest = faces.toSorted((one, other) => distance(one) - distance(other));
  const pieces: { text: string; face: string | null }[] = [];
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(span.text)) {
    const points = Array.from(segment, (letter) => letter.codePointAt(0) ?? 0);
    const face = nearest.find(({ known }) => points.every((point) => known.hasGlyphForCodePoint(point)))?.name ?? null;
    const last = pieces.at(-1);
    // a space between words of a script is one of its own: right-to-left ones stay whole
    if (last !== undefined && (last.face === face || (last.face === null && segment === " "))) last.text += segment;
    else pieces.push({ text: segment, face });
  }
  return pieces.map(({ text, face }) => {
    if (face === null) return { ...span, text, face, width: pictures.widthOf(text, span) };
    document.font(face, span.size);
    return { ...span, text, face, width: document.widthOfString(text, optionsOf(span)) + span.letterSpacing };
  });
}

function optionsOf({ letterSpacing }: Span) {
  return { lineBreak: false, baseline: "alphabetic", characterSpacing: letterSpacing } as const;
}
