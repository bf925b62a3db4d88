// Where a state can be put into a workflow: into every way, before the first and behind the last of a lane, into what is empty.
import type { Steps, Way as WrittenWay } from "../../../model/asl/commands/command.ts";
import type { Box, Point } from "../../../model/design/curve.ts";
import { allFlows, type WorkflowFlow, type WorkflowState } from "../workflowGraph.ts";
import type { PlacedWay, WorkflowPicture } from "../workflowLayout.ts";
import { asContinuation, t } from "../../app/texts/texts.ts";

export interface InsertPlace {
  readonly id: string;
  readonly flow: Steps;
  readonly flowId: string;
  /** The ways that then lead to the new state; none: it is the first of an empty flow. */
  readonly ways: readonly WrittenWay[];
  readonly at: Point;
  /** Names the place for those who hear it: `between Validate and InStock`. */
  readonly words: string;
}

export function insertPlaces(flow: WorkflowFlow, picture: WorkflowPicture): readonly InsertPlace[] {
  const boxes = new Map<string, Box>([
    ...picture.states.map(({ state, box }): [string, Box] => [state.id, box]),
    ...picture.lanes.map(({ id, box }): [string, Box] => [id, box]),
  ]);
  const ways = new Map(picture.ways.map((placed) => [placed.way.id, placed]));
  return allFlows(flow).flatMap((one) => placesIn(one, boxes, ways));
}

function placesIn(flow: WorkflowFlow, boxes: ReadonlyMap<string, Box>, ways: ReadonlyMap<string, PlacedWay>): InsertPlace[] {
  const base = { flow: flow.steps, flowId: flow.id };
  if (flow.states.length === 0) {
    const box = boxes.get(`${flow.id}#lane`);
    const at = box === undefined ? { x: 0, y: 0 } : { x: box.x + box.width / 2, y: box.y + 12 + box.height / 2 };
    return [
      {
        ...base,
        id: `${flow.id}#empty`,
        ways: [],
        at,
        words: flow.title === "" ? t("into the empty workflow") : t("into the empty {{title}}", { title: asContinuation(flow.title) }),
      },
    ];
  }
  const names = new Map(flow.states.map((state) => [state.id, state.name]));
  const found = flow.ways.flatMap((way): InsertPlace[] => {
    const placed = ways.get(way.id);
    if (placed === undefined) return [];
    const from = names.get(way.from);
    const to = names.get(way.to);
    const words =
      from === undefined
        ? t("before {{to}}", { to })
        : to === undefined
          ? t("behind {{from}}", { from })
          : t("between {{from}} and {{to}}", { from, to });
    return [{ ...base, id: way.id, ways: way.written, at: middleOf(placed), words }];
  });
  if (flow.isOutermost) return found;
  const [first] = flow.states;
  const start = first === undefined ? undefined : boxes.get(first.id);
  if (first !== undefined && start !== undefined && flow.startAt === first.name)
    found.push({
      ...base,
      id: `${flow.id}#first`,
      ways: [{ kind: "start" }],
      at: { x: start.x + start.width / 2, y: start.y - 2 },
      words: t("before {{name}}", { name: first.name }),
    });
  for (const state of flow.states) {
    const box = boxes.get(state.id);
    if (box === undefined || !isEnding(state)) continue;
    const at = { x: box.x + box.width / 2, y: box.y + box.height + 2 };
    found.push({
      ...base,
      id: `${state.id}#behind`,
      ways: [{ kind: "next", from: state.name }],
      at,
      words: t("behind {{name}}", { name: state.name }),
    });
  }
  return found;
}

/** Its flow ends behind it, and could go on. */
export function isEnding(state: WorkflowState): boolean {
  return !["Choice", "Succeed", "Fail"].includes(state.type) && typeof state.written["Next"] !== "string";
}

/** Where a button on the way covers neither its words nor other ways from the same state. */
export function middleOf({ way, points, isBack }: PlacedWay): Point {
  if (isBack) {
    const [, out, back] = points;
    return { x: out?.x ?? 0, y: ((out?.y ?? 0) + (back?.y ?? 0)) / 2 - (way.label === "" ? 0 : 18) };
  }
  const isLong = points.length > 2;
  const [from, to] = isLong ? points.slice(-2) : points;
  if (from === undefined || to === undefined) return { x: 0, y: 0 };
  const share = way.label === "" || isLong ? 0.5 : way.kind === "catch" ? 0.2 : 0.88;
  const eased = share * share * (3 - 2 * share);
  return { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * share };
}

/** The place nearest to a point; null: none is near enough to be meant. */
export function nearestPlace(places: readonly InsertPlace[], point: Point, reach: number): InsertPlace | null {
  let best: InsertPlace | null = null;
  let least = reach;
  for (const place of places) {
    const distance = Math.hypot(place.at.x - point.x, place.at.y - point.y);
    if (distance < least) {
      least = distance;
      best = place;
    }
  }
  return best;
}
