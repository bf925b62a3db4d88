// The design as a picture: SVG as the model draws it, with the Studio's own fonts inside, and a PNG of that.
import { designSvg } from "../../model/export/designSvg.ts";
import type { PictureGround } from "../../model/export/pictureSvg.ts";
import type { PictureWords } from "../../model/export/pictureWords.ts";
import type { PictureHeading } from "../../model/export/headingSvg.ts";
import type { Box } from "../../model/design/curve.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { useProject } from "../app/stores/project.ts";
import { useTheme, type Theme } from "../app/theme/theme.ts";
import { svgOf } from "../app/ui/ResourceIcon.tsx";
import { useViewing } from "../canvas/views/viewing.ts";
import { positionsWith } from "../canvas/placement.ts";
import { fontsFor } from "./pictureFonts.ts";
import { perLanguage, t } from "../app/texts/texts.ts";
import { designInLanguage, layerInLanguage, subtitleOf } from "../app/texts/words.ts";

const scale = 2;
/** Larger ones, browsers refuse to draw. */
const maxPixels = 8_000;

export interface PictureOptions {
  readonly ground?: PictureGround;
  readonly theme?: Theme;
  readonly part?: Box;
  readonly heading?: PictureHeading;
}

export function designTitle(): string {
  return useProject.getState().project?.name ?? t("design");
}

const words = perLanguage((): PictureWords => ({
  subtitle: subtitleOf,
  moreRoutes: (count) => t("{{hiddenRoutes}} more routes", { hiddenRoutes: count }),
  notRun: (type) => t("not run · {{type}}", { type }),
  leftOut: t("left out by its condition"),
  redrive: t("redrive"),
}));

/** As it is looked at: its layer, and the request path that is followed. */
export async function designAsSvg({ theme = useTheme.getState().theme, ...options }: PictureOptions = {}): Promise<string> {
  const { design } = useDesign.getState();
  if (design.resources.length === 0) throw new Error(t("There is nothing on the canvas yet."));
  const { layer, view, path } = useViewing.getState();
  const picture = {
    design: designInLanguage(design),
    canvas: { ...useCanvasFile.getState().canvas, nodes: positionsWith({}) },
    title: designTitle(),
    theme,
    ...options,
    view: { ...layerInLanguage(view), isLayered: layer !== "flow", path: path?.found ?? null },
    words: words(),
    lookOf,
    icon: svgOf,
  };
  return designSvg({ ...picture, fonts: await fontsFor(designSvg(picture)) });
}

/** Twice the size of the canvas. */
export async function designAsPng(options: PictureOptions = {}): Promise<Blob> {
  return pngOfSvg(await designAsSvg(options));
}

export async function pngOfSvg(svg: string): Promise<Blob> {
  return pngOf(await drawn(svg, scale));
}

async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error(t("The image could not be made."));
  return blob;
}

async function drawn(svg: string, wanted: number): Promise<HTMLCanvasElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const factor = Math.min(wanted, maxPixels / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(image.width * factor);
    canvas.height = Math.ceil(image.height * factor);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error(t("This browser cannot draw images."));
    // twice over itself, half-transparent colours would be stronger
    const drawAnew = (): void => {
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
    };
    const places = placesOfWords(svg, factor);
    for (const until = performance.now() + maxFontMilliseconds; ;) {
      drawAnew();
      if (places.every((place) => hasInk(context, place)) || performance.now() > until) break;
      await new Promise(requestAnimationFrame);
    }
    // the letters that another font of the picture has may come a moment later than those
    if (svg.split("@font-face").length > 3) {
      for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
      drawAnew();
    }
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Browsers call a picture loaded before the fonts inside it are: words are missing from what is drawn then. */
const maxFontMilliseconds = 3_000;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Where a title and a route's method or a condition must be seen, of each font one, in pixels of the canvas. */
function placesOfWords(svg: string, factor: number): readonly Place[] {
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml");
  const [left = 0, top = 0] = (drawn.documentElement.getAttribute("viewBox") ?? "").split(" ").map(Number);
  return [".title", ".method", ".label.choice"].flatMap((selector): Place[] => {
    const word = drawn.querySelector(selector);
    if (word === null) return [];
    const [, x = 0, y = 0] = /translate\(([-\d.]+)[ ,]([-\d.]+)\)/.exec(word.closest("[transform]")?.getAttribute("transform") ?? "") ?? [];
    const at = (name: string, origin: number): number => Math.round((Number(word.getAttribute(name)) + origin) * factor);
    return [{ x: at("x", Number(x) - left), y: at("y", Number(y) - top), size: Math.round(wordPixels * factor) }];
  });
}

const wordPixels = 10;

/** Whether something is drawn on the plain ground there; `y` is the line that words stand on. */
function hasInk(context: CanvasRenderingContext2D, { x, y, size }: Place): boolean {
  const { data } = context.getImageData(x, y - size, size, size);
  return data.some((value, index) => Math.abs(value - (data[index % 4] ?? value)) > 24);
}
