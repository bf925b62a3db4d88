// The workflow canvas that is shown, for all that edits it from beside: palette, quick add, menus, commands.
import { create } from "zustand";
import type { Point } from "../../../model/design/curve.ts";
import type { Workflow } from "../useWorkflow.ts";
import type { WorkflowState } from "../workflowGraph.ts";
import type { WorkflowPicture } from "../workflowLayout.ts";
import { workflowChoice } from "../workflowStore.ts";
import type { InsertPlace } from "./places.ts";
import { t } from "../../app/texts/texts.ts";

export interface WorkflowCanvas {
  readonly machine: string;
  readonly workflow: Workflow;
  readonly picture: WorkflowPicture;
  readonly places: readonly InsertPlace[];
  /** From client pixels to the canvas, and back. */
  toCanvas(client: Point): Point;
  toClient(point: Point): Point;
}

export const useWorkflowCanvas = create<{ shown: WorkflowCanvas | null }>(() => ({ shown: null }));

/** Returns how to take it away. */
export function showWorkflowCanvas(canvas: WorkflowCanvas): () => void {
  useWorkflowCanvas.setState({ shown: canvas });
  return () => {
    if (useWorkflowCanvas.getState().shown === canvas) useWorkflowCanvas.setState({ shown: null });
  };
}

export function chosenState({ machine, workflow }: WorkflowCanvas): WorkflowState | undefined {
  const { state } = workflowChoice(machine);
  return workflow.states.find(({ id }) => id === state);
}

/** Where a new state goes when nobody points at a place: into the chosen way, behind the chosen state, else before the end. */
export function placeForNew(canvas: WorkflowCanvas): InsertPlace | undefined {
  const { places } = canvas;
  const { way } = workflowChoice(canvas.machine);
  const chosen = places.find(({ id }) => id === way);
  if (chosen !== undefined) return chosen;
  const state = chosenState(canvas);
  if (state !== undefined) {
    const found = placeBehind(canvas, state);
    if (found !== undefined) return found;
  }
  return places.find(({ id, flowId }) => id.includes(`>${flowId}#end`)) ?? places.at(-1);
}

function placeBehind({ places, picture }: WorkflowCanvas, state: WorkflowState): InsertPlace | undefined {
  const flow = state.steps.slice(0, -2);
  const isBehind = (place: InsertPlace): boolean =>
    isSameFlow(place.flow, flow) && place.ways.some((way) => way.kind !== "start" && way.kind !== "catch" && way.from === state.name);
  const found = places.find(isBehind);
  if (found !== undefined || state.type !== "Choice") return found ?? places.find(({ id }) => id.includes(`>${state.id}:`));
  const box = picture.states.find((one) => one.state === state)?.box;
  const at = box === undefined ? { x: 0, y: 0 } : { x: box.x + box.width / 2, y: box.y + box.height };
  const ways = [{ kind: "default", from: state.name }] as const;
  return { id: `${state.id}#default`, flow, flowId: flowIdOf(state), ways, at, words: t("behind {{name}}", { name: state.name }) };
}

export function isSameFlow(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

/** Of `/States/A/Branches[0]/States/B` the part before its own `/States/`. */
export function flowIdOf(state: WorkflowState): string {
  return state.id.slice(0, state.id.length - `/States/${state.name}`.length);
}
