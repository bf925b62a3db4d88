// Where every state, lane and way of a workflow is drawn: from top to bottom, what a Parallel or Map holds inside it.
import type { Box, Point } from "../../model/design/curve.ts";
import { placeHeights } from "../../model/design/heights.ts";
import { layer, type Slot } from "../../model/design/layers.ts";
import { endMark, startMark, type Way, type WorkflowFlow, type WorkflowState } from "./workflowGraph.ts";

export interface PlacedState {
  readonly state: WorkflowState;
  readonly box: Box;
  readonly depth: number;
}

export interface PlacedLane {
  readonly id: string;
  readonly title: string;
  readonly flowId: string;
  readonly isEmpty: boolean;
  readonly owner: WorkflowState;
  readonly index: number;
  readonly box: Box;
  readonly depth: number;
}

export interface PlacedMark {
  readonly id: string;
  readonly kind: "start" | "end";
  readonly box: Box;
}

export interface PlacedWay {
  readonly way: Way;
  /** Through these it runs, downward between each two; a way back is a loop along the right side. */
  readonly points: readonly Point[];
  readonly isBack: boolean;
  readonly label: Point;
  readonly depth: number;
}

export interface WorkflowPicture {
  readonly states: readonly PlacedState[];
  readonly lanes: readonly PlacedLane[];
  readonly marks: readonly PlacedMark[];
  readonly ways: readonly PlacedWay[];
  readonly width: number;
  readonly height: number;
}

export const stateSize = { width: 208, height: 48 };
const mark = { width: 28, height: 28 };
export const containerHeader = 40;
const laneHeader = 24;
const padding = 12;
const laneGap = 12;
const columnGap = 56;
const plainGap = 32;
/** Between rows where ways say something. */
const wordsGap = 60;
const backLane = 28;

export function layoutWorkflow(flow: WorkflowFlow): WorkflowPicture {
  return layoutFlow(flow, 0);
}

interface Item {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly state?: WorkflowState;
  readonly inside: readonly WorkflowPicture[];
}

function layoutFlow(flow: WorkflowFlow, depth: number): WorkflowPicture {
  const items = itemsOf(flow, depth);
  const byId = new Map(items.map((item) => [item.id, item]));
  const ways = flow.ways.filter((way) => byId.has(way.from) && byId.has(way.to));
  const middle = (id: string): number => (byId.get(id)?.width ?? 0) / 2;
  const rows = layer(
    items.map((item) => ({ id: item.id, height: item.width })),
    ways.filter((way) => way.from !== way.to).map(({ from, to }) => ({ from, to, fromOffset: middle(from), toOffset: middle(to) })),
  );
  const lefts = placeHeights(rows, columnGap);
  const rowOf = new Map(rows.flatMap((row, index) => row.map((slot) => [slot.id, index] as const)));
  const tops = rowTops(rows, ways, byId, rowOf);
  const least = Math.min(0, ...lefts.values());
  const boxes = new Map<string, Box>();
  const passages = new Map<string, Point>();
  rows.forEach((row, index) => {
    for (const slot of row) {
      const x = Math.round((lefts.get(slot) ?? 0) - least);
      const item = byId.get(slot.id);
      if (item === undefined || slot.isPassage) passages.set(slot.id, { x: x + slot.height / 2, y: tops.of(index) });
      else boxes.set(slot.id, { x, y: tops.of(index), width: item.width, height: item.height });
    }
  });
  const right = Math.max(0, ...[...boxes.values()].map((box) => box.x + box.width), ...[...passages.values()].map((point) => point.x));
  let backs = 0;
  const placedWays = ways.flatMap((way): PlacedWay[] => {
    const from = boxes.get(way.from);
    const to = boxes.get(way.to);
    if (from === undefined || to === undefined) return [];
    const fromRow = rowOf.get(way.from) ?? 0;
    const toRow = rowOf.get(way.to) ?? 0;
    if (toRow <= fromRow) {
      backs += 1;
      return [wayBack(way, from, to, right + backLane * backs, depth)];
    }
    const points: Point[] = [{ x: from.x + from.width / 2, y: from.y + from.height }];
    for (let row = fromRow + 1; row < toRow; row += 1) {
      const passage = passages.get(`${way.from}>${way.to}@${row}`);
      if (passage !== undefined) points.push(passage, { x: passage.x, y: passage.y + tops.heightOf(row) });
    }
    points.push({ x: to.x + to.width / 2, y: to.y });
    return [{ way, points, isBack: false, label: labelPlace(points), depth }];
  });
  return gather(items, boxes, placedWays, { width: right + backs * backLane, height: tops.end }, flow, depth);
}

