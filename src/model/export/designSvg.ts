// The design as an SVG picture that needs nothing beside it: cards, lines and notes where they stand on the canvas.
import type { Canvas, CanvasGroup, Connection, Design, DesignResource } from "../design/design.ts";
import { hiddenMembers, shownDesign, type ShownDesign } from "../design/grouping.ts";
import { type Box, type Curve, type Line, type Point, pointOn, svgPath } from "../design/curve.ts";
import { boundsOf, boxOf, curvesOf, type Positions } from "../design/geometry.ts";
import type { ResourceKind } from "../design/kinds.ts";
import { labelPlaces } from "../design/labelPlaces.ts";
import { layoutDesign } from "../design/layout.ts";
import { cardSvg } from "./cardSvg.ts";
import { markup } from "./markup.ts";
import { plainWords } from "./plainWords.ts";
import { pictureStyle, type PictureFonts, type PictureTheme } from "./pictureStyle.ts";
import { textWidth, wrapped } from "./textWidth.ts";

/** none: for slides and pages of any colour; paper: nothing either, for a page that is white. */
export type PictureGround = "canvas" | "paper" | "none";

export interface PictureInput {
  readonly design: Pick<Design, "resources" | "connections">;
  /** Cards without a position are laid out. */
  readonly canvas: Canvas;
  /** Said to those who cannot see it: `orders`. */
  readonly title: string;
  readonly theme: PictureTheme;
  lookOf(type: string): ResourceKind;
  /** Markup of an icon, by file name. */
  icon(name: string): string;
  readonly fonts?: PictureFonts;
  readonly ground?: PictureGround;
}

const margin = 40;

export function designSvg(input: PictureInput): string {
  const { design: whole, canvas, title, lookOf, ground = "canvas" } = input;
  const design = shownDesign(whole, canvas, { ...canvas.nodes, ...layoutDesign(whole, canvas.nodes) });
  const { positions } = design;
  const curves = curvesOf(design, positions);
  const boxes = design.resources.map((resource) => boxOf(resource, positions));
  const labels = labelPlaces(design.connections, curves, boxes, { bundles: design.bundles });
  const hidden = hiddenMembers(canvas);
  const notes = canvas.notes.filter(({ id }) => !hidden.has(id));
  const names = new Map((canvas.groups ?? []).map(({ id, name }) => [id, name]));
  const named = (resource: DesignResource): DesignResource => ({ ...resource, id: names.get(resource.id) ?? resource.id });
  const { x, y, width, height } = pictureBounds(design, positions, notes);
  const cards = design.resources.map((resource) => cardSvg(named(resource), boxOf(resource, positions), lookOf(resource.type), input.icon));
  const words = `${title}: ${whole.resources.length} resources, ${whole.connections.length} connections`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" role="img" aria-label="${markup(words)}">`,
    `<title>${markup(title)}</title>`,
    `<style>${pictureStyle(input.theme, input.fonts)}${ground === "paper" ? ".canvas{fill:#fff}" : ""}</style>`,
    ...(ground === "canvas" ? dots(x, y, width, height) : []),
    ...design.groups.map(({ group, box }) => groupSvg(group, box)),
    ...notes.map(noteSvg),
    ...design.connections.map((connection) => lineSvg(connection, curves.get(connection.id))),
    ...cards,
    ...design.connections.map((connection) => endsSvg(connection, curves.get(connection.id), labels.get(connection.id))),
    "</svg>",
    "",
  ].join("\n");
}

function dots(x: number, y: number, width: number, height: number): string[] {
  return [
    '<defs><pattern id="dots" width="20" height="20" patternUnits="userSpaceOnUse"><circle class="dot" cx="10" cy="10" r="1"/></pattern></defs>',
    `<rect class="canvas" x="${x}" y="${y}" width="${width}" height="${height}"/>`,
    `<rect fill="url(#dots)" x="${x}" y="${y}" width="${width}" height="${height}"/>`,
  ];
}

function groupSvg({ name, colour }: CanvasGroup, { x, y, width, height }: Box): string {
  return `<g class="hue-${colour}"><rect class="group" x="${x}" y="${y}" width="${width}" height="${height}" rx="12"/><text class="group-name" x="${x + 14}" y="${y + 20}">${markup(name)}</text></g>`;
}

function pictureBounds({ resources, groups }: ShownDesign, positions: Positions, notes: Canvas["notes"]): Box {
  const boxes: Box[] = [...resources.map((resource) => boxOf(resource, positions)), ...groups.map(({ box }) => box), ...notes];
  const bounds = boundsOf(boxes) ?? { x: 0, y: 0, width: 320, height: 160 };
  return { x: bounds.x - margin, y: bounds.y - margin, width: bounds.width + 2 * margin, height: bounds.height + 2 * margin };
}

function lineSvg({ kind }: Connection, curve: Curve | undefined): string {
  return curve === undefined ? "" : `<path class="line ${kind}" d="${svgPath(rounded(curve))}"/>`;
}

/** Ports at both ends, and what the line carries. */
function endsSvg(connection: Connection, curve: Curve | undefined, labelAt: number | undefined): string {
  if (curve === undefined) return "";
  const ports = [curve.from, curve.to].map(({ x, y }) => `<circle class="port ${connection.kind}" cx="${x}" cy="${y}" r="3.75"/>`).join("");
  const label = connection.label === "" && connection.kind === "dead-letter" ? "redrive" : connection.label;
  const width = textWidth(label, 10.5) + 12;
  if (labelAt === undefined) return ports;
  const { x, y } = pointOn(curve, labelAt);
  return `${ports}<rect class="canvas" x="${round(x - width / 2)}" y="${round(y - 8)}" width="${round(width)}" height="16" rx="8"/><text class="label ${connection.kind}" x="${round(x)}" y="${round(y + 3.6)}">${markup(label)}</text>`;
}

function noteSvg({ x, y, width, height, text, colour }: Canvas["notes"][number]): string {
  const [heading = "", ...rest] = plainWords(text).split("\n");
  const lines = [
    ...wrapped(heading, 12, width - 20).map((line) => ["strong", line]),
    ...(rest.length > 0 ? wrapped(rest.join("\n"), 12, width - 20) : []).map((line) => ["", line]),
  ];
  const shown = lines.slice(0, Math.max(1, Math.floor(height / 17.4)));
  const words = shown.map(
    ([kind, line = ""], index) => `<text class="note ${kind}" x="${x + 14}" y="${round(y + 14 + index * 17.4)}">${markup(line)}</text>`,
  );
  const rule = `<path class="rule" d="M${x} ${y}v${height}"/>${words.join("")}`;
  return colour === undefined ? rule : `<g class="hue-${colour}">${rule}</g>`;
}

function rounded(curve: Curve): Curve {
  return { ...curve, ...roundedLine(curve), ...(curve.pieces === undefined ? {} : { pieces: curve.pieces.map(roundedLine) }) };
}

function roundedLine(line: Line): Line {
  const point = ({ x, y }: Point): Point => ({ x: round(x), y: round(y) });
  return { from: point(line.from), to: point(line.to), fromControl: point(line.fromControl), toControl: point(line.toControl) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
