import type { Canvas } from "../design/design.ts";
import { markup } from "./markup.ts";
import { noteLines, type NoteLine } from "./noteLines.ts";

const left = 14;
const right = 8;
/** Less on the canvas; a picture need not leave room to write on. */
const top = { least: 2, most: 8 };

/** A note as on the canvas: a rule at its left, one with a colour on its slip of paper; lines that have no room are left out. */
export function noteSvg({ x, y, width, height, text, colour }: Canvas["notes"][number]): string {
  const lines = noteLines(text, width - left - right);
  const words: string[] = [];
  const used = lines.reduce((sum, { gap, height: own }) => sum + gap + own, 0);
  let bottom = Math.min(top.most, Math.max(top.least, (height - used) / 2));
  for (const line of lines) {
    // the heading is there even on the lowest of notes
    if (words.length > 0 && bottom + line.gap + line.height > height) break;
    bottom += line.gap + line.height;
    words.push(lineSvg(line, x + left, y + bottom - line.height * 0.31));
  }
  const paper = (kind: string): string =>
    `<path class="${kind}" d="M${x} ${y}h${width - 6}a6 6 0 0 1 6 6v${height - 12}a6 6 0 0 1 -6 6H${x}Z"/>`;
  const slip = colour === undefined ? "" : paper("canvas") + paper("slip");
  const note = `${slip}<path class="rule" d="M${x + 1} ${y}v${height}"/>${words.join("")}`;
  return colour === undefined ? note : `<g class="hue-${colour}">${note}</g>`;
}

function lineSvg({ runs, kind, indent, marker }: NoteLine, x: number, bottom: number): string {
  const y = rounded(bottom);
  const before = marker === undefined ? "" : `<text class="note" text-anchor="end" x="${x + indent - 6}" y="${y}">${markup(marker)}</text>`;
  const words = runs
    .map(({ text, style }) => (style === "plain" ? markup(text) : `<tspan class="${style}">${markup(text)}</tspan>`))
    .join("");
  return `${before}<text class="note ${kind}" x="${x + indent}" y="${y}">${words}</text>`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
