// What an SVG picture shows, as plain data: the browser itself says how each shape is placed and painted, so that no rule of
// the picture's style has to be understood a second time. The PDF is made of it.

/** As CSS and PDF write it: a b c d e f. */
export type Matrix = readonly [number, number, number, number, number, number];

export interface Paint {
  /** `#1f5bd8` */
  readonly colour: string;
  /** 0 to 1, with that of everything it stands in. */
  readonly opacity: number;
}

export interface Stroke extends Paint {
  readonly width: number;
  readonly dashes: readonly number[];
  readonly cap: "butt" | "round" | "square";
  readonly join: "miter" | "round" | "bevel";
}

export interface Outline {
  readonly type: "outline";
  /** As in the `d` of a path. */
  readonly path: string;
  readonly matrix: Matrix;
  readonly fill: Paint | null;
  readonly stroke: Stroke | null;
}

/** Words of one look. */
export interface Span {
  readonly text: string;
  readonly family: "words" | "code";
  /** 100 to 900 */
  readonly weight: number;
  readonly size: number;
  readonly letterSpacing: number;
  readonly isUnderlined: boolean;
  readonly fill: Paint;
}

/** A line of them. */
export interface Words {
  readonly type: "words";
  readonly spans: readonly Span[];
  /** Where the line that they stand on begins, has its middle, or ends. */
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly matrix: Matrix;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly (Outline | Words)[];
}

/** Shapes in the order in which they are drawn, in the picture's own pixels from its upper left corner. */
export function drawingOf(svg: string): Drawing {
  const picture = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const host = document.createElement("div");
  // where nobody sees it, and where neither the Studio's style nor the system's high contrast reaches it
  host.style.cssText = "all:initial;position:fixed;left:0;top:0;visibility:hidden;pointer-events:none;forced-color-adjust:none";
  host.setAttribute("aria-hidden", "true");
  const root = host.attachShadow({ mode: "open" });
  root.append(picture);
  document.body.append(host);
  try {
    if (!(picture instanceof SVGSVGElement)) throw new Error("The picture is no SVG.");
    const origin = picture.getScreenCTM()?.inverse() ?? new DOMMatrix();
    // of the viewport, whose origin the view box may move
    const { x, y, width, height } = picture.viewBox.baseVal;
    const shapes: (Outline | Words)[] = [];
    read(picture, 1, new DOMMatrix([1, 0, 0, 1, -x, -y]).multiply(origin), shapes);
    return { width, height, shapes };
  } finally {
    host.remove();
  }
}

function read(parent: Element, parentOpacity: number, origin: DOMMatrix, shapes: (Outline | Words)[]): void {
  for (const element of parent.children) {
    // definitions, titles and styles draw nothing by themselves
    if (!(element instanceof SVGGraphicsElement) || element instanceof SVGDefsElement) continue;
    const style = getComputedStyle(element);
    const opacity = parentOpacity * Number(style.opacity);
    if (style.display === "none" || opacity === 0) continue;
    const { a, b, c, d, e, f } = origin.multiply(element.getScreenCTM() ?? new DOMMatrix());
    const matrix: Matrix = [a, b, c, d, e, f];
    if (element instanceof SVGTextElement) {
      const words = wordsOf(element, style, opacity, matrix);
      if (words !== null) shapes.push(words);
    } else if (element instanceof SVGGeometryElement) {
      const fill = paintOf(style.fill, Number(style.fillOpacity) * opacity);
      const stroke = strokeOf(style, opacity);
      if (fill !== null || stroke !== null) shapes.push({ type: "outline", path: pathOf(element), matrix, fill, stroke });
    } else read(element, opacity, origin, shapes);
  }
}

function wordsOf(element: SVGTextElement, style: CSSStyleDeclaration, opacity: number, matrix: Matrix): Words | null {
  const spans = spansOf(element, style, opacity);
  if (spans.length === 0) return null;
  return {
    type: "words",
    spans,
    x: numberOf(element, "x"),
    y: numberOf(element, "y"),
    anchor: style.textAnchor === "middle" || style.textAnchor === "end" ? style.textAnchor : "start",
    matrix,
  };
}

