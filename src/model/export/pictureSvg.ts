// The sheet that a picture is drawn on: its size, its style, its ground, and the heading of one that is printed.
import type { Box } from "../design/curve.ts";
import { headingSvg, type PictureHeading, withHeading } from "./headingSvg.ts";
import { markup } from "./markup.ts";
import { pictureStyle, type PictureFont, type PictureTheme } from "./pictureStyle.ts";

/** none: for slides and pages of any colour; paper: nothing either, for a page that is white. */
export type PictureGround = "canvas" | "paper" | "none";

export interface PictureSheet {
  /** Said to those who cannot see it: `orders`. */
  readonly title: string;
  readonly theme: PictureTheme;
  readonly fonts?: readonly PictureFont[];
  readonly ground?: PictureGround;
  readonly heading?: PictureHeading;
}

/** Around what is drawn. */
export const margin = 40;

const grounds: Readonly<Record<PictureGround, string>> = { canvas: "", paper: ".canvas{fill:#fff}", none: ".canvas{fill:none}" };

/** `spoken`: what is in it; `style`: of what only this picture has; `content`: in the area's coordinates, which has its margins. */
export function pictureSvg(
  { title, theme, fonts, ground = "canvas", heading }: PictureSheet,
  {
    area,
    spoken,
    style = "",
    content,
  }: { readonly area: Box; readonly spoken: string; readonly style?: string; readonly content: readonly string[] },
): string {
  const sheet = withHeading(area, heading, margin);
  const { x, y, width, height } = sheet;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" role="img" aria-label="${markup(spoken)}">`,
    `<title>${markup(title)}</title>`,
    `<style>${pictureStyle(theme, fonts)}${style}${grounds[ground]}</style>`,
    ...(ground === "canvas" ? dots(sheet) : []),
    ...content,
    ...(heading === undefined ? [] : [headingSvg(heading, sheet, margin)]),
    "</svg>",
    "",
  ].join("\n");
}

function dots({ x, y, width, height }: Box): string[] {
  return [
    '<defs><pattern id="dots" width="20" height="20" patternUnits="userSpaceOnUse"><circle class="dot" cx="10" cy="10" r="1"/></pattern></defs>',
    `<rect class="canvas" x="${x}" y="${y}" width="${width}" height="${height}"/>`,
    `<rect fill="url(#dots)" x="${x}" y="${y}" width="${width}" height="${height}"/>`,
  ];
}

/** In whole pixels. */
export function withMargin(content: Box, wide: number): Box {
  const [left, top] = [Math.floor(content.x) - wide, Math.floor(content.y) - wide];
  const [right, bottom] = [Math.ceil(content.x + content.width) + wide, Math.ceil(content.y + content.height) + wide];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Words on a line, with the patch of ground that they stand on. */
export interface LineLabel extends Box {
  readonly text: string;
  /** Classes of its words. */
  readonly look: string;
}

export function labelSvg({ text, look, x, y, width, height }: LineLabel): string {
  const [middle, bottom] = [Math.round((x + width / 2) * 10) / 10, Math.round((y + 11.6) * 10) / 10];
  return `<rect class="canvas" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text class="label ${look}" x="${middle}" y="${bottom}">${markup(text)}</text>`;
}

/** Without a ground to lay beneath the words, lines end before them: what `linesSvg` of such a picture refers to. */
export function holesSvg(labels: readonly LineLabel[], ground: PictureGround, { x, y, width, height }: Box): string[] {
  if (ground !== "none") return [];
  const holes = labels.map((label) => `<rect x="${label.x}" y="${label.y}" width="${label.width}" height="${label.height}" rx="8"/>`);
  return [
    `<mask id="labels" maskUnits="userSpaceOnUse" x="${x}" y="${y}" width="${width}" height="${height}">`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#fff"/>${holes.join("")}</mask>`,
  ];
}

export function linesSvg(lines: readonly string[], ground: PictureGround): string[] {
  return ground === "none" ? ['<g mask="url(#labels)">', ...lines, "</g>"] : [...lines];
}
