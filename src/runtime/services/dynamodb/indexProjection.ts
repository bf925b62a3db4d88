import type { AttributeValue, Item } from "./attributeValue.ts";
import { keyAttributes } from "./keys.ts";
import type { Table } from "./table.ts";
import type { TableIndex } from "./tableSettings.ts";

/** What of an item an index holds: everything, its keys, or its keys and some attributes. */
export function projectToIndex(table: Table, index: TableIndex, item: Item): Item {
  const names = projectedNames(table, index);
  if (!names) return item;
  const projected: { [name: string]: AttributeValue } = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined && names.has(name)) projected[name] = value;
  }
  return projected;
}

/** undefined: all attributes. */
export function projectedNames(table: Table, index: TableIndex): ReadonlySet<string> | undefined {
  if (index.projection.ProjectionType === "ALL" || index.projection.ProjectionType === undefined) return undefined;
  const keys = [...keyAttributes(table.schema), ...keyAttributes(index.schema)].map((attribute) => attribute.name);
  return new Set([...keys, ...(index.projection.NonKeyAttributes ?? [])]);
}
