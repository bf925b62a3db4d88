// API → function and API → function → table over HTTP, beside a bare Node server that does the least such a runtime must do.
// All are up at once and take turns under load, so that other work on the machine meets all of them alike.
import path from "node:path";
import { apiHost, load, type LoadRequest, type LoadResult, type LoadTime, start, startContrail } from "./measure.ts";
import type { Row } from "./row.ts";

const project = path.join(import.meta.dirname, "project");
const connections = 10;
const rounds = 7;
const warmUp: LoadTime = { seconds: 0.5, warmUpSeconds: 2 };
const turn: LoadTime = { seconds: 1.5, warmUpSeconds: 0.25 };

interface Contender {
  readonly port: number;
  readonly request: LoadRequest;
  /** One for each round. */
  readonly results: LoadResult[];
}

export async function requestRows(): Promise<Row[]> {
  const started: { stop(): Promise<void> }[] = [];
  const contrail = async (options: readonly string[]): Promise<(path: string) => Contender> => {
    const one = await startContrail([project, ...options]);
    started.push(one);
    const host = await apiHost(one.endpoint);
    return (target) => contender(Number(one.endpoint.port), host, target);
  };
  try {
    const server = await start(["--no-warnings", path.join(import.meta.dirname, "bareServer.ts")]);
    started.push(server);
    const bare = (target: string): Contender => contender(Number(server.ready["port"]), "127.0.0.1", target);
    const traced = await contrail([]);
    const keepingAll = await contrail(["--all-traces"]);
    const untraced = await contrail(["--no-trace"]);
    const contenders = {
      limit: bare("/answer"),
      limitWithSdk: bare("/items/1"),
      answer: traced("/answer"),
      answerKeepingAll: keepingAll("/answer"),
      answerUntraced: untraced("/answer"),
      read: traced("/items/1"),
      readUntraced: untraced("/items/1"),
    };
    await race(contenders);
    const { limit, limitWithSdk, answer, answerKeepingAll, answerUntraced, read, readUntraced } = contenders;
    return [
      ...rows("API → function", answer, limit, "≥ 0.5"),
      ...rows("API → function → table (SDK in the handler)", read, limit, "≥ 0.25"),
      rate("The SDK alone in the bare server's child", limitWithSdk, limit),
      { ...rate("API → function → table, beside the SDK alone", read, limitWithSdk), aim: "≥ 0.8" },
      tracing("Cost of tracing, API → function", answer, answerUntraced),
      { ...tracing("Cost of tracing where every trace is kept, API → function", answerKeepingAll, answerUntraced), aim: "" },
      tracing("Cost of tracing, API → function → table", read, readUntraced),
    ];
  } finally {
    await Promise.all(started.map((one) => one.stop()));
  }
}

async function race(contenders: Readonly<Record<string, Contender>>): Promise<void> {
  const all = Object.entries(contenders);
  for (const [name, one] of all) ofWorth(name, await load(one.port, connections, warmUp, one.request));
  for (let round = 0; round < rounds; round++) {
    // Who comes first has the processor at its coolest: each round the other way round.
    for (const [name, one] of round % 2 === 0 ? all : all.toReversed())
      one.results.push(ofWorth(name, await load(one.port, connections, turn, one.request)));
  }
}

function ofWorth(name: string, result: LoadResult): LoadResult {
  if (result.failures > 0) throw new Error(`${name}: ${result.failures} requests failed under load.`);
  return result;
}

function contender(port: number, host: string, target: string): Contender {
  return { port, request: { host, method: "GET", path: target }, results: [] };
}

function rows(name: string, one: Contender, limit: Contender, aim: string): Row[] {
  return [
    { ...rate(name, one, limit), aim },
    latency(`${name}, p50`, one, limit, ({ p50 }) => p50),
    latency(`${name}, p99`, one, limit, ({ p99 }) => p99),
  ];
}

function rate(name: string, one: Contender, limit: Contender): Row {
  const ratio = medianOfRounds(one, limit, (mine, other) => mine.perSecond / other.perSecond);
  return {
    name,
    value: median(one.results.map(({ perSecond }) => perSecond)),
    unit: "requests/s",
    limit: median(limit.results.map(({ perSecond }) => perSecond)),
    ratio,
  };
}

function latency(name: string, one: Contender, limit: Contender, of: (result: LoadResult) => number): Row {
  return {
    name,
    value: median(one.results.map(of)),
    unit: "ms",
    limit: median(limit.results.map(of)),
    ratio: medianOfRounds(one, limit, (mine, other) => of(other) / of(mine)),
  };
}

function tracing(name: string, traced: Contender, untraced: Contender): Row {
  const cost = medianOfRounds(traced, untraced, (mine, other) => 1 - mine.perSecond / other.perSecond);
  return { name, value: cost * 100, unit: "%", limit: null, ratio: null, aim: "< 15 %" };
}

/** Turns of one round lie closest together in time, so they are compared with each other first. */
function medianOfRounds(one: Contender, other: Contender, compare: (mine: LoadResult, other: LoadResult) => number): number {
  return median(
    one.results.flatMap((mine, round) => {
      const theirs = other.results[round];
      return theirs === undefined ? [] : [compare(mine, theirs)];
    }),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
