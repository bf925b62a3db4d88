// Two executions of one machine beside each other: which states both went through, where they parted, what differs. Pure.
import { placeWords, type Step } from "./steps.ts";
import { t } from "../../app/texts/texts.ts";

/** Digests of inputs and outputs, by event. */
export type Digests = ReadonlyMap<number, string>;

export interface ComparedStep {
  readonly key: string;
  readonly state: string;
  readonly place: string;
  readonly one: Step | null;
  readonly other: Step | null;
  readonly hasOtherInput: boolean;
  readonly hasOtherOutput: boolean;
  readonly hasOtherOutcome: boolean;
  /** The ways part behind it. */
  readonly isLastCommon: boolean;
}

export interface Comparison {
  readonly rows: readonly ComparedStep[];
  /** How they parted, in words; null: both took the same way. */
  readonly parting: string | null;
}

export function compareExecutions(
  one: { readonly steps: readonly Step[]; readonly digests: Digests },
  other: { readonly steps: readonly Step[]; readonly digests: Digests },
): Comparison {
  const own = keyed(one.steps);
  const others = keyed(other.steps);
  const parting = partingOf(own, others);
  const rows = mergedKeys([...own.keys()], [...others.keys()]).map((key): ComparedStep => {
    const a = own.get(key) ?? null;
    const b = others.get(key) ?? null;
    const shown = a ?? b;
    const differs = (event: (step: Step) => number | null): boolean =>
      a !== null && b !== null && digestAt(one.digests, event(a)) !== digestAt(other.digests, event(b));
    return {
      key,
      state: shown?.state ?? "",
      place: shown === null ? "" : placeWords(shown),
      one: a,
      other: b,
      hasOtherInput: differs(({ id }) => id),
      hasOtherOutput: differs(({ left }) => left),
      hasOtherOutcome: a !== null && b !== null && a.outcome !== b.outcome,
      isLastCommon: key === parting?.after,
    };
  });
  return { rows, parting: parting?.words ?? null };
}

function digestAt(digests: Digests, event: number | null): string | undefined {
  return event === null ? undefined : digests.get(event);
}

/** By where they stand and how often the state was entered there before. */
function keyed(steps: readonly Step[]): ReadonlyMap<string, Step> {
  const counts = new Map<string, number>();
  return new Map(
    steps.map((step) => {
      const name = `${placeWords(step)}/${step.state}`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [`${name}/${count}`, step];
    }),
  );
}

/** In the order of the one; what only the other has comes behind what it followed there. */
function mergedKeys(own: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(own);
  const behind = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const key of others) {
    if (known.has(key)) anchor = key;
    else behind.set(anchor, [...(behind.get(anchor) ?? []), key]);
  }
  return [...(behind.get(null) ?? []), ...own.flatMap((key) => [key, ...(behind.get(key) ?? [])])];
}

/** The first flow, in the order of the one, in which another state came next. */
function partingOf(
  own: ReadonlyMap<string, Step>,
  others: ReadonlyMap<string, Step>,
): { readonly after: string | null; readonly words: string } | null {
  const ways = waysOf(own);
  const otherWays = waysOf(others);
  for (const [place, way] of ways) {
    const otherWay = otherWays.get(place);
    if (otherWay === undefined) continue;
    const at = way.findIndex(([, step], index) => otherWay[index]?.[1].state !== step.state);
    const index = at >= 0 ? at : way.length < otherWay.length ? way.length : -1;
    if (index < 0) continue;
    const last = way[index - 1];
    const where = place === "" ? "" : t(" in {{place}}", { place });
    const went = (step: Step | undefined): string =>
      step === undefined ? t("went no further") : t("went to {{state}}", { state: step.state });
    return {
      after: last?.[0] ?? null,
      words: t("Parted {{value}}{{where}}: this one {{way}}, the other {{otherWay}}.", {
        value: last === undefined ? t("at the start") : t("after {{state}}", { state: last[1].state }),
        where,
        way: went(way[index]?.[1]),
        otherWay: went(otherWay[index]?.[1]),
      }),
    };
  }
  return null;
}

function waysOf(steps: ReadonlyMap<string, Step>): ReadonlyMap<string, readonly (readonly [string, Step])[]> {
  return Map.groupBy([...steps], ([, step]) => placeWords(step));
}
