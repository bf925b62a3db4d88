// What stands in the footer of a card while it runs: left how much, right the number to watch.
import type { DesignResource } from "../../model/design/design.ts";
import type { ResourceMetrics } from "../../model/run.ts";
import { formatCount, formatDuration, formatRate } from "../app/format.ts";
import { serviceOf } from "../app/resourceTypes.ts";

export type FooterTone = "plain" | "ok" | "error" | "throttled" | "waiting";

export interface FooterPart {
  readonly text: string;
  readonly tone: FooterTone;
}

export interface Footer {
  readonly left: readonly FooterPart[];
  readonly right: FooterPart | null;
}

const plain = (text: string): FooterPart => ({ text, tone: "plain" });

export function footerOf(resource: Pick<DesignResource, "type">, metrics: ResourceMetrics): Footer {
  const { gauges } = metrics;
  switch (serviceOf(resource.type)) {
    case "sqs":
      return queueFooter(gauges, metrics);
    case "dynamodb":
      return {
        left: [plain(countOf(gauges["items"] ?? 0, "item")), ...errorsOf(metrics)],
        right: latency(metrics),
      };
    case "s3":
      return { left: [plain(countOf(gauges["objects"] ?? 0, "object")), ...errorsOf(metrics)], right: latency(metrics) };
    case "cloudfront":
      return {
        left: [traffic(metrics), ...errorsOf(metrics)],
        right:
          gauges["hitRatio"] === undefined || metrics.count === 0
            ? latency(metrics)
            : { text: `hit ${Math.round(gauges["hitRatio"] * 100)} %`, tone: "ok" },
      };
    default:
      return { left: [traffic(metrics), ...errorsOf(metrics), ...inFlightOf(metrics)], right: latency(metrics) };
  }
}

function countOf(count: number, one: string): string {
  return `${formatCount(count)} ${count === 1 ? one : `${one}s`}`;
}

function queueFooter(gauges: ResourceMetrics["gauges"], metrics: ResourceMetrics): Footer {
  const depth = gauges["depth"] ?? gauges["visible"] ?? 0;
  const inFlight = gauges["inFlight"] ?? metrics.inFlight;
  const delayed = gauges["delayed"] ?? 0;
  const right: FooterPart | null =
    inFlight > 0
      ? { text: `${formatCount(inFlight)} in flight`, tone: "waiting" }
      : delayed > 0
        ? { text: `${formatCount(delayed)} delayed`, tone: "waiting" }
        : metrics.perSecond >= 1
          ? plain(`${formatRate(metrics.perSecond)}/s`)
          : null;
  return { left: [plain(`depth ${formatCount(depth)}`)], right };
}

/** The rate under load, else the total: single calls are counted, not averaged. */
function traffic(metrics: ResourceMetrics): FooterPart {
  return plain(
    metrics.perSecond >= 1
      ? `${formatRate(metrics.perSecond)}/s`
      : `${formatCount(metrics.count)} ${metrics.count === 1 ? "call" : "calls"}`,
  );
}

function errorsOf(metrics: ResourceMetrics): readonly FooterPart[] {
  const parts: FooterPart[] = [];
  if (metrics.errors > 0) parts.push({ text: `${formatCount(metrics.errors)} err`, tone: "error" });
  if (metrics.throttles > 0) parts.push({ text: `${formatCount(metrics.throttles)} thr`, tone: "throttled" });
  return parts;
}

function inFlightOf(metrics: ResourceMetrics): readonly FooterPart[] {
  return metrics.inFlight > 1 ? [{ text: `${formatCount(metrics.inFlight)} open`, tone: "waiting" }] : [];
}

function latency(metrics: ResourceMetrics): FooterPart | null {
  return metrics.p50 === null ? null : plain(`p50 ${formatDuration(metrics.p50)}`);
}
