// The design as an SVG picture that needs nothing beside it: cards, lines and notes where they stand on the canvas.
import type { Canvas, CanvasFrame, CanvasGroup, Design } from "../design/design.ts";
import { groupType, hiddenMembers, shownDesign } from "../design/grouping.ts";
import { type Box, type Curve, type Line, piecesOf, type Point, pointOn, svgPath } from "../design/curve.ts";
import { boundsOf, boxOf, curvesOf } from "../design/geometry.ts";
import type { ResourceKind } from "../design/kinds.ts";
import { labelPlaces } from "../design/labelPlaces.ts";
import { layoutDesign } from "../design/layout.ts";
import { cardSvg } from "./cardSvg.ts";
import { groupCardSvg } from "./groupCardSvg.ts";
import { markup } from "./markup.ts";
import { noteSvg } from "./noteSvg.ts";
import { isCardDimmed, viewedConnection, type ViewedConnection, viewedFooter, type PictureView, wholeView } from "./pictureView.ts";
import { holesSvg, labelSvg, type LineLabel, linesSvg, margin, pictureSvg, type PictureSheet, withMargin } from "./pictureSvg.ts";
import { englishWords, type PictureWords } from "./pictureWords.ts";
import { textWidth } from "./textWidth.ts";

export interface PictureInput extends PictureSheet {
  readonly design: Pick<Design, "resources" | "connections">;
  /** Cards without a position are laid out. */
  readonly canvas: Canvas;
  lookOf(type: string): ResourceKind;
  /** Markup of an icon, by file name. */
  icon(name: string): string;
  /** Which question it answers; without, what goes where. */
  readonly view?: PictureView;
  /** English without. */
  readonly words?: PictureWords;
  /** This part of the canvas alone, with what has its middle there. */
  readonly part?: Box;
}

export function designSvg(input: PictureInput): string {
  const { design: whole, canvas, title, lookOf, ground = "canvas", view = wholeView, words: said = englishWords, part } = input;
  const design = shownDesign(whole, canvas, { ...canvas.nodes, ...layoutDesign(whole, canvas.nodes) });
  const { positions, bundles } = design;
  const curves = curvesOf(design, positions);
  const boxes = new Map(design.resources.map((resource) => [resource.id, boxOf(resource, positions)]));
  const connections = design.connections.map((drawn) => viewedConnection(drawn, bundles.get(drawn.id) ?? [drawn], view));
  const labels = labelPlaces(connections, curves, [...boxes.values()], { bundles });
  const hidden = hiddenMembers(canvas);

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
    const labelAt = labels.get(connection.id);
    const isSaidAnyway = labelAt === undefined && view.connections !== null && connection.label !== "";
    return [
      {
        connection,
        curve,
        label: isSaidAnyway ? labelOf(connection, curve, 0.5, said, aboveLine) : labelOf(connection, curve, labelAt, said),
        isBundle: bundles.has(connection.id),
      },
    ];
  });
  const words = lines.flatMap(({ label }) => label ?? []).filter(isIn);
  const whatIsThere = [...cards.map(({ box }) => box), ...notes, ...groups.map(({ box }) => box).filter(isIn)];
  const further = [...frames.map(withName), ...words, ...lines.map(areaOf)];
  const content = contentOf(part === undefined ? [...whatIsThere, ...further] : [part, ...whatIsThere]);
  const area = withMargin(content, part === undefined ? margin : margin / 2);
  return pictureSvg(input, {
    area,
    spoken: `${title}: ${whole.resources.length} resources, ${whole.connections.length} connections`,
    content: [
      ...frames.map(frameSvg),
      ...groups.map(({ group, box }) => groupSvg(group, box)),
      ...notes.map(noteSvg),
      ...holesSvg(words, ground, area),
      ...linesSvg(lines.map(lineSvg), ground),
      ...cards.map(({ resource, box }) => {
        const group = resource.type === groupType ? canvas.groups?.find(({ id }) => id === resource.id) : undefined;
        if (group !== undefined) {
          const members = whole.resources.filter(({ id }) => group.members.includes(id));
          const looks = [...new Set(members.map(({ type }) => type))].map(lookOf);
          const isDimmed = members.every(({ id }) => isCardDimmed(id, view));
          return groupCardSvg(group, said.subtitle(resource), box, looks, { iconOf: input.icon, isDimmed });
        }
        return cardSvg(resource, box, lookOf(resource.type), input.icon, said, {
          footer: viewedFooter(resource.id, view),
          isDimmed: isCardDimmed(resource.id, view),
        });
      }),
      ...lines.map(endsSvg),
      ...words.map(labelSvg),
    ],
  });
}

interface DrawnLine {
  readonly connection: ViewedConnection;
  readonly curve: Curve;
  /** null: there is no room for it, or nothing to say. */
  readonly label: LineLabel | null;
  readonly isBundle: boolean;
}

function holdsMiddle(part: Box, { x, y, width, height }: Box): boolean {
  const [middle, centre] = [x + width / 2, y + height / 2];
  return middle > part.x && middle < part.x + part.width && centre > part.y && centre < part.y + part.height;
}

function overlaps(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
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

/** What a line takes up, as near as a picture's edge asks for. */
function areaOf({ curve }: DrawnLine): Box {
  const points = Array.from({ length: 17 }, (_, index) => ({ ...pointOn(curve, index / 16), width: 0, height: 0 }));
  return boundsOf(points) ?? { ...curve.from, width: 0, height: 0 };
}

function lineSvg({ connection: { kind, isDimmed }, curve, isBundle }: DrawnLine): string {
  return `<path class="line ${kind}${isBundle ? " bundle" : ""}${isDimmed ? " dim" : ""}" d="${svgPath(rounded(curve))}"/>`;
}

/** A port where it leaves, a tip where it arrives: nobody can point at a line of a picture to see which way it goes. */
function endsSvg({ connection: { kind, isDimmed }, curve, isBundle }: DrawnLine): string {
  const { from, to } = curve;
  const { toControl } = piecesOf(curve).at(-1) ?? curve;
  const angle = (Math.atan2(to.y - toControl.y, to.x - toControl.x) * 180) / Math.PI;
  const look = `${kind}${isDimmed ? " dim" : ""}`;
  const size = isBundle ? " scale(1.4)" : "";
  const tip = `<path class="tip ${look}" d="M0 0L-8.5 4L-7 0L-8.5 -4Z" transform="translate(${round(to.x)} ${round(to.y)}) rotate(${round(angle)})${size}"/>`;
  return `<circle class="port ${look}" cx="${round(from.x)}" cy="${round(from.y)}" r="3.75"/>${tip}`;
}

/** So that it does not hide a short line. */
const aboveLine = 13;

/** What a line carries, where there is room for it. */
function labelOf(
  { label, kind, isDimmed }: ViewedConnection,
  curve: Curve,
  labelAt: number | undefined,
  said: PictureWords,
  above = 0,
): LineLabel | null {
  if (labelAt === undefined) return null;
  const text = label === "" && kind === "dead-letter" ? said.redrive : label;
  const width = textWidth(text, 10.5) + 12;
  const { x, y } = pointOn(curve, labelAt);
  return {
    text,
    look: `${kind}${isDimmed ? " dim" : ""}`,
    x: round(x - width / 2),
    y: round(y - 8 - above),
    width: round(width),
    height: 16,
  };
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
