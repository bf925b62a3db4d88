// What of a workflow is in view: all of it when it opens, then what a person moved it to.
import { useStore, type ReactFlowInstance } from "@xyflow/react";
import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import type { WorkflowPicture } from "./workflowLayout.ts";
import type { WayEdge, WorkflowNode } from "./workflowNodes.ts";

export type View = ReactFlowInstance<WorkflowNode, WayEdge>;

/** Everything is shown when it opens, and while the area changes its size, until a person moves the view. */
export function useFitWhileUntouched(flow: View, area: RefObject<HTMLDivElement | null>, picture: WorkflowPicture | null): void {
  const isReady = useStore((state) => state.width > 0 && state.domNode !== null);
  useEffect(() => {
    const element = area.current;
    if (element === null || picture === null || !isReady) return;
    const observer = new ResizeObserver(() => {
      if (!touched.has(flow)) fitPicture(flow, picture);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [flow, area, picture, isReady]);
}

/** A state that was chosen elsewhere, among the steps of an execution or in the text, is brought into view. */
export function useChosenInView(
  flow: View,
  area: RefObject<HTMLDivElement | null>,
  picture: WorkflowPicture | null,
  selected: string | null,
): void {
  const shown = useRef(selected);
  useEffect(() => {
    if (shown.current === selected) return;
    shown.current = selected;
    const box = picture?.states.find(({ state }) => state.id === selected)?.box;
    const element = area.current;
    if (box === undefined || element === null) return;
    const { x, y, zoom } = flow.getViewport();
    const [left, top] = [box.x * zoom + x, box.y * zoom + y];
    const isInView =
      left >= 0 &&
      top >= 0 &&
      left + box.width * zoom <= element.clientWidth &&
      top + Math.min(box.height, 60) * zoom <= element.clientHeight;
    if (isInView) return;
    touched.add(flow);
    void flow.setCenter(box.x + box.width / 2, box.y + Math.min(box.height, 60) / 2, { zoom, duration: 160 });
  }, [flow, area, picture, selected]);
}

/** What a person looks at stays where it is when the drawing around it changes: the view goes along with the state in its middle. */
export function useSteadyView(flow: View, area: RefObject<HTMLDivElement | null>, picture: WorkflowPicture | null): void {
  const before = useRef(picture);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = picture;
    const element = area.current;
    if (old === null || picture === null || old === picture || element === null || !touched.has(flow)) return;
    const { x, y, zoom } = flow.getViewport();
    const middle = { x: (element.clientWidth / 2 - x) / zoom, y: (element.clientHeight / 2 - y) / zoom };
    const now = new Map(picture.states.map(({ state, box }) => [state.id, box]));
    const [anchor] = old.states
      .flatMap(({ state, box }) => {
        const moved = now.get(state.id);
        return moved === undefined ? [] : [{ box, moved, far: Math.hypot(box.x + box.width / 2 - middle.x, box.y - middle.y) }];
      })
      .toSorted((a, b) => a.far - b.far);
    if (anchor === undefined) return;
    const { box, moved } = anchor;
    void flow.setViewport({
      zoom,
      x: x - (moved.x + moved.width / 2 - box.x - box.width / 2) * zoom,
      y: y - (moved.y - box.y) * zoom,
    });
  }, [flow, area, picture]);
}

export function viewMovedByHand(flow: View): void {
  touched.add(flow);
}

/** Views that a person has moved. */
const touched = new WeakSet<object>();
/** Smaller than this nothing could be read: a long workflow then begins at its start. */
const leastReadableZoom = 0.7;

function fitPicture(flow: View, picture: WorkflowPicture, isWhole = false): void {
  const element = document.querySelector<HTMLElement>("[aria-label^='Workflow of']");
  if (element === null) return;
  const margin = 56;
  // below the buttons
  const topMargin = 48;
  const zoom = Math.min(
    1,
    (element.clientWidth - margin) / picture.width,
    (element.clientHeight - topMargin - margin / 2) / picture.height,
  );
  const shown = isWhole ? zoom : Math.max(zoom, leastReadableZoom);
  const isTooWide = picture.width * shown > element.clientWidth;
  void flow.setViewport({
    zoom: shown,
    x: element.clientWidth / 2 - (isTooWide ? startOf(picture) : picture.width / 2) * shown,
    y: Math.max(topMargin, (element.clientHeight - picture.height * shown) / 2),
  });
}

/** Stays so until the view is moved. */
export function fitWhole(flow: View, picture: WorkflowPicture): void {
  touched.add(flow);
  fitPicture(flow, picture, true);
}

/** The middle of its start mark. */
function startOf({ marks, width }: WorkflowPicture): number {
  const box = marks.find(({ kind }) => kind === "start")?.box;
  return box === undefined ? width / 2 : box.x + box.width / 2;
}
