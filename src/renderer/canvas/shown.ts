// What the canvas draws now: the design with collapsed groups as cards and bundled lines, asked for by views and commands.
import { shownDesign, type ShownDesign } from "../../model/design/grouping.ts";
import type { Canvas, Design } from "../../model/design/design.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { usePlacement, type Positions } from "./placement.ts";

interface Asked {
  readonly design: Design;
  readonly canvas: Canvas;
  readonly positions: Positions;
}

let last: { readonly asked: Asked; readonly shown: ShownDesign } | undefined;

/** As it is saved, whatever is being dragged. */
export function shownNow(): ShownDesign {
  const { design } = useDesign.getState();
  const { canvas } = useCanvasFile.getState();
  const { positions } = usePlacement.getState();
  if (last?.asked.design !== design || last.asked.canvas !== canvas || last.asked.positions !== positions) {
    last = { asked: { design, canvas, positions }, shown: shownDesign(design, canvas, positions) };
  }
  return last.shown;
}
