// The design on paper: loaded when it is asked for, with the library and the fonts that a PDF takes.
import codeStrong from "@expo-google-fonts/jetbrains-mono/600SemiBold/JetBrainsMono_600SemiBold.ttf?url";
import codeNormal from "@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf?url";
import wordsMedium from "@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf?url";
import wordsNormal from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url";
import wordsStrong from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url";
import { t } from "../app/texts/texts.ts";
import { drawingOf } from "./drawing.ts";
import { pdfOf, type Face } from "./pdf.ts";
import { designAsSvg, designTitle } from "./picture.ts";
import type { PictureOfWords } from "./pictureFont.ts";

const files: readonly (Omit<Face, "font"> & { readonly url: string })[] = [
  { family: "words", weight: 400, url: wordsNormal },
  { family: "words", weight: 500, url: wordsMedium },
  { family: "words", weight: 600, url: wordsStrong },
  { family: "code", weight: 400, url: codeNormal },
  { family: "code", weight: 600, url: codeStrong },
];

/** Black on white, as paper is, whatever the Studio's theme. */
export async function designAsPdf(): Promise<Blob> {
  const faces = await Promise.all(
    files.map(async ({ url, ...face }): Promise<Face> => {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(t("{{url}} could not be read.", { url }));
      return { ...face, font: new Uint8Array(await answer.arrayBuffer()) };
    }),
  );
  const title = designTitle();
  const drawing = drawingOf(await designAsSvg({ theme: "light", ground: "paper" }));
  const bytes = await pdfOf({ title, pages: [{ title, drawing }], faces, madeAt: new Date(), pictureOf });
  return new Blob([new Uint8Array(bytes)], { type: "application/pdf" });
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
