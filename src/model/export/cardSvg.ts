import { card } from "../design/cardSize.ts";
import type { DesignResource, Route } from "../design/design.ts";
import type { Box } from "../design/curve.ts";
import type { ResourceKind } from "../design/kinds.ts";
import type { PictureFact } from "./pictureView.ts";
import type { PictureWords } from "./pictureWords.ts";
import { markup } from "./markup.ts";
import { fitted, textWidth } from "./textWidth.ts";

const radius = 10;
const footer = 27;
const padding = 10;
const tile = 28;
const icon = 16;
/** A little more than its letters have: they are strong. */
const titleSize = 13.3;
const titleLine = 15;

/** One resource as the canvas draws it at rest: tile, logical ID, what it is, its routes, its kind or what a layer says of it. */
export function cardSvg(
  resource: DesignResource,
  box: Box,
  look: ResourceKind,
  iconOf: (name: string) => string,
  words: PictureWords,
  { footer: fact, isDimmed }: { readonly footer: PictureFact | undefined; readonly isDimmed: boolean },
): string {
  const { width, height } = box;
  const kind = resource.runs ? "" : " ghost";
  const footTop = height - footer;
  const foot = `M0 ${footTop}H${width}V${height - radius}A${radius} ${radius} 0 0 1 ${width - radius} ${height}H${radius}A${radius} ${radius} 0 0 1 0 ${height - radius}Z`;
  const textLeft = padding + tile + 9;
  const room = width - textLeft - padding;
  const title = titleLines(resource.id, room);
  const top = title.length === 1 ? 23 : 16;
  return [
    `<g class="${look.category}${resource.isDisabled ? " off" : ""}${isDimmed ? " dim" : ""}" transform="translate(${box.x} ${box.y})">`,
    `<title>${markup(`${resource.id} (${resource.type})`)}</title>`,
    `<rect class="shadow" y="2" width="${width}" height="${height}" rx="${radius}"/>`,
    `<rect class="card${kind}" width="${width}" height="${height}" rx="${radius}"/>`,
    `<path class="foot" d="${foot}"/>`,
    `<path class="divide" d="M0 ${footTop}H${width}"/>`,
    `<rect class="tile" x="${padding}" y="11" width="${tile}" height="${tile}" rx="7"/>`,
    placedIcon(iconOf(look.icon), padding + (tile - icon) / 2, 11 + (tile - icon) / 2),
    ...title.map((line, index) => `<text class="title" x="${textLeft}" y="${top + index * titleLine}">${markup(line)}</text>`),
    `<text class="subtitle" x="${textLeft}" y="${top + title.length * titleLine}">${markup(fitted(words.subtitle(resource), 11, room))}</text>`,
    ...routeRows(resource.routes, width, words),
    `<text class="kind ${fact?.tone ?? ""}" x="${padding}" y="${height - 9.5}">${markup(fitted(fact?.text ?? footerOf(resource, words), 11, width - 2 * padding))}</text>`,
    `<rect class="frame${kind}" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="${radius - 0.5}"/>`,
    "</g>",
  ].join("");
}

/** `OrdersTable` in two lines where one is too short, broken between its words, as on the canvas. */
function titleLines(title: string, room: number): string[] {
  if (textWidth(title, titleSize) <= room) return [title];
  const parts = title.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-_.])/);
  let first = "";
  for (const part of parts) {
    if (textWidth(first + part, titleSize) > room) break;
    first += part;
  }
  return first === "" ? [fitted(title, titleSize, room)] : [first, fitted(title.slice(first.length), titleSize, room)];
}

function footerOf({ type, runs, isDisabled }: DesignResource, words: PictureWords): string {
  if (isDisabled) return words.leftOut;
  const name = type.replace(/^AWS::/, "");
  return runs ? name : words.notRun(name);
}

function routeRows(routes: readonly Route[], width: number, said: PictureWords): string[] {
  const hidden = routes.length - card.maxRouteRows;
  const shown = hidden > 0 ? routes.slice(0, card.maxRouteRows - 1) : routes;
  const top = (row: number): number => card.headerHeight + row * card.routeRowHeight;
  const rows = shown.map(({ method, path }, row) => {
    const middle = top(row) + card.routeRowHeight / 2;
    const words = `<text class="method ${markup(method)}" x="${padding}" y="${middle + 3.4}">${markup(method === "DELETE" ? "DEL" : method)}</text>`;
    const where = `<text class="path" x="${padding + 40}" y="${middle + 3.6}">${markup(fitted(path, 10.5, width - padding * 2 - 40, true))}</text>`;
    return `<path class="divide" d="M0 ${top(row)}H${width}"/>${words}${where}`;
  });
  if (hidden > 0) {
    const row = card.maxRouteRows - 1;
    rows.push(
      `<path class="divide" d="M0 ${top(row)}H${width}"/><text class="kind" x="${padding}" y="${top(row) + card.routeRowHeight / 2 + 4}">${markup(said.moreRoutes(hidden + 1))}</text>`,
    );
  }
  return rows;
}

/** An icon's own markup, set in its place: it draws in the colour of the card it is on. */
export function placedIcon(svg: string, x: number, y: number, size = icon): string {
  return svg
    .replace(/^[^<]*(?:<\?[^>]*>\s*)?<svg\b/, `<svg class="icon" x="${x}" y="${y}" width="${size}" height="${size}"`)
    .replaceAll(/\s*\n\s*/g, "");
}
