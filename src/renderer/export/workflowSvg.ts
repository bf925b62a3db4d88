// A workflow as an SVG picture that needs nothing beside it: states, lanes and ways where they stand on its canvas.
import type { Box } from "../../model/design/curve.ts";
import { placedIcon } from "../../model/export/cardSvg.ts";
import { markup } from "../../model/export/markup.ts";
import {
  holesSvg,
  labelSvg,
  type LineLabel,
  linesSvg,
  margin,
  pictureSvg,
  type PictureSheet,
  withMargin,
} from "../../model/export/pictureSvg.ts";
import { pictureTokens } from "../../model/export/pictureTokens.ts";
import { fitted, textWidth } from "../../model/export/textWidth.ts";
import type { Category } from "../../model/service.ts";
import { wayPath } from "../workflow/wayPath.ts";
import {
  containerHeader,
  type PlacedLane,
  type PlacedMark,
  type PlacedState,
  type PlacedWay,
  type WorkflowPicture,
} from "../workflow/workflowLayout.ts";
import type { WorkflowState } from "../workflow/workflowGraph.ts";

export interface WorkflowPictureInput extends PictureSheet {
  readonly theme: "light" | "dark";
  readonly picture: WorkflowPicture;
  /** Markup of a state's icon, and the category whose colour it has. */
  lookOf(state: WorkflowState): { readonly icon: string; readonly category: Category };
  /** Markup. */
  markIcon(kind: PlacedMark["kind"]): string;
}

export function workflowSvg(input: WorkflowPictureInput): string {
  const { picture, title, ground = "canvas", lookOf } = input;
  const area = withMargin(areaOf(picture), margin);
  const labels = picture.ways.flatMap(labelOf);
  // as on the canvas: what holds others stands behind them, and a way behind what it has no place to lead around
  const depths = [...new Set(picture.states.map(({ depth }) => depth))].toSorted((one, other) => one - other);
  const layers = depths.flatMap((depth) => {
    const states = picture.states.filter((one) => one.depth === depth);
    const [holders, plain] = [states.filter(({ state }) => state.lanes.length > 0), states.filter(({ state }) => state.lanes.length === 0)];
    return [
      ...linesSvg(picture.ways.filter((one) => one.depth === depth).map(waySvg), ground),
      ...holders.map((one) => stateSvg(one, lookOf(one.state))),
      ...picture.lanes.filter((one) => one.depth === depth).map(laneSvg),
      ...plain.map((one) => stateSvg(one, lookOf(one.state))),
    ];
  });
  return pictureSvg(input, {
    area,
    spoken: `${title}: ${picture.states.length} states`,
    style: styleOf(pictureTokens[input.theme]),
    content: [
      ...holesSvg(labels, ground, area),
      ...layers,
      ...picture.marks.map((one) => markSvg(one, input.markIcon(one.kind))),
      ...picture.ways.map(tipSvg),
      ...labels.map(labelSvg),
    ],
  });
}

function areaOf({ width, height, ways }: WorkflowPicture): Box {
  const labels = ways.flatMap(labelOf);
  const left = Math.min(0, ...labels.map(({ x }) => x));
  const right = Math.max(width, ...labels.map((label) => label.x + label.width));
  return { x: left, y: 0, width: right - left, height };
}

function styleOf(colours: (typeof pictureTokens)["light"]): string {
  return [
    `.holder{fill:${colours.foot};stroke:${colours.lineStrong}}`,
    `.lane{stroke:${colours.lineStrong};stroke-dasharray:3 3}.lane-title{fill:${colours.words3};font-size:10.5px}`,
    `.retry{fill:${colours.words3};font-size:10px;text-anchor:end}`,
    ".line.catch{stroke-dasharray:5 4}.line.default{stroke-dasharray:2 4;stroke-linecap:round}",
    `.line.catch{stroke:${colours.error}}.tip.catch,.label.catch{fill:${colours.error}}.label.default{fill:${colours.words3}}`,
    '.label.choice{font-family:"JetBrains Mono Variable","Contrail Code","JetBrains Mono",ui-monospace,monospace;font-size:10px}',
    `.mark{fill:${colours.card};stroke:${colours.lineStrong}}.marked{color:${colours.words3}}.icon.fine{stroke-width:2}`,
  ].join("");
}

