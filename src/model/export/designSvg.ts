// The design as an SVG picture that needs nothing beside it: cards, lines and notes where they stand on the canvas.
import type { Canvas, CanvasFrame, CanvasGroup, Design, DesignResource } from "../design/design.ts";
import { hiddenMembers, shownDesign } from "../design/grouping.ts";
import { type Box, type Curve, type Line, piecesOf, type Point, pointOn, svgPath } from "../design/curve.ts";
import { boundsOf, boxOf, curvesOf } from "../design/geometry.ts";
import type { ResourceKind } from "../design/kinds.ts";
import { labelPlaces } from "../design/labelPlaces.ts";
import { layoutDesign } from "../design/layout.ts";
import { cardSvg } from "./cardSvg.ts";
import { headingSvg, type PictureHeading, withHeading } from "./headingSvg.ts";
import { markup } from "./markup.ts";
import { noteSvg } from "./noteSvg.ts";
import { pictureStyle, type PictureFonts, type PictureTheme } from "./pictureStyle.ts";
import { isCardDimmed, viewedConnection, type ViewedConnection, viewedFooter, type PictureView, wholeView } from "./pictureView.ts";
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
  /** Which question it answers; without, what goes where. */
  readonly view?: PictureView;
  /** This part of the canvas alone, with what has its middle there. */
  readonly part?: Box;
  readonly heading?: PictureHeading;
}

const margin = 40;

const grounds: Readonly<Record<PictureGround, string>> = { canvas: "", paper: ".canvas{fill:#fff}", none: ".canvas{fill:none}" };

export function designSvg(input: PictureInput): string {
  const { design: whole, canvas, title, lookOf, ground = "canvas", view = wholeView, part, heading } = input;
  const design = shownDesign(whole, canvas, { ...canvas.nodes, ...layoutDesign(whole, canvas.nodes) });
  const { positions, bundles } = design;
  const curves = curvesOf(design, positions);
  const boxes = new Map(design.resources.map((resource) => [resource.id, boxOf(resource, positions)]));
  const connections = design.connections.map((drawn) => viewedConnection(drawn, bundles.get(drawn.id) ?? [drawn], view));
  const labels = labelPlaces(connections, curves, [...boxes.values()], { bundles });
  const hidden = hiddenMembers(canvas);
  const names = new Map((canvas.groups ?? []).map(({ id, name }) => [id, name]));
  const named = (resource: DesignResource): DesignResource => ({ ...resource, id: names.get(resource.id) ?? resource.id });

  const isIn = (box: Box): boolean => part === undefined || holdsMiddle(part, box);
  const groups = design.groups.filter(({ box }) => part === undefined || overlaps(part, box));
  const notes = canvas.notes.filter((note) => !hidden.has(note.id) && isIn(note));
  const frames = part === undefined ? (canvas.frames ?? []) : [];
  const cards = design.resources.flatMap((resource) => {
    const box = boxes.get(resource.id);
    return box === undefined || !isIn(box) ? [] : [{ resource, box }];
  });
  const seen = new Set(cards.map(({ resource }) => resource.id));
  const lines = connections.flatMap((connection): DrawnLine[] => {
    const curve = curves.get(connection.id);
    if (curve === undefined || !(seen.has(connection.from) || seen.has(connection.to))) return [];
    // a layer speaks of each of its lines, even of one so short that its words lie upon the cards
    const labelAt = labels.get(connection.id) ?? (view.connections !== null && connection.label !== "" ? 0.5 : undefined);
    return [{ connection, curve, label: labelOf(connection, curve, labelAt), isBundle: bundles.has(connection.id) }];
  });
  const words = lines.flatMap(({ label }) => label ?? []).filter(isIn);
  const whatIsThere = [...cards.map(({ box }) => box), ...notes, ...groups.map(({ box }) => box).filter(isIn)];
  const further = [...frames.map(withName), ...words, ...lines.map(areaOf)];
  const content = contentOf(part === undefined ? [...whatIsThere, ...further] : [part, ...whatIsThere]);
  const area = withHeading(withMargin(content, part === undefined ? margin : margin / 2), heading, margin);
  const { x, y, width, height } = area;
  const spoken = `${title}: ${whole.resources.length} resources, ${whole.connections.length} connections`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" role="img" aria-label="${markup(spoken)}">`,
    `<title>${markup(title)}</title>`,
    `<style>${pictureStyle(input.theme, input.fonts)}${grounds[ground]}</style>`,
    ...(ground === "canvas" ? dots(area) : []),
    ...frames.map(frameSvg),
    ...groups.map(({ group, box }) => groupSvg(group, box)),
    ...notes.map(noteSvg),
    ...(ground === "none" ? cutAt(words, area) : []),
    ground === "none" ? '<g mask="url(#labels)">' : "<g>",
    ...lines.map(lineSvg),
    "</g>",
    ...cards.map(({ resource, box }) =>
      cardSvg(named(resource), box, lookOf(resource.type), input.icon, {
        footer: viewedFooter(resource.id, view),
        isDimmed: isCardDimmed(resource.id, view),
      }),
    ),
    ...lines.map(endsSvg),
    ...words.map(labelSvg),
    ...(heading === undefined ? [] : [headingSvg(heading, area, margin)]),
    "</svg>",
    "",
  ].join("\n");
}

