import { invalid } from "./errors.ts";
import type { Path } from "./expressions/paths.ts";
import { keyAttributes } from "./keys.ts";
import type { Table } from "./table.ts";

/** Keys are scalars: a path that looks into one is refused, the table's own key first. */
export function checkKeysWhole(table: Table, paths: readonly Path[]): void {
  const opened = new Set(paths.filter((path) => path.length > 1).map(([name]) => name));
  if (opened.size === 0) return;
  refuse(
    "Key",
    keyAttributes(table.schema).find(({ name }) => opened.has(name)),
  );
  for (const { schema } of table.indexes)
    refuse(
      "IndexKey",
      keyAttributes(schema).find(({ name }) => opened.has(name)),
    );
}

function refuse(kind: "Key" | "IndexKey", attribute: { readonly name: string } | undefined): void {
  if (attribute)
    throw invalid(`Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${attribute.name}`);
}
