import { AwsError } from "../../../kernel/awsError.ts";
import type { AttributeValue, Item } from "../attributeValue.ts";
import { compareValues, isEqual, setMember } from "../attributeValue.ts";
import { addUnits, readCapacity } from "../capacity.ts";
import type { Units } from "../capacity.ts";
import { invalid, invalidParameter } from "../errors.ts";
import { bindCondition } from "../expressions/condition.ts";
import type { KeyRange, KeyTest } from "../expressions/keyCondition.ts";
import { keyRange } from "../expressions/keyCondition.ts";
import type { Path } from "../expressions/paths.ts";
import { valueAt } from "../expressions/paths.ts";
import { projectedNames } from "../indexProjection.ts";
import { checkWithinQuery, isStartKeyOf, pageUnits, readPage } from "../read.ts";
import { parseItem, writeItem } from "../storedItem.ts";
import type { Table } from "../table.ts";
import type { TableIndex } from "../tableSettings.ts";
import type { Bound } from "./bound.ts";
import type { SelectStatement } from "./syntax.ts";
import { joined, keysOf } from "./where.ts";

export interface Selected {
  readonly items: readonly Item[];
  readonly lastKey: Item | undefined;
  readonly nextToken: string | undefined;
  readonly units: Units;
}

interface SelectOptions {
  readonly isConsistent: boolean;
  readonly limit: number | undefined;
  readonly nextToken: string | undefined;
}

/** Checks that need no table, in the order in which AWS makes them. */
export function checkSelectStatement(statement: SelectStatement, { resolver }: Bound): void {
  if (statement.where) bindCondition("Statement", statement.where, resolver);
  if (statement.orderBy.length > 0 && !statement.where)
    throw invalid("Must have WHERE clause in the statement when using ORDER BY clause.");
}

/** Reads a page: by key where the clause names a partition, by scan otherwise. */
export function select(table: Table, statement: SelectStatement, { resolver }: Bound, options: SelectOptions): Selected {
  const index = indexOf(table, statement, options.isConsistent);
  const schema = index?.schema ?? table.schema;
  const { tests, partitions, rest } = keysOf(statement.where, resolver, schema);
  const isKeyed = partitions !== undefined || schema.hash.every(({ name }) => tests.has(name));
  const isForward = directionOf(
    statement,
    schema.hash.map(({ name }) => name),
    schema.range.map(({ name }) => name),
    isKeyed,
  );
  // What a scan cannot use as a key it asks of each item.
  const usedPaths: Path[] = [];
  const condition = isKeyed ? joined(rest) : statement.where;
  const filter = condition && bindCondition("Statement", condition, resolver, usedPaths);
  const isFetchingAll = checkProjection(table, index, statement, isKeyed ? usedPaths : []);
  const ranges = isKeyed ? rangesOf(tests, partitions, schema) : [undefined];
  const start = options.nextToken === undefined ? { range: 0, key: undefined } : readToken(options.nextToken);
  if (start.key && start.range < ranges.length) checkToken(table, index, start.key, ranges[start.range]);
  const items: Item[] = [];
  let scanned = 0;
  let units: Units | undefined;
  for (let at = start.range; at < ranges.length; at++) {
    const range = ranges[at];
    const page = readPage({
      table,
      index,
      ...(range && { range }),
      filter,
      startKey: at === start.range ? start.key : undefined,
      isForward,
      limit: options.limit === undefined ? undefined : options.limit - scanned,
      isFetchingAll,
      isConsistent: options.isConsistent,
    });
    items.push(...page.items.map((item) => columnsOf(statement, item)));
    scanned += page.scannedCount;
    units = addUnits(units, pageUnits({ index, isFetchingAll, isConsistent: options.isConsistent }, page));
    const isFull = options.limit !== undefined && scanned >= options.limit;
    if (page.lastKey) return { items, lastKey: page.lastKey, nextToken: writeToken(at, page.lastKey), units };
    if (isFull && at + 1 < ranges.length) return { items, lastKey: undefined, nextToken: writeToken(at + 1, undefined), units };
  }
  return { items, lastKey: undefined, nextToken: undefined, units: units ?? readCapacity(0.5, index) };
}

