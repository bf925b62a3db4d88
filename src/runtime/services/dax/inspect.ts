import type { Inspection, InspectQuery } from "../../../model/run.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Gauge } from "../../kernel/service.ts";
import type { Entry } from "./cache.ts";
import type { Clusters } from "./clusters.ts";

/** View `entries`: both caches, newest first; the filter is text in what was asked. */
export function inspectCluster(clusters: Clusters, name: string, region: string, query: InspectQuery, now: number): Inspection {
  if (query.view !== "entries") throw new AwsError("ValidationException", `DAX has no view "${query.view}"; it has: entries.`);
  const cluster = clusters.find(region, name);
  if (!cluster) throw new AwsError("ClusterNotFoundFault", `There is no DAX cluster ${name} in ${region}.`);
  const all = [
    ...cluster.items.all().map((entry) => ({ cache: "items", entry })),
    ...cluster.queries.all().map((entry) => ({ cache: "queries", entry })),
  ].filter(({ entry }) => entry.key.toLowerCase().includes((query.filter ?? "").toLowerCase()));
  const offset = Number(query.cursor ?? 0);
  const page = all.slice(offset, offset + query.limit);
  return {
    columns: [
      { key: "asked", title: "Asked for", kind: "code" },
      { key: "cache", title: "Cache", kind: "text" },
      { key: "state", title: "State", kind: "state" },
      { key: "expiresAt", title: "Expires", kind: "time" },
      { key: "hits", title: "Hits", kind: "number" },
    ],
    rows: page.map(({ cache, entry }) => row(cache, entry, now)),
    total: all.length,
    ...(offset + page.length < all.length && { cursor: String(offset + page.length) }),
  };
}

function row(cache: string, entry: Entry, now: number): Inspection["rows"][number] {
  const { key: asked, expiresAt, hits, answer } = entry;
  return {
    id: `${cache} ${asked}`,
    cells: { asked, cache, state: expiresAt > now ? "fresh" : "expired", expiresAt, hits },
    detail: answer,
  };
}

export function clusterGauges(clusters: Clusters): Gauge[] {
  return clusters.all().flatMap((cluster) => {
    const resource = clusters.ref(cluster);
    const hits = cluster.items.hits + cluster.queries.hits;
    const asked = hits + cluster.items.misses + cluster.queries.misses;
    return [
      { resource, name: "entries", value: cluster.items.size + cluster.queries.size },
      ...(asked > 0 ? [{ resource, name: "hitRatio", value: hits / asked }] : []),
    ];
  });
}
