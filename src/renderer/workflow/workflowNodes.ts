// The laid-out workflow as React Flow's nodes and edges, each with its size, so that nothing is measured.
import { Position, type Edge, type Node } from "@xyflow/react";
import type { Box } from "../../model/design/curve.ts";
import type { Problem } from "../../model/problem.ts";
import type { StateRun } from "./execution/executionOverlay.ts";
import type { PlacedWay, WorkflowPicture } from "./workflowLayout.ts";
import { endMark, startMark, type Way, type WorkflowState } from "./workflowGraph.ts";
import { t } from "../app/texts/texts.ts";
import { problemText } from "../app/texts/words.ts";

export interface StateData extends Record<string, unknown> {
  readonly state: WorkflowState;
  readonly problem: Problem | null;
  /** undefined: no execution is laid over the states. */
  readonly run: StateRun | null | undefined;
}
export type StateNode = Node<StateData, "state" | "container">;
export interface LaneData extends Record<string, unknown> {
  readonly title: string;
  readonly flowId: string;
  readonly isEmpty: boolean;
  /** The Parallel or Map that it is a lane of, and which. */
  readonly owner: WorkflowState;
  readonly index: number;
}
export type LaneNode = Node<LaneData, "lane">;
export type MarkNode = Node<{ readonly kind: "start" | "end"; readonly isReached: boolean }, "mark">;
export type WorkflowNode = StateNode | LaneNode | MarkNode;
export type WayEdge = Edge<{ readonly placed: PlacedWay; readonly isTaken: boolean | undefined; readonly order: string | null }, "way">;

const handle = "any";
/** Layers of one depth: ways under containers, containers under what they hold. */
const layersPerDepth = 10;

/** `picture`: what is drawn of the whole. */
export function nodesOf(
  picture: WorkflowPicture,
  whole: WorkflowPicture,
  problems: ReadonlyMap<string, readonly Problem[]>,
  selected: string | null,
  runs: ReadonlyMap<string, StateRun> | null,
): WorkflowNode[] {
  const ran = ranIn(runs);
  return [
    ...picture.states.map(({ state, box, depth }): StateNode => {
      const problem = problems.get(state.id)?.[0] ?? null;
      const run = runs === null ? undefined : (runs.get(state.name) ?? null);
      return {
        ...placed(state.id, box, depth * layersPerDepth + (state.lanes.length > 0 ? 2 : 6)),
        type: state.lanes.length > 0 ? "container" : "state",
        // dragging a card moves the state, not the view
        ...(state.lanes.length > 0 ? {} : { className: "nopan" }),
        selected: state.id === selected,
        data: { state, problem, run },
        ariaRole: "group",
        ariaLabel: [`${state.name}, ${state.type}`, state.words, run?.words ?? "", problem === null ? "" : problemText(problem)]
          .filter(Boolean)
          .join(", "),
      };
    }),
    ...picture.lanes.map(({ id, title, flowId, isEmpty, owner, index, box, depth }): LaneNode => ({
      ...placed(id, box, depth * layersPerDepth + 3),
      type: "lane",
      selectable: false,
      data: { title, flowId, isEmpty, owner, index },
      ariaRole: "group",
      ariaLabel: t("{{title}} of {{name}}", { title, name: owner.name }),
    })),
    ...picture.marks.map(({ id, kind, box }): MarkNode => ({
      ...placed(id, box, 1),
      type: "mark",
      selectable: false,
      data: { kind, isReached: runs !== null && (kind === "start" || whole.ways.some((one) => one.way.to === id && isTaken(one, ran))) },
      ariaRole: "img",
      ariaLabel: kind === "start" ? "Start" : "End",
    })),
  ];
}

export function edgesOf(picture: WorkflowPicture, chosen: string | null, runs: ReadonlyMap<string, StateRun> | null): WayEdge[] {
  const rules = Map.groupBy(
    picture.ways.filter(({ way }) => way.kind === "choice").flatMap(({ way }) => way.written.map(() => way.from)),
    (from) => from,
  );
  const ran = ranIn(runs);
  return picture.ways.map((one): WayEdge => ({
    id: one.way.id,
    type: "way",
    source: one.way.from,
    target: one.way.to,
    sourceHandle: handle,
    targetHandle: handle,
    zIndex: one.depth * layersPerDepth + 1,
    selected: one.way.id === chosen,
    ariaLabel: [
      t("{{from}} to {{to}}", { from: stateNameOf(one.way.from) ?? t("Start"), to: stateNameOf(one.way.to) ?? t("End") }),
      one.way.label,
    ]
      .filter(Boolean)
      .join(", "),
    data: {
      placed: one,
      isTaken: runs === null ? undefined : isTaken(one, ran),
      order: orderOf(one.way, rules.get(one.way.from)?.length ?? 0),
    },
  }));
}

/** Rules are asked one after the other: which number a rule has, where there are several. */
function orderOf({ kind, written }: Way, rules: number): string | null {
  if (kind !== "choice" || rules < 2) return null;
  return written.flatMap((one) => (one.kind === "choice" ? [one.index + 1] : [])).join(", ");
}

/** How a state ran, by its id. */
function ranIn(runs: ReadonlyMap<string, StateRun> | null): (id: string) => StateRun | undefined {
  return (id) => runs?.get(stateNameOf(id) ?? "");
}

/** Of `/States/A/Branches[0]/States/B` the last; undefined: it is a mark, which stands in the outermost flow only. */
function stateNameOf(id: string): string | undefined {
  if (id === startMark("") || id === endMark("")) return undefined;
  return id.slice(id.lastIndexOf("/States/") + "/States/".length);
}

function isTaken({ way }: PlacedWay, ran: (id: string) => StateRun | undefined): boolean {
  const from = ran(way.from);
  if (way.from.endsWith("#start")) return ran(way.to) !== undefined;
  if (from === undefined) return false;
  if (way.to.endsWith("#end")) return from.next.has(null);
  const to = stateNameOf(way.to) ?? "";
  return way.kind === "catch" ? from.caughtNext.has(to) : from.next.has(to);
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
