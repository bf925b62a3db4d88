// Where every card stands: as saved, and for cards never moved by hand as laid out once. Kept in memory until something
// is moved, so that opening a project writes nothing and typing in the template moves nothing.
import { create } from "zustand";
import type { Canvas } from "../../model/design/design.ts";
import { layoutDesign } from "../../model/design/layout.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { projectKey, useProject } from "../app/stores/project.ts";

export type Positions = Canvas["nodes"];

export const usePlacement = create<{ positions: Positions }>(() => ({ positions: {} }));

/** Resources that were drawn since the project was opened: whoever of them is gone was deleted. */
let drawn = new Set<string>();
let laidOutFor: string | null = null;

export function followPlacement(): () => void {
  place();
  const stops = [
    useDesign.subscribe((now, before) => now.design !== before.design && place()),
    useCanvasFile.subscribe((now, before) => now.canvas.nodes !== before.canvas.nodes && place()),
  ];
  return () => stops.forEach((stop) => stop());
}

/**
 * Saved positions for everything drawn now, with some of them changed: what is written when a card is moved. Those of
 * resources deleted meanwhile go; those never drawn stay, since another template of the folder may have them.
 */
export function positionsWith(changed: Positions): Positions {
  const { positions } = usePlacement.getState();
  const saved = Object.entries(useCanvasFile.getState().canvas.nodes).filter(([id]) => id in positions || !drawn.has(id));
  return { ...Object.fromEntries(saved), ...positions, ...changed };
}

/** Where cards will stand that are about to be drawn: they are not laid out first, only to be put there afterwards. */
export function placeAhead(positions: Positions): void {
  usePlacement.setState((state) => ({ positions: { ...state.positions, ...positions } }));
}

function place(): void {
  const { design } = useDesign.getState();
  const saved = useCanvasFile.getState().canvas.nodes;
  const project = projectKey(useProject.getState()) ?? null;
  const before = project === laidOutFor ? usePlacement.getState().positions : {};
  if (project !== laidOutFor) drawn = new Set();
  const known: Record<string, { readonly x: number; readonly y: number }> = {};
  for (const { id } of design.resources) {
    drawn.add(id);
    const position = saved[id] ?? before[id];
    if (position !== undefined) known[id] = position;
  }
  const positions = { ...known, ...layoutDesign(design, known) };
  if (design.resources.length > 0) laidOutFor = project;
  if (!areSame(usePlacement.getState().positions, positions)) usePlacement.setState({ positions });
}

function areSame(a: Positions, b: Positions): boolean {
  const ids = Object.keys(b);
  return ids.length === Object.keys(a).length && ids.every((id) => a[id]?.x === b[id]?.x && a[id]?.y === b[id]?.y);
}
