// How near an execution comes to its recording, level by level.
import { type Data, Matcher, short } from "./matcher.ts";

/**
 * outcome: status, error, output as JSON · final: output to the letter, and the cause · types: the events' types in order ·
 * details: whole events without ids · ids: and those, the headers of calls and DescribeExecution
 */
export const levels = ["outcome", "final", "types", "details", "ids"] as const;
export type Level = (typeof levels)[number];
export type Differences = Partial<Record<Level, string>>;

export function all(difference: string | undefined): Differences {
  return difference === undefined ? {} : Object.fromEntries(levels.map((level) => [level, difference]));
}

/** The highest level that is reached; a level implies those before it. */
export function reached(differences: Differences): number {
  const index = levels.findIndex((level) => differences[level] !== undefined);
  return index < 0 ? levels.length : index;
}

export interface Observed {
  readonly describe: Data;
  readonly events?: readonly Data[];
}

export function judgeExecution(recording: Data, { describe, events }: Observed, known: ReadonlyMap<string, string>): Differences {
  const matcher = new Matcher(recording, known);
  const differences: Differences = {};
  if (recording.expectedStatus !== undefined && describe.status !== recording.expectedStatus) {
    differences.outcome = `status: expected ${recording.expectedStatus}, got ${describe.status} (${describe.error}: ${short(describe.cause)})`;
  } else {
    for (const [member, name, level] of [
      ["expectedOutput", "output", "outcome"],
      ["expectedError", "error", "outcome"],
      ["expectedCause", "cause", "final"],
    ] as const) {
      const expected = recording[member];
      const given = describe[name];
      if (expected === undefined) {
        if (given !== undefined) differences[level] ??= `${name}: expected nothing, got ${short(given)}`;
        continue;
      }
      const exact = matcher.clone().difference(expected, given, name);
      if (exact === undefined) continue;
      differences.final ??= exact;
      const loose = level === "outcome" ? matcher.clone({ isLoose: true }).difference(expected, given, name) : undefined;
      if (loose !== undefined) differences.outcome ??= loose;
    }
  }
  if (recording.expectedHistory !== undefined)
    Object.assign(differences, judgeHistory(recording, matcher, recording.expectedHistory, events ?? []));
  if (recording.expectedDescribe !== undefined) {
    const told = matcher.clone().difference(recording.expectedDescribe, describe, "describe");
    if (told !== undefined) differences.ids ??= told;
  }
  return differences;
}

export function judgeHistory(recording: Data, matcher: Matcher, expected: readonly Data[], given: readonly Data[]): Differences {
  let actual = recording.parallelNormalised ? freeParallels(given) : given;
  if (expected.length === 100 && actual.length > 100) actual = actual.slice(0, 100);
  const differences: Differences = {};
  const types = typeDifference(recording, expected, actual);
  if (types !== undefined) differences.types = types;
  for (const [level, hasIds] of [
    ["details", false],
    ["ids", true],
  ] as const) {
    const inOrder = eventDifference(matcher.clone({ isStrict: hasIds }), expected, actual, hasIds);
    const isOnlyOrder =
      inOrder !== undefined &&
      recording.concurrent &&
      !recording.parallelNormalised &&
      !hasIds &&
      bagDifference(matcher.clone(), expected, actual) === undefined;
    if (inOrder !== undefined && !isOnlyOrder) differences[level] = inOrder;
  }
  return differences;
}

function typeDifference(recording: Data, expected: readonly Data[], actual: readonly Data[]): string | undefined {
  const [wanted, got] = [typesOf(expected), typesOf(actual)];
  if (wanted.join() === got.join()) return undefined;
  if (recording.concurrent && wanted.toSorted().join() === got.toSorted().join()) return undefined;
  const index = Math.max(
    wanted.findIndex((type, position) => type !== got[position]),
    0,
  );
  return `event ${index + 1}: expected ${wanted[index] ?? "the end"}, got ${got[index] ?? "the end"}`;
}

/** In order, but for events without ids, which stand in any. */
function typesOf(events: readonly Data[]): string[] {
  const types: string[] = [];
  for (let index = 0; index < events.length;) {
    const run = freeRun(events, index);
    types.push(...(run.length > 0 ? run.map(({ type }) => type).toSorted() : [events[index].type]));
    index += Math.max(run.length, 1);
  }
  return types;
}

function eventDifference(matcher: Matcher, expected: readonly Data[], actual: readonly Data[], hasIds: boolean): string | undefined {
  let [mine, theirs] = [0, 0];
  while (mine < expected.length || theirs < actual.length) {
    const wanted = freeRun(expected, mine);
    if (wanted.length > 0) {
      const got = freeRun(actual, theirs);
      const difference = bagDifference(matcher, wanted, got);
      if (difference !== undefined) return difference;
      mine += wanted.length;
      theirs += got.length;
      continue;
    }
    const [one, other] = [expected[mine], actual[theirs]];
    if (one === undefined) return `event ${theirs + 1}: expected the end, got ${other.type}`;
    if (other === undefined) return `event ${mine + 1}: expected ${one.type}, got the end`;
    const difference = matcher.difference(bare(one, hasIds), bare(other, hasIds), `event ${mine + 1} ${one.type}`);
    if (difference !== undefined) return difference;
    mine++;
    theirs++;
  }
  return undefined;
}

function bagDifference(matcher: Matcher, expected: readonly Data[], actual: readonly Data[]): string | undefined {
  const rest = [...actual];
  for (const event of expected) {
    let nearest: string | undefined;
    const index = rest.findIndex((candidate) => {
      if (candidate.type !== event.type) return false;
      const attempt = matcher.clone();
      const difference = attempt.difference(bare(event, false), bare(candidate, false), event.type);
      if (difference === undefined) matcher.learn(attempt);
      nearest ??= difference;
      return difference === undefined;
    });
    if (index < 0) return nearest ?? `no event like ${event.type}`;
    rest.splice(index, 1);
  }
  return rest.length > 0 ? `unexpected ${rest[0].type}` : undefined;
}

function freeRun(events: readonly Data[], from: number): readonly Data[] {
  let end = from;
  while (end < events.length && (events[end].isFree || Array.isArray(events[end].id))) end++;
  return events.slice(from, end);
}

function bare(event: Data, hasIds: boolean): Data {
  return Object.fromEntries(
    Object.entries(event).filter(
      ([name, value]) =>
        value !== undefined && name !== "timestamp" && name !== "isFree" && (hasIds || (name !== "id" && name !== "previousEventId")),
    ),
  );
}

const parallelEnds = new Set(["ParallelStateSucceeded", "ParallelStateAborted", "ParallelStateExited", "ParallelStateFailed"]);

/** What was done to recordings of Parallel states: events inside lose their ids and order, the last event before the end is left out. */
function freeParallels(given: readonly Data[]): Data[] {
  const events = given.map((event) => ({ ...event }));
  let start: number | null = null;
  let inside: Data[] = [];
  let isInside = false;
  for (let index = 0; index < events.length; index++) {
    const { type } = events[index];
    if (parallelEnds.has(type)) {
      if (start !== null) events.splice(start, index - start, ...inside);
      isInside = false;
    } else if (type === "ParallelStateStarted") {
      isInside = true;
      inside = [];
      start = index + 1;
    } else if (isInside) {
      const free = { ...events[index], id: [0], previousEventId: 0, isFree: true };
      events[index] = free;
      inside.push(free);
    }
  }
  return events;
}
