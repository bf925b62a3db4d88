// Dragging on the workflow with the pointer: states into ways, lines from ports to states.
import { useEffect, useMemo, useRef, type DragEvent, type PointerEvent, type RefObject } from "react";
import type { Point } from "../../../model/design/curve.ts";
import { useDesign } from "../../app/stores/design.ts";
import { notify } from "../../app/stores/notices.ts";
import type { Way } from "../workflowGraph.ts";
import { chooseInWorkflow } from "../workflowStore.ts";
import { addToWorkflow } from "./addToWorkflow.ts";
import { endDragging, setDragging, useDraggedItem, useDragging, type ConnectKind } from "./dragging.ts";
import { nearestPlace, type InsertPlace } from "./places.ts";
import { openQuickAdd } from "./quickAddStore.ts";
import { connectStates, duplicateState, isInside, leadElsewhere, moveState, newWay, siblingsOf } from "./stateActions.ts";
import { stateItems } from "./stateItems.ts";
import { flowIdOf, type WorkflowCanvas } from "./workflowCanvas.ts";
import { t } from "../../app/texts/texts.ts";

export const stateDragType = "application/x-contrail-state";

/** Client pixels before a press becomes a drag. */
const slack = 6;
/** Client pixels around a place in which it is meant. */
const reach = 160;

interface Gesture {
  readonly begun: Point;
  isDragging: boolean;
  /** Returns false when nothing is dragged after all. */
  begin(isCopy: boolean): boolean;
  move(client: Point): void;
  end(client: Point): void;
}

export interface Gestures {
  onPointerDown(event: PointerEvent): void;
  onDragOver(event: DragEvent): void;
  onDragLeave(event: DragEvent): void;
  onDrop(event: DragEvent): void;
}

export function useGestures(canvas: WorkflowCanvas | null, area: RefObject<HTMLElement | null>): Gestures {
  const gesture = useRef<Gesture | null>(null);
  const latest = useRef(canvas);
  useEffect(() => {
    latest.current = canvas;
  });

  useEffect(() => {
    const stop = (): void => {
      gesture.current = null;
      endDragging();
    };
    const onMove = (event: globalThis.PointerEvent): void => {
      const now = gesture.current;
      if (now === null) return;
      const client = { x: event.clientX, y: event.clientY };
      if (!now.isDragging) {
        if (Math.hypot(client.x - now.begun.x, client.y - now.begun.y) < slack) return;
        if (!now.begin(event.altKey)) return stop();
        now.isDragging = true;
      }
      now.move(client);
    };
    const onUp = (event: globalThis.PointerEvent): void => {
      const now = gesture.current;
      if (now === null) return;
      if (now.isDragging) {
        now.end({ x: event.clientX, y: event.clientY });
        // the click that follows must not choose what lies under the pointer
        window.addEventListener("click", swallow, { capture: true, once: true });
        setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
      }
      stop();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || gesture.current === null) return;
      event.stopPropagation();
      stop();
    };
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", stop);
    window.addEventListener("keydown", onKey, { capture: true });
    return () => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", stop);
      window.removeEventListener("keydown", onKey, { capture: true });
    };
  }, []);

  return useMemo(
    () => ({
      onPointerDown: (event) => {
        const shown = latest.current;
        if (shown === null || shown.workflow.isStale || event.button !== 0 || !(event.target instanceof Element)) return;
        const begun = { x: event.clientX, y: event.clientY };
        const port = event.target.closest("[data-connect]");
        const end = event.target.closest("[data-way-end]");
        const grip = event.target.closest("[data-grip]");
        const id = event.target.closest(".react-flow__node")?.getAttribute("data-id");
        if (event.target.closest("input,button") !== null && port === null) return;
        if (port !== null && typeof id === "string") gesture.current = connectGesture(shown, id, port.getAttribute("data-connect"), begun);
        else if (end !== null) gesture.current = redirectGesture(shown, end.getAttribute("data-way-end"), begun);
        else if (grip !== null && typeof id === "string") gesture.current = moveGesture(() => latest.current ?? shown, id, begun);
        if (port !== null || end !== null) event.stopPropagation();
      },
      onDragOver: (event) => {
        const shown = latest.current;
        if (shown === null || shown.workflow.isStale || !event.dataTransfer.types.includes(stateDragType)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        const client = { x: event.clientX, y: event.clientY };
        setDragging({
          dragging: { type: "item", title: useDraggedItem.getState().title },
          at: shown.toCanvas(client),
          place: placeNear(shown, client),
        });
      },
      onDragLeave: (event) => {
        if (event.relatedTarget instanceof Node && area.current?.contains(event.relatedTarget) === true) return;
        endDragging();
      },
      onDrop: (event) => {
        const shown = latest.current;
        const { place } = useDragging.getState();
        endDragging();
        if (shown === null) return;
        const id = event.dataTransfer.getData(stateDragType);
        const item = stateItems(useDesign.getState().design.resources, shown.machine).find((one) => one.id === id);
        if (item === undefined) return;
        event.preventDefault();
        if (place !== null) void addToWorkflow(shown.machine, shown.workflow, item, place);
        else
          notify({
            tone: "info",
            title: t("{{title}} was not added", { title: item.title }),
            detail: t("Let it go on a line between two states, or in an empty lane."),
          });
      },
    }),
    [area],
  );
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

function placeNear(canvas: WorkflowCanvas, client: Point, isOpen: (place: InsertPlace) => boolean = () => true): InsertPlace | null {
  const at = canvas.toCanvas(client);
  const further = canvas.toCanvas({ x: client.x + reach, y: client.y });
  return nearestPlace(canvas.places.filter(isOpen), at, Math.abs(further.x - at.x));
}

function moveGesture(canvas: () => WorkflowCanvas, id: string, begun: Point): Gesture | null {
  const state = canvas().workflow.states.find((one) => one.id === id);
  if (state === undefined) return null;
  const isOpen = (place: InsertPlace): boolean =>
    !isInside(state, place) &&
    !(place.flowId === flowIdOf(state) && place.ways.every((way) => way.kind !== "start" && way.from === state.name));
  let isCopy = false;
  return {
    begun,
    isDragging: false,
    begin: (copies) => {
      isCopy = copies;
      chooseInWorkflow(canvas().machine, { state: id, way: null });
      setDragging({ dragging: { type: "state", id, name: state.name, isCopy } });
      return true;
    },
    move: (client) => {
      // where it stands already nothing is meant
      const place = isOver(canvas(), id, client) ? null : placeNear(canvas(), client, isOpen);
      setDragging({ at: canvas().toCanvas(client), place });
    },
    end: () => {
      const { place } = useDragging.getState();
      if (place === null) return;
      if (isCopy) duplicateState(canvas(), state, place);
      else void moveState(canvas(), state, place);
    },
  };
}

function isOver({ picture, toCanvas }: WorkflowCanvas, id: string, client: Point): boolean {
  const box = picture.states.find(({ state }) => state.id === id)?.box;
  const { x, y } = toCanvas(client);
  return box !== undefined && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** What stands under the pointer: a state, the end mark. */
function nodeUnder({ x, y }: Point): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest(".react-flow__node")?.getAttribute("data-id");
    if (typeof id === "string" && !id.endsWith("#lane")) return id;
  }
  return null;
}

