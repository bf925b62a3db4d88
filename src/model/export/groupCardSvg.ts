import type { Box } from "../design/curve.ts";
import type { CanvasGroup } from "../design/design.ts";
import type { ResourceKind } from "../design/kinds.ts";
import { placedIcon } from "./cardSvg.ts";
import { markup } from "./markup.ts";
import { fitted } from "./textWidth.ts";

const footer = 27;
const radius = 10;
const padding = 12;
const tile = 20;
const icon = 13;
const maxTiles = 6;

/** A collapsed group: a pile of cards, with its name, how much is in it, and of what kinds. */
export function groupCardSvg(
  { name, colour }: CanvasGroup,
  subtitle: string,
  { x, y, width, height }: Box,
  looks: readonly ResourceKind[],
  { iconOf, isDimmed }: { iconOf(name: string): string; readonly isDimmed: boolean },
): string {
  const room = width - 2 * padding;
  const top = height - footer;
  const foot = `M0 ${top}H${width}V${height - radius}A${radius} ${radius} 0 0 1 ${width - radius} ${height}H${radius}A${radius} ${radius} 0 0 1 0 ${height - radius}Z`;
  const below = (by: number): string =>
    `<rect class="piled" x="${by + 0.5}" y="${by + 0.5}" width="${width - 1}" height="${height - 1}" rx="${radius}"/>`;
  const tiles = looks.slice(0, maxTiles).map(({ icon: of, category }, index) => {
    const left = padding - 2 + index * (tile + 4);
    const inner = placedIcon(iconOf(of), left + (tile - icon) / 2, top + (footer - icon) / 2, icon);
    return `<g class="${category}"><rect class="tile" x="${left}" y="${top + (footer - tile) / 2}" width="${tile}" height="${tile}" rx="5"/>${inner}</g>`;
  });
  const more = looks.length - maxTiles;
  return [
    `<g class="hue-${colour}${isDimmed ? " dim" : ""}" transform="translate(${x} ${y})"><title>${markup(`${name}: ${subtitle}`)}</title>`,
    below(6),
    below(3),
    `<rect class="card" width="${width}" height="${height}" rx="${radius}"/>`,
    `<path class="foot" d="${foot}"/><path class="divide" d="M0 ${top}H${width}"/>`,
    `<text class="group-name" x="${padding}" y="23">${markup(fitted(name, 13.3, room))}</text>`,
    `<text class="subtitle" x="${padding}" y="38">${markup(fitted(subtitle, 11, room))}</text>`,
    ...tiles,
    more > 0 ? `<text class="kind" x="${padding + maxTiles * (tile + 4)}" y="${height - 9.5}">+${more}</text>` : "",
    `<rect class="piling" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="${radius - 0.5}"/></g>`,
  ].join("");
}