function spansOf(element: Element, style: CSSStyleDeclaration, opacity: number): Span[] {
  const fill = paintOf(style.fill, Number(style.fillOpacity) * opacity);
  return [...element.childNodes].flatMap((node): Span[] => {
    if (node instanceof Element) {
      const inner = getComputedStyle(node);
      return spansOf(node, inner, opacity * Number(inner.opacity));
    }
    const text = (node.textContent ?? "").replaceAll(/\s+/g, " ");
    if (text === "" || fill === null) return [];
    return [
      {
        text,
        family: /mono/i.test(style.fontFamily) ? "code" : "words",
        weight: Number(style.fontWeight),
        size: Number.parseFloat(style.fontSize),
        letterSpacing: Number.parseFloat(style.letterSpacing) || 0,
        isUnderlined: style.textDecorationLine.includes("underline"),
        fill,
      },
    ];
  });
}

function strokeOf(style: CSSStyleDeclaration, opacity: number): Stroke | null {
  const paint = paintOf(style.stroke, Number(style.strokeOpacity) * opacity);
  const width = Number.parseFloat(style.strokeWidth);
  if (paint === null || width === 0) return null;
  const { strokeLinecap: cap, strokeLinejoin: join } = style;
  return {
    ...paint,
    width,
    dashes: style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat),
    cap: cap === "round" || cap === "square" ? cap : "butt",
    join: join === "round" || join === "bevel" ? join : "miter",
  };
}

/** Of `rgb(21, 23, 28)` or `rgba(21, 23, 28, 0.5)`, which is what browsers make of any colour. */
function paintOf(value: string, opacity: number): Paint | null {
  const [red, green, blue, alpha = 1] = (/^rgba?\(([^)]*)\)$/.exec(value)?.[1] ?? "").split(/[\s,/]+/).map(Number.parseFloat);
  if (red === undefined || green === undefined || blue === undefined || alpha * opacity === 0) return null;
  const colour = [red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
  return { colour: `#${colour}`, opacity: alpha * opacity };
}

function pathOf(element: SVGGeometryElement): string {
  const number = (name: string): number => numberOf(element, name);
  switch (element.tagName) {
    case "path":
      return element.getAttribute("d") ?? "";
    case "rect":
      return rectangle(number("x"), number("y"), number("width"), number("height"), number("rx"));
    case "circle":
      return ellipse(number("cx"), number("cy"), number("r"), number("r"));
    case "ellipse":
      return ellipse(number("cx"), number("cy"), number("rx"), number("ry"));
    case "line":
      return `M${number("x1")} ${number("y1")}L${number("x2")} ${number("y2")}`;
    case "polygon":
      return `M${element.getAttribute("points") ?? ""}Z`;
    default:
      return `M${element.getAttribute("points") ?? ""}`;
  }
}

function rectangle(x: number, y: number, width: number, height: number, wanted: number): string {
  const radius = Math.min(wanted, width / 2, height / 2);
  if (radius === 0) return `M${x} ${y}H${x + width}V${y + height}H${x}Z`;
  const corner = (endX: number, endY: number): string => `A${radius} ${radius} 0 0 1 ${endX} ${endY}`;
  return [
    `M${x + radius} ${y}H${x + width - radius}${corner(x + width, y + radius)}`,
    `V${y + height - radius}${corner(x + width - radius, y + height)}`,
    `H${x + radius}${corner(x, y + height - radius)}V${y + radius}${corner(x + radius, y)}Z`,
  ].join("");
}

function ellipse(x: number, y: number, rx: number, ry: number): string {
  return `M${x - rx} ${y}A${rx} ${ry} 0 0 1 ${x + rx} ${y}A${rx} ${ry} 0 0 1 ${x - rx} ${y}Z`;
}

function numberOf(element: Element, name: string): number {
  return Number.parseFloat(element.getAttribute(name) ?? "0") || 0;
}
