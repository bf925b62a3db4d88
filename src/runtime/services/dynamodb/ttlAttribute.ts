import type { AttributeValue } from "./attributeValue.ts";
import type { TableSettings } from "./tableSettings.ts";

/** The attribute by which a table's items expire; null: they do not. */
export function expiryAttributeOf({ timeToLive }: TableSettings): string | null {
  return timeToLive?.isEnabled ? timeToLive.attribute : null;
}

/** The second since 1970 at which an item expires: a number's; other types never do. */
export function secondsOf(value: AttributeValue | undefined): number | null {
  if (value === undefined || !("N" in value)) return null;
  const seconds = Number(value.N);
  return Number.isFinite(seconds) ? seconds : null;
}