const tile = { card: 28, holder: 24 };
const icon = 16;

function stateSvg(
  { state, box: { x, y, width, height } }: PlacedState,
  look: { readonly icon: string; readonly category: Category },
): string {
  const isHolder = state.lanes.length > 0;
  const [size, left, radius] = isHolder ? [tile.holder, 12, 12] : [tile.card, 10, 10];
  const top = ((isHolder ? containerHeader : height) - size) / 2;
  const textLeft = left + size + (isHolder ? 8 : 9);
  const room = width - textLeft - 10;
  // the canvas shows a mark that says it when it is pointed at
  const retryWidth = state.retry === null ? 0 : textWidth(state.retry, 10) + 8;
  const isRetryBeside = retryWidth > 0 && !isHolder && textWidth(state.name, 13.5) + retryWidth <= room;
  const parts = [state.type === "Task" ? "" : state.type, state.words, isRetryBeside ? "" : (state.retry ?? "")];
  const words = parts.filter((part) => part !== "").join(" · ");
  const name = fitted(state.name, 13.3, room);
  const beside = textLeft + textWidth(name, 13.5) + 8;
  const written = isHolder
    ? `<text class="title" x="${textLeft}" y="25">${markup(name)}</text><text class="subtitle" x="${round(beside)}" y="25">${markup(fitted(words, 11, width - beside - 10))}</text>`
    : `<text class="title" x="${textLeft}" y="21">${markup(name)}</text><text class="subtitle" x="${textLeft}" y="36">${markup(fitted(words, 11, room))}</text>`;
  return [
    `<g class="${look.category}" transform="translate(${round(x)} ${round(y)})"><title>${markup(`${state.name} (${state.type})`)}</title>`,
    isHolder ? "" : `<rect class="shadow" y="2" width="${width}" height="${height}" rx="${radius}"/>`,
    `<rect class="${isHolder ? "holder" : "card"}" width="${width}" height="${height}" rx="${radius}"/>`,
    `<rect class="tile" x="${left}" y="${top}" width="${size}" height="${size}" rx="7"/>`,
    placedIcon(look.icon, left + (size - icon) / 2, top + (size - icon) / 2),
    written,
    isRetryBeside ? `<text class="retry" x="${width - 10}" y="21">${markup(state.retry ?? "")}</text>` : "",
    `<rect class="frame" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="${radius - 0.5}"/></g>`,
  ].join("");
}

function laneSvg({ title, box: { x, y, width, height } }: PlacedLane): string {
  const box = `<rect class="lane canvas" x="${round(x)}" y="${round(y)}" width="${width}" height="${height}" rx="8"/>`;
  return `${box}<text class="lane-title" x="${round(x + 10)}" y="${round(y + 16)}">${markup(fitted(title, 10.5, width - 20))}</text>`;
}

const markIcon = 12;

function markSvg({ box: { x, y, width } }: PlacedMark, drawn: string): string {
  const radius = width / 2;
  const circle = `<circle class="mark" cx="${radius}" cy="${radius}" r="${radius - 0.5}"/>`;
  return `<g class="marked" transform="translate(${round(x)} ${round(y)})">${circle}${placedIcon(drawn, radius - markIcon / 2, radius - markIcon / 2, markIcon)}</g>`;
}

function waySvg(placed: PlacedWay): string {
  return `<path class="line ${placed.way.kind}" d="${wayPath(placed)}"/>`;
}

function tipSvg({ way, points, isBack }: PlacedWay): string {
  const end = points.at(-1);
  if (end === undefined) return "";
  return `<path class="tip ${way.kind}" d="M0 0L-8.5 4L-7 0L-8.5 -4Z" transform="translate(${round(end.x)} ${round(end.y)}) rotate(${isBack ? 180 : 90})"/>`;
}

const maxLabelWidth = 168;

function labelOf({ way, label }: PlacedWay): LineLabel[] {
  if (way.label === "") return [];
  const isCode = way.kind === "choice";
  const text = fitted(way.label, isCode ? 10 : 10.5, maxLabelWidth - 12, isCode);
  const width = textWidth(text, isCode ? 10 : 10.5, isCode) + 12;
  return [{ text, look: way.kind, x: round(label.x - width / 2), y: round(label.y - 8), width: round(width), height: 16 }];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