interface DrawnLine {
  readonly connection: ViewedConnection;
  readonly curve: Curve;
  /** null: there is no room for it, or nothing to say. */
  readonly label: Label | null;
  readonly isBundle: boolean;
}

function holdsMiddle(part: Box, { x, y, width, height }: Box): boolean {
  const [middle, centre] = [x + width / 2, y + height / 2];
  return middle > part.x && middle < part.x + part.width && centre > part.y && centre < part.y + part.height;
}

function overlaps(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}

function dots({ x, y, width, height }: Box): string[] {
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

function contentOf(boxes: readonly Box[]): Box {
  return boundsOf(boxes) ?? { x: 0, y: 0, width: 320, height: 160 };
}

function withMargin(content: Box, wide: number): Box {
  const [left, top] = [Math.floor(content.x) - wide, Math.floor(content.y) - wide];
  const [right, bottom] = [Math.ceil(content.x + content.width) + wide, Math.ceil(content.y + content.height) + wide];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What a line takes up, as near as a picture's edge asks for. */
function areaOf({ curve }: DrawnLine): Box {
  const points = Array.from({ length: 17 }, (_, index) => ({ ...pointOn(curve, index / 16), width: 0, height: 0 }));
  return boundsOf(points) ?? { ...curve.from, width: 0, height: 0 };
}

function lineSvg({ connection: { kind, isDimmed }, curve, isBundle }: DrawnLine): string {
  return `<path class="line ${kind}${isBundle ? " bundle" : ""}${isDimmed ? " dim" : ""}" d="${svgPath(rounded(curve))}"/>`;
}

/** A port where it leaves, a tip where it arrives: nobody can point at a line of a picture to see which way it goes. */
function endsSvg({ connection: { kind, isDimmed }, curve }: DrawnLine): string {
  const { from, to } = curve;
  const { toControl } = piecesOf(curve).at(-1) ?? curve;
  const angle = (Math.atan2(to.y - toControl.y, to.x - toControl.x) * 180) / Math.PI;
  const look = `${kind}${isDimmed ? " dim" : ""}`;
  const tip = `<path class="tip ${look}" d="M0 0L-8.5 4L-7 0L-8.5 -4Z" transform="translate(${round(to.x)} ${round(to.y)}) rotate(${round(angle)})"/>`;
  return `<circle class="port ${look}" cx="${round(from.x)}" cy="${round(from.y)}" r="3.75"/>${tip}`;
}

interface Label extends Box {
  readonly text: string;
  readonly look: string;
}

/** What a line carries, where there is room for it. */
function labelOf({ label, kind, isDimmed }: ViewedConnection, curve: Curve, labelAt: number | undefined): Label | null {
  if (labelAt === undefined) return null;
  const text = label === "" && kind === "dead-letter" ? "redrive" : label;
  const width = textWidth(text, 10.5) + 12;
  const { x, y } = pointOn(curve, labelAt);
  return { text, look: `${kind}${isDimmed ? " dim" : ""}`, x: round(x - width / 2), y: round(y - 8), width: round(width), height: 16 };
}

function labelSvg({ text, look, x, y, width, height }: Label): string {
  return `<rect class="canvas" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text class="label ${look}" x="${round(x + width / 2)}" y="${round(y + 11.6)}">${markup(text)}</text>`;
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
