import { invalidParameter } from "./errors.ts";

/** One page of a list; the marker is the position where the next begins. */
export function pageOf<Item>(
  items: readonly Item[],
  marker: string | undefined,
  maxItems = 50,
): { readonly items: readonly Item[]; readonly next: { readonly NextMarker?: string } } {
  const start = marker === undefined ? 0 : Number(Buffer.from(marker, "base64").toString("utf8"));
  if (!Number.isInteger(start) || start < 0) throw invalidParameter("Invalid marker value.");
  const end = start + Math.min(maxItems, 50);
  return { items: items.slice(start, end), next: end < items.length ? { NextMarker: Buffer.from(String(end)).toString("base64") } : {} };
}