function indexOf(table: Table, { source }: SelectStatement, isConsistent: boolean): TableIndex | undefined {
  if (source.index === undefined) return undefined;
  const index = table.index(source.index);
  if (!index) throw invalid("The table does not have the specified index");
  if (index.isBackfilling) throw invalid(`Cannot read from backfilling global secondary index: ${index.name}`);
  if (index.kind === "global" && isConsistent) throw invalid("Strongly consistent read is not supported on Global Secondary Indexes");
  return index;
}

/** ORDER BY takes key attributes only, within partitions that the clause names. */
function directionOf(statement: SelectStatement, hash: readonly string[], range: readonly string[], isKeyed: boolean): boolean {
  if (statement.orderBy.length === 0) return true;
  if (!isKeyed) throw invalid("Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
  for (const { name } of statement.orderBy) {
    if (!hash.includes(name) && !range.includes(name))
      throw invalid(`Variable reference ${name} in ORDER BY clause must be part of the primary key`);
  }
  return !statement.orderBy.some(({ name, isDescending }) => isDescending && range.includes(name));
}

/** Global indexes have what they project, no more; through a local one whole items are read. */
function checkProjection(table: Table, index: TableIndex | undefined, { columns }: SelectStatement, filtered: readonly Path[]): boolean {
  const held = index && projectedNames(table, index);
  if (!index || !held) return false;
  const missing = (paths: readonly Path[]): string[] => [...new Set(paths.map(([name]) => String(name)).filter((name) => !held.has(name)))];
  const unfiltered = missing(filtered);
  if (unfiltered.length > 0)
    throw invalidParameter(`Secondary index ${index.name} does not project one or more filter attributes: [${unfiltered.join(", ")}]`);
  const lacking = missing(columns ?? []);
  if (lacking.length === 0) return false;
  if (index.kind === "global") throw invalidParameter(`Global secondary index ${index.name} does not project [${lacking.join(", ")}]`);
  return true;
}

function rangesOf(
  tests: ReadonlyMap<string, KeyTest>,
  partitions: readonly AttributeValue[] | undefined,
  schema: Parameters<typeof keyRange>[1],
): KeyRange[] {
  const [hash] = schema.hash;
  if (!partitions || !hash) return [keyRange(tests, schema)];
  const distinct = partitions.filter((value, at) => partitions.findIndex((other) => isEqual(other, value)) === at);
  return distinct
    .toSorted((a, b) => compareValues(a, b) ?? 0)
    .map((value) => keyRange(new Map<string, KeyTest>([...tests, [hash.name, { operator: "=", value }]]), schema));
}

/** A nested attribute is answered under its last name. */
export function columnsOf({ columns }: SelectStatement, item: Item): Item {
  if (!columns) return item;
  const row: { [name: string]: AttributeValue } = {};
  for (const [position, path] of columns.entries()) {
    const value = valueAt(item, path);
    const last = path.at(-1);
    if (value !== undefined) setMember(row, typeof last === "string" ? last : `_${position + 1}`, value);
  }
  return row;
}

function writeToken(range: number, key: Item | undefined): string {
  return Buffer.from(JSON.stringify({ range, key: key && writeItem(key) })).toString("base64");
}

function readToken(token: string): { readonly range: number; readonly key: Item | undefined } {
  try {
    const { range, key } = JSON.parse(Buffer.from(token, "base64").toString()) as { range?: unknown; key?: unknown };
    if (typeof range === "number" && (key === undefined || typeof key === "string"))
      return { range, key: key === undefined ? undefined : parseItem(key) };
  } catch {
    // Said below.
  }
  throw invalidToken();
}

function checkToken(table: Table, index: TableIndex | undefined, key: Item, range: KeyRange | undefined): void {
  if (!isStartKeyOf(table, index, key)) throw invalidToken();
  try {
    if (range) checkWithinQuery(table, index, key, range);
  } catch (error) {
    if (error instanceof AwsError) throw invalidToken();
    throw error;
  }
}

function invalidToken(): AwsError {
  return invalid("Given NextToken is invalid for the statement");
}
