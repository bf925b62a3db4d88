import type { Inspection, InspectQuery } from "../../../model/run.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Gauge } from "../../kernel/service.ts";
import type { Distributions } from "./distributions.ts";

const columns: Inspection["columns"] = [
  { key: "path", title: "Path", kind: "code" },
  { key: "state", title: "State", kind: "state" },
  { key: "status", title: "Status", kind: "number" },
  { key: "age", title: "Age", kind: "duration" },
  { key: "expiresAt", title: "Expires", kind: "time" },
  { key: "hits", title: "Hits", kind: "number" },
  { key: "edge", title: "Edge", kind: "text" },
];

/** View `entries`: what the cache holds, newest first; the filter is text in the path. Ages are virtual milliseconds. */
export function inspectDistribution(distributions: Distributions, id: string, query: InspectQuery, now: number): Inspection {
  if (query.view !== "entries") throw new AwsError("ValidationException", `CloudFront has no view "${query.view}"; it has: entries.`);
  distributions.get(id);
  const offset = Number(query.cursor ?? 0);
  const entries = distributions.entries.page(id, query.filter ?? "", query.limit, offset);
  return {
    columns,
    rows: entries.map((entry) => ({
      id: entry.key,
      cells: {
        path: entry.path,
        state: entry.expiresAt > now ? "fresh" : "expired",
        status: entry.response.status,
        age: now - entry.storedAt,
        expiresAt: entry.expiresAt,
        hits: entry.hits,
        edge: "IAD89-C1",
      },
      detail: {
        cacheKey: entry.key.split("\n"),
        headers: entry.response.headers.map(([name, value]) => `${name}: ${value}`),
        bytes: entry.response.body.byteLength,
      },
    })),
    total: query.filter === undefined || query.filter === "" ? distributions.entries.count(id) : null,
    ...(entries.length === query.limit && { cursor: String(offset + entries.length) }),
  };
}

export function distributionGauges(distributions: Distributions): Gauge[] {
  return distributions.all().flatMap(({ id }) => {
    const resource = distributions.ref(id);
    const ratio = distributions.hitRatio(id);
    return [
      { resource, name: "entries", value: distributions.entries.count(id) },
      ...(ratio === null ? [] : [{ resource, name: "hitRatio", value: ratio }]),
    ];
  });
}
