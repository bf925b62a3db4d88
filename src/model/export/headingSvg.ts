import type { Box } from "../design/curve.ts";
import { markup } from "./markup.ts";
import { textWidth } from "./textWidth.ts";

/** What stands above a picture that is printed. */
export interface PictureHeading {
  readonly title: string;
  readonly detail: string;
}

const room = 62;
const size = 20;

/** The picture with room for it. */
export function withHeading({ x, y, width, height }: Box, heading: PictureHeading | undefined, margin: number): Box {
  if (heading === undefined) return { x, y, width, height };
  const least = Math.ceil(Math.max(textWidth(heading.title, size), textWidth(heading.detail, 12)) * 1.08) + 2 * margin;
  return { x, y: y - room, width: Math.max(width, least), height: height + room };
}

/** Over what reaches up there from the part of a design that stands below. */
export function headingSvg({ title, detail }: PictureHeading, { x, y, width }: Box, margin: number): string {
  const ground = `<rect class="canvas" x="${x}" y="${y}" width="${width}" height="${room + margin / 2}"/>`;
  const words = `<text class="page-title" x="${x + margin}" y="${y + margin + 14}">${markup(title)}</text>`;
  return `${ground}${words}<text class="page-detail" x="${x + margin}" y="${y + margin + 35}">${markup(detail)}</text>`;
}
