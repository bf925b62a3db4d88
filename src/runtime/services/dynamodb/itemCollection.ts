import type { ItemCollectionMetrics } from "@aws-sdk/client-dynamodb";
import { pickKey } from "./keys.ts";
import type { Table } from "./table.ts";
import type { Written } from "./write.ts";

/** Only tables with local indexes have item collections. The size is AWS's coarse estimate: up to one gigabyte. */
export function collectionMetrics(
  table: Table,
  { before, after }: Written,
  wanted: string | undefined,
): { ItemCollectionMetrics?: ItemCollectionMetrics } {
  const item = after ?? before;
  if (wanted !== "SIZE" || !item || !table.indexes.some((index) => index.kind === "local")) return {};
  return {
    ItemCollectionMetrics: { ItemCollectionKey: pickKey({ hash: table.schema.hash, range: [] }, item), SizeEstimateRangeGB: [0, 1] },
  };
}
