// The design on paper: loaded when it is asked for, with the library and the fonts that a PDF takes.
import codeStrong from "@expo-google-fonts/jetbrains-mono/600SemiBold/JetBrainsMono_600SemiBold.ttf?url";
import codeNormal from "@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf?url";
import wordsMedium from "@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf?url";
import wordsNormal from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url";
import wordsStrong from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url";
import type { Box } from "../../model/design/curve.ts";
import type { PictureHeading } from "../../model/export/headingSvg.ts";
import { locale } from "../app/format.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { layerTitles, useViewing } from "../canvas/views/viewing.ts";
import { t } from "../app/texts/texts.ts";
import { drawingOf } from "./drawing.ts";
import { pdfOf, type Face, type PdfPage } from "./pdf.ts";
import { designAsSvg, designTitle } from "./picture.ts";
import type { PictureOfWords } from "./pictureFont.ts";

const files: readonly (Omit<Face, "font"> & { readonly url: string })[] = [
  { family: "words", weight: 400, url: wordsNormal },
  { family: "words", weight: 500, url: wordsMedium },
  { family: "words", weight: 600, url: wordsStrong },
  { family: "code", weight: 400, url: codeNormal },
  { family: "code", weight: 600, url: codeStrong },
];

/** Dark on white, as paper is, whatever the Studio's theme. */
export async function designAsPdf(): Promise<Blob> {
  return pdfOfPages(designTitle(), await pagesOfDesign());
}

export async function pdfOfPages(title: string, pages: readonly PdfPage[]): Promise<Blob> {
  const faces = await Promise.all(
    files.map(async ({ url, ...face }): Promise<Face> => {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(t("{{url}} could not be read.", { url }));
      return { ...face, font: new Uint8Array(await answer.arrayBuffer()) };
    }),
  );
  const bytes = await pdfOf({ title, pages, faces, madeAt: new Date(), pictureOf });
  return new Blob([new Uint8Array(bytes)], { type: "application/pdf" });
}

/** The whole design, then each of its frames. */
async function pagesOfDesign(): Promise<PdfPage[]> {
  const title = designTitle();
  const { frames = [] } = useCanvasFile.getState().canvas;
  const page = async (heading: PictureHeading, part?: Box): Promise<PdfPage> => {
    const svg = await designAsSvg({ theme: "light", ground: "paper", heading, ...(part === undefined ? {} : { part }) });
    return { title: heading.title, drawing: drawingOf(svg) };
  };
  return [
    await page({ title, detail: detailOfDesign() }),
    ...(await Promise.all(
      frames.map((frame, index) =>
        page({ title: frame.name, detail: `${title} · ${t("{{index}} of {{count}}", { index: index + 1, count: frames.length })}` }, frame),
      ),
    )),
  ];
}

/** `9 resources · 12 connections · 21 Nov 2026`, and which question it answers. */
function detailOfDesign(): string {
  const { resources, connections } = useDesign.getState().design;
  const { layer, path } = useViewing.getState();
  return [
    ...(path === null ? [] : [path.title]),
    ...(layer === "flow" ? [] : [layerTitles()[layer].join(": ")]),
    t("{{count}} resources", { count: resources.length }),
    t("{{count}} connections", { count: connections.length }),
    new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(new Date()),
  ].join(" · ");
}

/** Pixels of the picture to one of the canvas: sharp where the page fills a large screen. */
const sharpness = 8;

/** With the fonts of the system, as browsers show what the Studio's own lack. */
const pictureOf: PictureOfWords = (text, { family, weight, size, fill }) => {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error(t("This browser cannot draw images."));
  const font = `${weight} ${size * sharpness}px ${family === "code" ? "monospace" : "sans-serif"}`;
  context.font = font;
  const measured = context.measureText(text);
  const [left, top] = [Math.floor(-measured.actualBoundingBoxLeft), Math.floor(-measured.actualBoundingBoxAscent)];
  canvas.width = Math.max(1, Math.ceil(measured.actualBoundingBoxRight) - left);
  canvas.height = Math.max(1, Math.ceil(measured.actualBoundingBoxDescent) - top);
  // a new size takes all settings away
  context.font = font;
  context.fillStyle = fill.colour;
  context.fillText(text, -left, -top);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width: measured.width / sharpness, left: left / sharpness, top: top / sharpness, pixelSize: 1 / sharpness, pixels };
};
