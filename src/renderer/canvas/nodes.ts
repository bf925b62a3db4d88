// The design as React Flow's nodes and edges. Objects stay the same while nothing of theirs changed, so that only changed
// cards are drawn again.
import { Position, type Edge, type Node, type NodeHandle } from "@xyflow/react";
import { card, cardSize } from "../../model/design/cardSize.ts";
import type { Canvas, Connection, DesignResource } from "../../model/design/design.ts";
import type { Problem } from "../../model/problem.ts";
import type { Curve } from "../../model/design/curve.ts";
import { routeHandle, routeOffset, sideOffset } from "../../model/design/geometry.ts";
import type { Positions } from "./placement.ts";

export interface CardData extends Record<string, unknown> {
  readonly resource: DesignResource;
  /** Handles where a connection ends: their ports stay visible. */
  readonly usedHandles: readonly string[];
  readonly worst: Problem | null;
  /** Made over the API while it runs, not written in the template. */
  readonly isRuntimeMade: boolean;
}

export interface NoteData extends Record<string, unknown> {
  readonly text: string;
}

export interface ConnectionData extends Record<string, unknown> {
  readonly connection: Connection;
  readonly curve: Curve;
}

export type CardNode = Node<CardData, "card">;
export type NoteNode = Node<NoteData, "note">;
export type CanvasNode = CardNode | NoteNode;
export type ConnectionEdge = Edge<ConnectionData, "connection">;

interface CardInput {
  readonly resource: DesignResource;
  readonly usedHandles: readonly string[];
  readonly worst: Problem | null;
  readonly isRuntimeMade: boolean;
}

const noHandles: readonly string[] = [];

export function cardInputs(
  resources: readonly DesignResource[],
  runtimeMade: readonly DesignResource[],
  curves: ReadonlyMap<string, Curve>,
  connections: readonly Connection[],
  problems: readonly Problem[],
): readonly CardInput[] {
  const used = new Map<string, Set<string>>();
  const use = (id: string, handle: string): void => void (used.get(id) ?? used.set(id, new Set()).get(id))?.add(handle);
  for (const connection of connections) {
    const curve = curves.get(connection.id);
    if (curve === undefined) continue;
    use(connection.from, curve.fromHandle);
    use(connection.to, curve.toHandle);
  }
  const worst = new Map<string, Problem>();
  for (const problem of problems) {
    if (problem.resource !== undefined && problem.severity !== "info" && !worst.has(problem.resource)) worst.set(problem.resource, problem);
  }
  const input = (resource: DesignResource, isRuntimeMade: boolean): CardInput => ({
    resource,
    usedHandles: used.has(resource.id) ? [...(used.get(resource.id) ?? [])].sort() : noHandles,
    worst: worst.get(resource.id) ?? null,
    isRuntimeMade,
  });
  return [...resources.map((resource) => input(resource, false)), ...runtimeMade.map((resource) => input(resource, true))];
}

/** Keeps node objects between renders; one per canvas. */
export function createNodeCache(): (
  inputs: readonly CardInput[],
  notes: Canvas["notes"],
  positions: Positions,
  selected: ReadonlySet<string>,
) => CanvasNode[] {
  let cards = new Map<string, CardNode>();
  return (inputs, notes, positions, selected) => {
    const next = new Map<string, CardNode>();
    for (const one of inputs) {
      const { resource } = one;
      const position = positions[resource.id] ?? { x: 0, y: 0 };
      const isSelected = selected.has(resource.id);
      const before = cards.get(resource.id);
      const isSame =
        before !== undefined &&
        before.position.x === position.x &&
        before.position.y === position.y &&
        before.selected === isSelected &&
        before.data.resource === resource &&
        before.data.worst === one.worst &&
        before.data.usedHandles.join() === one.usedHandles.join();
      next.set(resource.id, isSame ? before : cardNode(one, position, isSelected));
    }
    cards = next;
    return [...next.values(), ...notes.map((note) => noteNode(note, positions[note.id] ?? note, selected.has(note.id)))];
  };
}

function cardNode(
  { resource, usedHandles, worst, isRuntimeMade }: CardInput,
  position: { x: number; y: number },
  selected: boolean,
): CardNode {
  const size = cardSize(resource);
  return {
    id: resource.id,
    type: "card",
    position,
    ...size,
    handles: handlesOf(resource),
    selected,
    draggable: !isRuntimeMade,
    data: { resource, usedHandles, worst, isRuntimeMade },
    ariaLabel: `${resource.id}, ${resource.subtitle}${resource.runs ? "" : ", not run locally yet"}`,
  };
}

function noteNode(note: Canvas["notes"][number], position: { x: number; y: number }, selected: boolean): NoteNode {
  return {
    id: note.id,
    type: "note",
    position: { x: position.x, y: position.y },
    width: note.width,
    height: note.height,
    selected,
    data: { text: note.text },
    zIndex: -1,
    ariaLabel: `Note: ${note.text}`,
  };
}

function handlesOf(resource: DesignResource): NodeHandle[] {
  const { width, height } = cardSize(resource);
  const side = sideOffset(resource);
  const handle = (id: string, position: Position, x: number, y: number): NodeHandle => ({
    id,
    type: "source",
    position,
    x: x - 4,
    y: y - 4,
    width: 9,
    height: 9,
  });
  return [
    handle("left", Position.Left, 0, side),
    handle("right", Position.Right, width, side),
    handle("top", Position.Top, card.width / 2, 0),
    handle("bottom", Position.Bottom, card.width / 2, height),
    ...resource.routes.map((route) => handle(routeHandle(route.id), Position.Right, width, routeOffset(resource, route.id))),
  ];
}

export function edgesOf(connections: readonly Connection[], curves: ReadonlyMap<string, Curve>, selected: string | null): ConnectionEdge[] {
  return connections.flatMap((connection): ConnectionEdge[] => {
    const curve = curves.get(connection.id);
    if (curve === undefined) return [];
    return [
      {
        id: connection.id,
        type: "connection",
        source: connection.from,
        sourceHandle: curve.fromHandle,
        target: connection.to,
        targetHandle: curve.toHandle,
        selected: selected === connection.id,
        data: { connection, curve },
        interactionWidth: 18,
      },
    ];
  });
}
