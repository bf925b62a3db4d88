// The design as a picture: SVG as the model draws it, with the Studio's own fonts inside, and a PNG of that.
import codeFont from "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url";
import wordsFont from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import { designSvg } from "../../model/export/designSvg.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { useProject } from "../app/stores/project.ts";
import { useTheme } from "../app/theme/theme.ts";
import { svgOf } from "../app/ui/ResourceIcon.tsx";
import { positionsWith } from "../canvas/placement.ts";

const scale = 2;
/** Larger ones, browsers refuse to draw. */
const maxPixels = 8_000;

export async function designAsSvg(): Promise<string> {
  const { design } = useDesign.getState();
  if (design.resources.length === 0) throw new Error("There is nothing on the canvas yet.");
  const [words, code] = await Promise.all([dataAddress(wordsFont), dataAddress(codeFont)]);
  return designSvg({
    design,
    canvas: { ...useCanvasFile.getState().canvas, nodes: positionsWith({}) },
    title: useProject.getState().project?.name ?? "design",
    theme: useTheme.getState().theme,
    lookOf,
    icon: svgOf,
    fonts: { words, code },
  });
}

export async function designAsPng(): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([await designAsSvg()], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const factor = Math.min(scale, maxPixels / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(image.width * factor);
    canvas.height = Math.ceil(image.height * factor);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("This browser cannot draw images.");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("The image could not be made.");
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A picture that is opened elsewhere cannot ask the Studio for its fonts. */
async function dataAddress(url: string): Promise<string> {
  const blob = await (await fetch(url)).blob();
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(`${url} could not be read.`));
    reader.readAsDataURL(blob);
  });
}
