// What is copied from the canvas, as text: a piece of a template that any editor takes, and in a last comment what only the
// canvas needs. What is pasted is read from the same text, or from any piece of a template.
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { Point } from "../../../model/design/curve.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { parseTemplate } from "../../../model/template/parseTemplate.ts";

export interface CopiedCards {
  /** As written, intrinsics in long form, by logical ID. */
  readonly resources: Readonly<Record<string, JsonObject>>;
  readonly positions: Readonly<Record<string, Point>>;
  /** Code that they name, by path in the project. */
  readonly files: Readonly<Record<string, string>>;
  readonly notes: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly text: string;
  }[];
}

const mark = "# contrail-canvas: ";
const place = z.object({ x: z.number(), y: z.number() });
const canvasPart = z.object({
  positions: z.record(z.string(), place),
  files: z.record(z.string(), z.string()),
  notes: z.array(place.extend({ width: z.number(), height: z.number(), text: z.string() })),
});
const nothing = { positions: {}, files: {}, notes: [] };

export function textOfCards({ resources, ...canvas }: CopiedCards): string {
  return `${stringify({ Resources: resources })}${mark}${JSON.stringify(canvas)}\n`;
}

/** null: it holds no resources and no notes of a canvas. */
export function cardsOfText(text: string): CopiedCards | null {
  const resources = resourcesIn(text);
  const canvas = canvasPartOf(text);
  if (Object.keys(resources).length === 0 && canvas.notes.length === 0) return null;
  return { resources, ...canvas };
}

function canvasPartOf(text: string): z.infer<typeof canvasPart> {
  const line = text.split("\n").findLast((one) => one.startsWith(mark));
  if (line === undefined) return nothing;
  try {
    return canvasPart.parse(JSON.parse(line.slice(mark.length)));
  } catch {
    // Cut off or changed on its way: the resources themselves can still be pasted.
    return nothing;
  }
}

/** Of a whole template, of its section, or of entries of it. */
function resourcesIn(text: string): Record<string, JsonObject> {
  if (!/\bType\b/.test(text) || !isMap(text)) return {};
  const document = parseTemplate(text, "pasted");
  if (document.problems.some(({ severity }) => severity === "error")) return {};
  const section = isJsonObject(document.value["Resources"]) ? document.value["Resources"] : document.value;
  const found = Object.entries(section).filter((entry): entry is [string, JsonObject] => {
    const [id, value] = entry;
    return /^[A-Za-z0-9]+$/.test(id) && isJsonObject(value) && /^\w+::/.test(String(value["Type"]));
  });
  return Object.fromEntries(found);
}

function isMap(text: string): boolean {
  try {
    return isJsonObject(parse(text, { logLevel: "silent" }));
  } catch {
    return false;
  }
}
