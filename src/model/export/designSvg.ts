// The design as an SVG picture that needs nothing beside it: cards, lines and notes where they stand on the canvas.
import type { Canvas, CanvasFrame, CanvasGroup, Connection, Design, DesignResource } from "../design/design.ts";
import { hiddenMembers, shownDesign, type ShownDesign } from "../design/grouping.ts";
import { type Box, type Curve, type Line, piecesOf, type Point, pointOn, svgPath } from "../design/curve.ts";
import { boundsOf, boxOf, curvesOf, type Positions } from "../design/geometry.ts";
import type { ResourceKind } from "../design/kinds.ts";
import { labelPlaces } from "../design/labelPlaces.ts";
import { layoutDesign } from "../design/layout.ts";
import { cardSvg } from "./cardSvg.ts";
import { markup } from "./markup.ts";
import { noteSvg } from "./noteSvg.ts";
import { pictureStyle, type PictureFonts, type PictureTheme } from "./pictureStyle.ts";
import { textWidth } from "./textWidth.ts";

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

const grounds: Readonly<Record<PictureGround, string>> = { canvas: "", paper: ".canvas{fill:#fff}", none: ".canvas{fill:none}" };

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
  const frames = canvas.frames ?? [];
  const words = design.connections.flatMap((connection) => labelOf(connection, curves.get(connection.id), labels.get(connection.id)));
  const { x, y, width, height } = pictureBounds(design, positions, [
    ...notes,
    ...frames.map(withName),
    ...words,
    ...[...curves.values()].map(areaOf),
  ]);
  const cards = design.resources.map((resource) => cardSvg(named(resource), boxOf(resource, positions), lookOf(resource.type), input.icon));
  const spoken = `${title}: ${whole.resources.length} resources, ${whole.connections.length} connections`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" role="img" aria-label="${markup(spoken)}">`,
    `<title>${markup(title)}</title>`,
    `<style>${pictureStyle(input.theme, input.fonts)}${grounds[ground]}</style>`,
    ...(ground === "canvas" ? dots(x, y, width, height) : []),
    ...frames.map(frameSvg),
    ...design.groups.map(({ group, box }) => groupSvg(group, box)),
    ...notes.map(noteSvg),
    ...(ground === "none" ? cutAt(words, { x, y, width, height }) : []),
    ground === "none" ? '<g mask="url(#labels)">' : "<g>",
    ...design.connections.map((connection) => lineSvg(connection, curves.get(connection.id), design.bundles.has(connection.id))),
    "</g>",
    ...cards,
    ...design.connections.map((connection) => endsSvg(connection, curves.get(connection.id))),
    ...words.map(labelSvg),
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

/** Above a frame, as on the canvas. */
const frameName = 28;

function withName({ x, y, width, height }: CanvasFrame): Box {
  return { x, y: y - frameName, width, height: height + frameName };
}

function frameSvg({ name, x, y, width, height }: CanvasFrame, index: number): string {
  const words = `<tspan class="frame-number">${index + 1}</tspan> ${markup(name)}`;
  return `<rect class="frame-box" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><text class="frame-name" x="${x + 4}" y="${y - 11}">${words}</text>`;
}

function pictureBounds({ resources, groups }: ShownDesign, positions: Positions, others: readonly Box[]): Box {
  const boxes: Box[] = [...resources.map((resource) => boxOf(resource, positions)), ...groups.map(({ box }) => box), ...others];
  const bounds = boundsOf(boxes) ?? { x: 0, y: 0, width: 320, height: 160 };
  const [left, top] = [Math.floor(bounds.x) - margin, Math.floor(bounds.y) - margin];
  const [right, bottom] = [Math.ceil(bounds.x + bounds.width) + margin, Math.ceil(bounds.y + bounds.height) + margin];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function lineSvg({ kind }: Connection, curve: Curve | undefined, isBundle: boolean): string {
  return curve === undefined ? "" : `<path class="line ${kind}${isBundle ? " bundle" : ""}" d="${svgPath(rounded(curve))}"/>`;
}

/** What a line takes up, as near as a picture's edge asks for. */
function areaOf(curve: Curve): Box {
  const points = Array.from({ length: 17 }, (_, index) => ({ ...pointOn(curve, index / 16), width: 0, height: 0 }));
  return boundsOf(points) ?? { ...curve.from, width: 0, height: 0 };
}

/** A port where it leaves, a tip where it arrives: nobody can point at a line of a picture to see which way it goes. */
function endsSvg({ kind }: Connection, curve: Curve | undefined): string {
  if (curve === undefined) return "";
  const { from, to } = curve;
  const { toControl } = piecesOf(curve).at(-1) ?? curve;
  const angle = (Math.atan2(to.y - toControl.y, to.x - toControl.x) * 180) / Math.PI;
  const tip = `<path class="tip ${kind}" d="M0 0L-8.5 4L-7 0L-8.5 -4Z" transform="translate(${round(to.x)} ${round(to.y)}) rotate(${round(angle)})"/>`;
  return `<circle class="port ${kind}" cx="${round(from.x)}" cy="${round(from.y)}" r="3.75"/>${tip}`;
}

interface Label extends Box {
  readonly text: string;
  readonly kind: Connection["kind"];
}

/** What a line carries, where there is room for it. */
function labelOf({ label, kind }: Connection, curve: Curve | undefined, labelAt: number | undefined): Label[] {
  if (curve === undefined || labelAt === undefined) return [];
  const text = label === "" && kind === "dead-letter" ? "redrive" : label;
  const width = textWidth(text, 10.5) + 12;
  const { x, y } = pointOn(curve, labelAt);
  return [{ text, kind, x: round(x - width / 2), y: round(y - 8), width: round(width), height: 16 }];
}

function labelSvg({ text, kind, x, y, width, height }: Label): string {
  return `<rect class="canvas" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text class="label ${kind}" x="${round(x + width / 2)}" y="${round(y + 11.6)}">${markup(text)}</text>`;
}

/** Without a ground to lay beneath the words, the lines end before them. */
function cutAt(labels: readonly Label[], { x, y, width, height }: Box): string[] {
  const holes = labels.map((label) => `<rect x="${label.x}" y="${label.y}" width="${label.width}" height="${label.height}" rx="8"/>`);
  return [
    `<mask id="labels" maskUnits="userSpaceOnUse" x="${x}" y="${y}" width="${width}" height="${height}">`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#fff"/>${holes.join("")}</mask>`,
  ];
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