function lineGesture(
  canvas: WorkflowCanvas,
  from: string,
  kind: ConnectKind,
  begun: Point,
  start: Point,
  end: (to: string | null, client: Point) => void,
): Gesture | null {
  const state = canvas.workflow.states.find((one) => one.id === from);
  if (state === undefined) return null;
  const endMark = `${flowIdOf(state)}#end`;
  const targets = new Set([...siblingsOf(canvas.workflow.states, state).map(({ id }) => id), ...(kind === "next" ? [endMark] : [])]);
  targets.delete(from);
  /** Inside a target its own states are not meant. */
  const targetUnder = (client: Point): string | null => {
    const under = nodeUnder(client);
    return under === null ? null : ([...targets].find((id) => under === id || under.startsWith(`${id}/`)) ?? null);
  };
  return {
    begun,
    isDragging: false,
    begin: () => {
      setDragging({ dragging: { type: "connect", from, start, kind, targets, over: null }, at: start });
      return true;
    },
    move: (client) => {
      setDragging({ dragging: { type: "connect", from, start, kind, targets, over: targetUnder(client) }, at: canvas.toCanvas(client) });
    },
    end: (client) => end(targetUnder(client), client),
  };
}

const connectKinds: readonly (string | null)[] = ["next", "choice", "default", "catch"] satisfies readonly ConnectKind[];

function isConnectKind(kind: string | null): kind is ConnectKind {
  return connectKinds.includes(kind);
}

function connectGesture(canvas: WorkflowCanvas, from: string, kind: string | null, begun: Point): Gesture | null {
  const state = canvas.workflow.states.find((one) => one.id === from);
  if (state === undefined || !isConnectKind(kind)) return null;
  return lineGesture(canvas, from, kind, begun, canvas.toCanvas(begun), (target, client) => {
    if (target !== null) {
      connectStates(canvas, state, kind, nameOf(canvas, target));
      return;
    }
    // let go in the open: a new state is chosen there, and connected at once
    const at = canvas.toCanvas(client);
    const place = {
      id: `${from}#${kind}`,
      flow: state.steps.slice(0, -2),
      flowId: flowIdOf(state),
      ways: [newWay(state, kind)],
      at,
      words: t("behind {{name}}", { name: state.name }),
    };
    openQuickAdd(client, place);
  });
}

function redirectGesture(canvas: WorkflowCanvas, wayId: string | null, begun: Point): Gesture | null {
  const placed = canvas.picture.ways.find(({ way }) => way.id === wayId);
  if (placed === undefined) return null;
  const { way } = placed;
  const start = placed.points[0] ?? { x: 0, y: 0 };
  if (way.from.endsWith("#start")) return startGesture(canvas, way, begun, start);
  return lineGesture(canvas, way.from, way.kind, begun, start, (target) => {
    if (target !== null) leadElsewhere(canvas, way, nameOf(canvas, target));
  });
}

/** The start mark's line leads to any state of the outermost flow. */
function startGesture(canvas: WorkflowCanvas, way: Way, begun: Point, start: Point): Gesture | null {
  const first = canvas.workflow.states.find(({ id }) => id === way.to);
  if (first === undefined) return null;
  const targets = new Set(siblingsOf(canvas.workflow.states, first).map(({ id }) => id));
  const targetUnder = (client: Point): string | null => {
    const under = nodeUnder(client);
    return under === null ? null : ([...targets].find((id) => under === id || under.startsWith(`${id}/`)) ?? null);
  };
  const dragging = (over: string | null) => ({ type: "connect", from: way.from, start, kind: "next", targets, over }) as const;
  return {
    begun,
    isDragging: false,
    begin: () => {
      setDragging({ dragging: dragging(null), at: start });
      return true;
    },
    move: (client) => setDragging({ dragging: dragging(targetUnder(client)), at: canvas.toCanvas(client) }),
    end: (client) => {
      const target = targetUnder(client);
      if (target !== null) leadElsewhere(canvas, way, nameOf(canvas, target));
    },
  };
}

/** null: the end mark. */
function nameOf(canvas: WorkflowCanvas, id: string): string | null {
  return canvas.workflow.states.find((one) => one.id === id)?.name ?? null;
}
