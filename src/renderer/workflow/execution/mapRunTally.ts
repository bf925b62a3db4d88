// The children of a distributed Map, summed up by state: what stands on the cards inside the Map's lane.
import { isJsonObject, type Json } from "../../../model/json.ts";
import type { ResourceRef } from "../../../model/trace.ts";
import type { StepOutcome } from "./steps.ts";
import { inspect } from "./watched.ts";

/** How the newest stays of the children in one state came out. */
export interface StateTally {
  readonly counts: Readonly<Record<StepOutcome, number>>;
  readonly next: ReadonlySet<string | null>;
  readonly caughtNext: ReadonlySet<string>;
}

export interface MapRunTally {
  readonly mapRunArn: string;
  readonly states: readonly (readonly [state: string, tally: StateTally])[];
  /** False: only so much was counted yet. */
  readonly isWhole: boolean;
}

/** The runtime counts a little at each call, so that nothing waits for it: so long it is asked for more. */
const askedMilliseconds = 250;

export async function readTally(ref: ResourceRef, mapRunArn: string): Promise<MapRunTally> {
  const until = performance.now() + askedMilliseconds;
  let { rows, cursor } = await inspect(ref, "tally", mapRunArn, 1000);
  while (cursor !== undefined && performance.now() < until) ({ rows, cursor } = await inspect(ref, "tally", mapRunArn, 1000));
  return { mapRunArn, states: rows.map(({ id, detail }) => [id, tallyOf(detail)] as const), isWhole: cursor === undefined };
}

function tallyOf(detail: Json): StateTally {
  const told = isJsonObject(detail) ? detail : {};
  const count = (outcome: StepOutcome): number => Number(told[outcome] ?? 0);
  const names = (member: string): readonly Json[] => {
    const value = told[member];
    return Array.isArray(value) ? value : [];
  };
  return {
    counts: {
      running: count("running"),
      ok: count("ok"),
      caught: count("caught"),
      failed: count("failed"),
      stopped: count("stopped"),
    },
    next: new Set(names("next").map((name) => (typeof name === "string" ? name : null))),
    caughtNext: new Set(names("caughtNext").flatMap((name) => (typeof name === "string" ? [name] : []))),
  };
}
