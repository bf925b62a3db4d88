import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { Drawing, Outline, Span, Words } from "../../src/renderer/export/drawing.ts";
import { type Face, pdfOf } from "../../src/renderer/export/pdf.ts";
import type { WordsPicture } from "../../src/renderer/export/pictureFont.ts";
import { readPdf } from "../support/pdf.ts";

const face = async (family: Face["family"], weight: number, file: string): Promise<Face> => ({
  family,
  weight,
  font: new Uint8Array(await readFile(`node_modules/@expo-google-fonts/${file}.ttf`)),
});
const faces = [
  await face("words", 400, "inter/400Regular/Inter_400Regular"),
  await face("words", 600, "inter/600SemiBold/Inter_600SemiBold"),
  await face("code", 400, "jetbrains-mono/400Regular/JetBrainsMono_400Regular"),
];

const upright = [1, 0, 0, 1, 0, 0] as const;
const black = { colour: "#15171c", opacity: 1 };
const card: Outline = {
  type: "outline",
  path: "M10 0H190A10 10 0 0 1 200 10V60H0V10A10 10 0 0 1 10 0Z",
  matrix: [1, 0, 0, 1, 40, 40],
  fill: { colour: "#ffffff", opacity: 1 },
  stroke: { colour: "#d3d6dd", opacity: 0.5, width: 1, dashes: [4, 3], cap: "butt", join: "round" },
};
const span = (text: string, more: Partial<Span> = {}): Span => ({
  text,
  family: "words",
  weight: 420,
  size: 13,
  letterSpacing: 0,
  isUnderlined: false,
  fill: black,
  ...more,
});
const line = (spans: readonly Span[], x = 50, anchor: Words["anchor"] = "start"): Words => ({
  type: "words",
  spans,
  x,
  y: 63,
  anchor,
  matrix: upright,
});
const words = (text: string, more: Partial<Span> = {}): Words => line([span(text, more)]);
const pixel: WordsPicture = {
  width: 20,
  left: 0,
  top: -10,
  pixelSize: 20,
  pixels: { width: 1, height: 1, data: new Uint8ClampedArray(4) },
};

async function made(shapes: Drawing["shapes"], width = 400, height = 200) {
  const pictured: string[] = [];
  const bytes = await pdfOf({
    title: "Bücher (1)",
    pages: [{ title: "Bücher", drawing: { width, height, shapes } }],
    faces,
    madeAt: new Date(0),
    pictureOf: (text) => {
      pictured.push(text);
      return pixel;
    },
  });
  return { ...readPdf(bytes), pictured, length: bytes.length };
}

test("words stay words, in fonts that the file carries, and shapes stay shapes", async () => {
  const pdf = await made([
    card,
    words("OrderQueue", { weight: 600 }),
    words("Größenänderung → prüfen, Жёлтый"),
    words("/orders/{id}", { family: "code" }),
  ]);
  expect(pdf.texts).toEqual(["OrderQueue", "Größenänderung → prüfen, Жёлтый", "/orders/{id}"]);
  const embedded = pdf.objects.filter((object) => object.includes("/FontFile2")).map((object) => /\+(\S+)/.exec(object)?.[1]);
  expect(embedded).toEqual(["Inter-SemiBold", "Inter-Regular", "JetBrainsMono-Regular"]);
  // a curve for the round corner, a dashed line around it
  expect(pdf.content).toMatch(/ c\n/);
  expect(pdf.content).toContain("[4 3] 0 d");
  expect(pdf.objects.filter((object) => object.includes("/Subtype /Image"))).toEqual([]);
  // of the fonts, only the letters in use: whole, they are a megabyte
  expect(pdf.length).toBeLessThan(30_000);
  expect(pdf.title).toBe("Bücher (1)");
});

test("what no font has is drawn as a picture and is found all the same", async () => {
  const pdf = await made([words("注文の流れ and ✅ done"), words("done ✅ "), words("✅ done")]);
  expect(pdf.texts).toEqual(["注文の流れ ", "and ", "✅ ", "done", "done ", "✅ ", "✅ ", "done"]);
  // the same words are the same picture
  expect(pdf.pictured).toEqual(["注文の流れ ", "✅ "]);
});

test("what one of our fonts lacks is taken from the other", async () => {
  const pdf = await made([words("ok ✓", { family: "code" })]);
  expect(pdf.texts.join("")).toBe("ok ✓");
  expect(pdf.pictured).toEqual([]);
});

test("a word in the middle or at the end of its place begins where its width asks for", async () => {
  const startOf = ({ content }: { readonly content: string }) => Number(/1 0 0 1 ([\d.]+) [\d.]+ Tm/.exec(content)?.[1]);
  const [start, middle, end] = [
    startOf(await made([line([span("OrderQueue")], 200, "start")])),
    startOf(await made([line([span("OrderQueue")], 200, "middle")])),
    startOf(await made([line([span("OrderQueue")], 200, "end")])),
  ];
  expect(start).toBe(200);
  expect(start - end).toBeGreaterThan(60);
  expect(start - middle).toBeCloseTo((start - end) / 2, 3);
});

test("words of several looks stand one after the other", async () => {
  const { texts, content } = await made([
    line([span("Is "), span("stored", { weight: 600 }), span(" in "), span("Orders", { family: "code" })]),
  ]);
  expect(texts.join("")).toBe("Is stored in Orders");
  const starts = [...content.matchAll(/1 0 0 1 ([\d.]+) [\d.]+ Tm/g)].map(([, x]) => Number(x));
  expect(starts).toEqual(starts.toSorted((one, other) => one - other));
  expect(new Set(starts).size).toBe(4);
});

test("a page has the size of its drawing, and that of A3 at most", async () => {
  expect((await made([card])).pages).toEqual([[300, 150]]);
  const [wide] = (await made([card], 8_000, 1_000)).pages;
  expect(wide?.[0]).toBeCloseTo(1190.55, 2);
  const [square] = (await made([card], 8_000, 8_000)).pages;
  expect(square?.[0]).toBeCloseTo(841.89, 2);
});
