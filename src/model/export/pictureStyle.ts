import type { CanvasColour } from "../design/design.ts";
import { noteSizes } from "./noteLines.ts";
import { pictureTokens, type PictureColours } from "./pictureTokens.ts";

/** auto: light, and dark where the reader's screen is. */
export type PictureTheme = "light" | "dark" | "auto";

/** A font as a `data:` address, so that the picture looks the same everywhere; without, the reader's own are taken. */
export interface PictureFont {
  readonly family: "words" | "code";
  readonly url: string;
  /** The letters that it has, as CSS writes it: `U+0400-045F`. */
  readonly range?: string;
}

const families = { words: { name: "Contrail Words", weights: "100 900" }, code: { name: "Contrail Code", weights: "100 800" } };

const words = '"Inter Variable","Contrail Words",Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';
const code = '"JetBrains Mono Variable","Contrail Code","JetBrains Mono",ui-monospace,"SF Mono",Menlo,Consolas,monospace';

/** Rules with plain values only: programs that draw SVG know no variables. */
export function pictureStyle(theme: PictureTheme, fonts: readonly PictureFont[] = []): string {
  const rules = [
    ...fonts.map(fontFace),
    shapes,
    colours(pictureTokens[theme === "dark" ? "dark" : "light"]),
    theme === "auto" ? `@media (prefers-color-scheme:dark){${colours(pictureTokens.dark)}}` : "",
  ];
  return rules.join("");
}

function fontFace({ family, url, range }: PictureFont): string {
  const { name, weights } = families[family];
  const letters = range === undefined ? "" : `;unicode-range:${range}`;
  return `@font-face{font-family:"${name}";font-weight:${weights};src:url(${url})${letters}}`;
}

const shapes = [
  `text{font-family:${words};font-size:11px;font-weight:420;text-rendering:geometricPrecision}`,
  ".title{font-size:13px;font-weight:600;letter-spacing:-0.01em}",
  `.method,.path{font-family:${code};font-size:10.5px}.method{font-size:9.5px;font-weight:600}`,
  ".label{font-size:10.5px;text-anchor:middle}",
  ...Object.entries(noteSizes).map(([kind, size]) => `.note.${kind}{font-size:${size}px}`),
  `.note.headline,.note.heading,.note .strong{font-weight:600}.note .code{font-family:${code};font-size:${noteSizes.code}px}`,
  ".slip{fill:currentColor;fill-opacity:.09;stroke:none}.note .link{text-decoration:underline}",
  ".piled,.piling{stroke:currentColor}.piled{stroke-opacity:.45}.piling{fill:none;stroke-opacity:.6}",
  ".page-title{font-size:20px;font-weight:600;letter-spacing:-0.015em}.page-detail{font-size:12px}",
  ".frame-name{font-size:13px;font-weight:520}.frame-number{font-weight:420}.frame-box{fill-opacity:.45}",
  ".group{fill:currentColor;fill-opacity:.07;stroke:currentColor;stroke-opacity:.4}.group-name{fill:currentColor;font-size:13px;font-weight:600}",
  ".frame,.divide,.line,.rule{fill:none}.rule{stroke-width:2}",
  ".line{stroke-width:1.6}.line.bundle{stroke-width:3}.line.reference{stroke-dasharray:3 4}",
  ".port{stroke-width:1.5}.frame.ghost{stroke-dasharray:4 3}.off{opacity:.5}.dim{opacity:.35}",
  ".icon{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}.tile{fill:currentColor}",
].join("");

function colours(c: PictureColours): string {
  return [
    `.canvas{fill:${c.canvas}}.dot{fill:${c.dot}}`,
    `.card{fill:${c.card}}.card.ghost{fill:${c.foot}}.foot{fill:${c.foot}}.shadow{fill:#000;fill-opacity:${c === pictureTokens.dark ? 0.35 : 0.06}}`,
    `.divide{stroke:${c.line}}.frame,.rule{stroke:${c.lineStrong}}.frame.ghost{stroke:${c.edge}}`,
    `.title,.path,.page-title{fill:${c.words}}.subtitle,.kind,.frame-number,.page-detail{fill:${c.words3}}.note,.label,.frame-name{fill:${c.words2}}`,
    `.note.headline,.note.heading,.note .strong{fill:${c.words}}.note.quote{fill:${c.words3}}.note .link{fill:${c.accent}}`,
    `.kind.plain{fill:${c.words2}}.kind.ok{fill:${c.ok}}.kind.warning{fill:${c.throttled}}`,
    `.piled{fill:${c.card}}.frame-box{fill:${c.card};stroke:${c.lineStrong}}`,
    `.line{stroke:${c.edge}}.tip{fill:${c.edge}}.tip.dead-letter{fill:${c.error}}.port{fill:${c.card};stroke:${c.edge}}`,
    `.line.dead-letter,.port.dead-letter{stroke:${c.error}}.label.dead-letter{fill:${c.error}}`,
    `.method{fill:${c.words2}}.GET,.HEAD{fill:${c.ok}}.POST{fill:${c.accent}}.PUT,.PATCH{fill:${c.throttled}}.DELETE{fill:${c.error}}`,
    `.tile{fill-opacity:${c.tile}}`,
    ...Object.entries(hues(c)).map(([hue, colour]) => `.hue-${hue}{color:${colour}}.hue-${hue} .rule{stroke:${colour}}`),
    ...Object.entries(c.categories).map(([category, colour]) => `.${category}{color:${colour}}`),
  ].join("");
}

/** As the theme names them. */
function hues(c: PictureColours): Readonly<Record<CanvasColour, string>> {
  return {
    grey: c.words3,
    blue: c.accent,
    teal: c.categories.edge,
    green: c.ok,
    amber: c.throttled,
    red: c.error,
    pink: c.categories.messaging,
    violet: c.categories.data,
  };
}
