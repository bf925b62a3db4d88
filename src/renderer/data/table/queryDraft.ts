// A query as it is being typed, and what it asks once it is complete.
import type { FilterOperator, SortOperator, TableFacts, TableFilter, TableQuery } from "../../../model/tableQuery.ts";

export interface QueryDraft {
  readonly mode: "scan" | "query";
  readonly index: string | null;
  readonly partition: readonly string[];
  readonly sortOperator: SortOperator | "any";
  readonly sortValues: readonly string[];
  readonly isBackward: boolean;
  readonly filters: readonly TableFilter[];
}

export const emptyDraft: QueryDraft = {
  mode: "scan",
  index: null,
  partition: [],
  sortOperator: "any",
  sortValues: [],
  isBackward: false,
  filters: [],
};

export type Source = TableFacts["sources"][number];

export function sourceOf(facts: TableFacts | null, draft: QueryDraft): Source | undefined {
  return facts?.sources.find((source) => source.name === draft.index);
}

/** null: values are missing. */
export function queryOf(draft: QueryDraft, source: Source | undefined): TableQuery | null {
  const filters = draft.filters.filter((filter) => filter.attribute.trim() !== "");
  const query = { index: draft.index, isBackward: draft.isBackward, filters };
  if (draft.mode === "scan") return { ...query, key: null };
  if (source === undefined) return null;
  const partition = source.partition.map((_, position) => draft.partition[position] ?? "");
  if (partition.some((value) => value === "")) return null;
  if (draft.sortOperator === "any" || source.sort.length === 0) return { ...query, key: { partition, sort: null } };
  const values = draft.sortValues.slice(0, draft.sortOperator === "between" ? 2 : 1);
  if (values.length < (draft.sortOperator === "between" ? 2 : 1) || values.some((value) => value === "")) return null;
  return { ...query, key: { partition, sort: { operator: draft.sortOperator, values } } };
}

export const sortTitles: Readonly<Record<SortOperator | "any", string>> = {
  any: "is anything",
  "=": "=",
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
  begins_with: "begins with",
  between: "is between",
};

export const filterTitles: Readonly<Record<FilterOperator, string>> = {
  "=": "=",
  "<>": "≠",
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
  begins_with: "begins with",
  contains: "contains",
  exists: "exists",
  not_exists: "does not exist",
};
