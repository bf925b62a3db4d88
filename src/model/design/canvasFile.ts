// The text of `.contrail/canvas.json`: read where it comes in, written so that versions compare well.
import { z } from "zod";
import { canvasColours, type Canvas } from "./design.ts";

const place = z.object({ x: z.number(), y: z.number() });
const box = place.extend({ id: z.string(), width: z.number(), height: z.number() });

export const canvasSchema = z.object({
  version: z.literal(1),
  nodes: z.record(z.string(), place),
  notes: z
    .array(box.extend({ text: z.string(), colour: z.enum(canvasColours).optional() }))
    .readonly()
    .default([]),
  groups: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        colour: z.enum(canvasColours),
        members: z.array(z.string()).readonly(),
        isCollapsed: z.boolean().optional(),
      }),
    )
    .readonly()
    .optional(),
  frames: z
    .array(box.extend({ name: z.string() }))
    .readonly()
    .optional(),
  locked: z.array(z.string()).readonly().optional(),
});

export const emptyCanvas: Canvas = { version: 1, nodes: {}, notes: [] };

/** Keys sorted, places in whole pixels, and nothing where there is nothing. */
export function canvasText({ nodes, notes, groups = [], frames = [], locked = [] }: Canvas): string {
  const sorted = Object.fromEntries(
    Object.entries(nodes)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, at]) => [id, { x: Math.round(at.x), y: Math.round(at.y) }]),
  );
  const further = {
    ...(groups.length > 0 ? { groups } : {}),
    ...(frames.length > 0 ? { frames } : {}),
    ...(locked.length > 0 ? { locked: locked.toSorted() } : {}),
  };
  return `${JSON.stringify({ version: 1, nodes: sorted, notes, ...further }, null, 2)}\n`;
}