function itemsOf(flow: WorkflowFlow, depth: number): readonly Item[] {
  const states = flow.states.map((state): Item => {
    if (state.lanes.length === 0) return { id: state.id, ...stateSize, state, inside: [] };
    const inside = state.lanes.map((lane) => layoutFlow(lane, depth + 1));
    const width = inside.reduce((sum, one) => sum + laneWidth(one), 0) + laneGap * (inside.length - 1) + 2 * padding;
    const height = containerHeader + Math.max(...inside.map(laneHeight)) + padding;
    return { id: state.id, width, height, state, inside };
  });
  if (!flow.isOutermost) return states;
  const isEnded = flow.ways.some((way) => way.to === endMark(flow.id));
  return [{ id: startMark(flow.id), ...mark, inside: [] }, ...states, ...(isEnded ? [{ id: endMark(flow.id), ...mark, inside: [] }] : [])];
}

function laneWidth(picture: WorkflowPicture): number {
  return Math.max(stateSize.width, picture.width) + 2 * padding;
}

function laneHeight(picture: WorkflowPicture): number {
  return laneHeader + Math.max(stateSize.height, picture.height) + padding;
}

interface Rows {
  of(row: number): number;
  heightOf(row: number): number;
  readonly end: number;
}

function rowTops(
  rows: readonly (readonly Slot[])[],
  ways: readonly Way[],
  items: ReadonlyMap<string, Item>,
  rowOf: ReadonlyMap<string, number>,
): Rows {
  const said = new Set(ways.filter((way) => way.label !== "").flatMap((way) => [rowOf.get(way.from) ?? 0]));
  const heights = rows.map((row) => Math.max(0, ...row.map((slot) => items.get(slot.id)?.height ?? 0)));
  const tops: number[] = [];
  let top = 0;
  heights.forEach((height, index) => {
    tops.push(top);
    top += height + (said.has(index) ? wordsGap : plainGap);
  });
  const last = heights.length - 1;
  return {
    of: (row) => tops[row] ?? 0,
    heightOf: (row) => heights[row] ?? 0,
    end: (tops[last] ?? 0) + (heights[last] ?? 0),
  };
}

function wayBack(way: Way, from: Box, to: Box, x: number, depth: number): PlacedWay {
  const start = { x: from.x + from.width, y: from.y + Math.min(from.height, stateSize.height) * (way.from === way.to ? 0.75 : 0.5) };
  const end = { x: to.x + to.width, y: to.y + Math.min(to.height, stateSize.height) * (way.from === way.to ? 0.25 : 0.5) };
  return {
    way,
    points: [start, { x, y: start.y }, { x, y: end.y }, end],
    isBack: true,
    label: { x, y: (start.y + end.y) / 2 },
    depth,
  };
}

/** Where ways that leave the same state have parted: on the first stretch, near its end. */
function labelPlace(points: readonly Point[]): Point {
  const [from, to] = points;
  if (from === undefined || to === undefined) return { x: 0, y: 0 };
  const share = 0.62;
  // a curve with upright ends: x follows the smooth step of y
  const eased = share * share * (3 - 2 * share);
  return { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * share };
}

function gather(
  items: readonly Item[],
  boxes: ReadonlyMap<string, Box>,
  ways: readonly PlacedWay[],
  size: { readonly width: number; readonly height: number },
  flow: WorkflowFlow,
  depth: number,
): WorkflowPicture {
  const states: PlacedState[] = [];
  const lanes: PlacedLane[] = [];
  const marks: PlacedMark[] = [];
  const nestedWays: PlacedWay[] = [];
  for (const item of items) {
    const box = boxes.get(item.id);
    if (box === undefined) continue;
    if (item.state === undefined) {
      marks.push({ id: item.id, kind: item.id === startMark(flow.id) ? "start" : "end", box });
      continue;
    }
    states.push({ state: item.state, box, depth });
    const { state: owner } = item;
    let x = box.x + padding;
    item.inside.forEach((picture, index) => {
      const lane = owner.lanes[index];
      if (lane === undefined) return;
      const width = laneWidth(picture);
      const y = box.y + containerHeader;
      lanes.push({
        id: `${lane.id}#lane`,
        title: lane.title,
        flowId: lane.id,
        isEmpty: lane.states.length === 0,
        owner,
        index,
        box: { x, y, width, height: box.height - containerHeader - padding },
        depth,
      });
      const by = { x: x + (width - picture.width) / 2, y: y + laneHeader };
      states.push(...picture.states.map((one) => ({ ...one, box: moved(one.box, by) })));
      lanes.push(...picture.lanes.map((one) => ({ ...one, box: moved(one.box, by) })));
      nestedWays.push(
        ...picture.ways.map((one) => ({ ...one, points: one.points.map((point) => moved(point, by)), label: moved(one.label, by) })),
      );
      x += width + laneGap;
    });
  }
  return { states, lanes, marks, ways: [...ways, ...nestedWays], ...size };
}

function moved<Place extends Point>(place: Place, by: Point): Place {
  return { ...place, x: place.x + by.x, y: place.y + by.y };
}
