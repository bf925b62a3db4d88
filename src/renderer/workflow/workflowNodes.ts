// The laid-out workflow as React Flow's nodes and edges, each with its size, so that nothing is measured.
import { Position, type Edge, type Node } from "@xyflow/react";
import type { Box } from "../../model/design/curve.ts";
import type { Problem } from "../../model/problem.ts";
import type { StateRun } from "./executionOverlay.ts";
import type { PlacedWay, WorkflowPicture } from "./workflowLayout.ts";
import type { WorkflowState } from "./workflowGraph.ts";

export interface StateData extends Record<string, unknown> {
  readonly state: WorkflowState;
  readonly problem: Problem | null;
  /** undefined: no execution is laid over the states. */
  readonly run: StateRun | null | undefined;
}
export type StateNode = Node<StateData, "state" | "container">;
export type LaneNode = Node<{ readonly title: string }, "lane">;
export type MarkNode = Node<{ readonly kind: "start" | "end"; readonly isReached: boolean }, "mark">;
export type WorkflowNode = StateNode | LaneNode | MarkNode;
export type WayEdge = Edge<{ readonly placed: PlacedWay; readonly isTaken: boolean | undefined }, "way">;

const handle = "any";
/** Layers of one depth: ways under containers, containers under what they hold. */
const layersPerDepth = 10;

export function nodesOf(
  picture: WorkflowPicture,
  problems: ReadonlyMap<string, readonly Problem[]>,
  selected: string | null,
  runs: ReadonlyMap<string, StateRun> | null,
): WorkflowNode[] {
  return [
    ...picture.states.map(({ state, box, depth }): StateNode => {
      const problem = problems.get(state.id)?.[0] ?? null;
      const run = runs === null ? undefined : (runs.get(state.name) ?? null);
      return {
        ...placed(state.id, box, depth * layersPerDepth + (state.lanes.length > 0 ? 2 : 6)),
        type: state.lanes.length > 0 ? "container" : "state",
        selected: state.id === selected,
        data: { state, problem, run },
        ariaLabel: [`${state.name}, ${state.type}`, state.words, run?.words ?? "", problem?.message ?? ""].filter(Boolean).join(", "),
      };
    }),
    ...picture.lanes.map(({ id, title, box, depth }): LaneNode => ({
      ...placed(id, box, depth * layersPerDepth + 3),
      type: "lane",
      selectable: false,
      data: { title },
      ariaLabel: title,
    })),
    ...picture.marks.map(({ id, kind, box }): MarkNode => ({
      ...placed(id, box, 1),
      type: "mark",
      selectable: false,
      data: { kind, isReached: runs !== null && kind === "start" },
      ariaLabel: kind === "start" ? "Start" : "End",
    })),
  ];
}

export function edgesOf(picture: WorkflowPicture, runs: ReadonlyMap<string, StateRun> | null): WayEdge[] {
  const names = new Map(picture.states.map(({ state }) => [state.id, state.name]));
  const ran = (id: string): StateRun | undefined => runs?.get(names.get(id) ?? "");
  return picture.ways.map((one): WayEdge => ({
    id: one.way.id,
    type: "way",
    source: one.way.from,
    target: one.way.to,
    sourceHandle: handle,
    targetHandle: handle,
    zIndex: one.depth * layersPerDepth + 1,
    selectable: false,
    data: { placed: one, isTaken: runs === null ? undefined : isTaken(one, ran) },
  }));
}

function isTaken({ way }: PlacedWay, ran: (id: string) => StateRun | undefined): boolean {
  const from = ran(way.from);
  if (way.from.endsWith("#start")) return ran(way.to) !== undefined;
  if (from === undefined) return false;
  if (way.to.endsWith("#end")) return from.next.has(null);
  const to = way.to.slice(way.to.lastIndexOf("/States/") + "/States/".length);
  return from.next.has(to) && (way.kind === "catch") === from.isCaught;
}

function placed(id: string, box: Box, zIndex: number): Pick<WorkflowNode, "id" | "position" | "width" | "height" | "zIndex" | "handles"> {
  return {
    id,
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    zIndex,
    handles: [{ id: handle, type: "source", position: Position.Bottom, x: box.width / 2, y: box.height, width: 1, height: 1 }],
  };
}
