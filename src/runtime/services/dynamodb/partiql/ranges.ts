import type { AttributeValue } from "../attributeValue.ts";
import { typeOf } from "../attributeValue.ts";
import { invalid } from "../errors.ts";
import type { KeyRange, KeyTest } from "../expressions/keyCondition.ts";
import { keyRange } from "../expressions/keyCondition.ts";
import type { Resolver } from "../expressions/placeholders.ts";
import type { ConditionSyntax } from "../expressions/syntax.ts";
import type { KeySchema } from "../keys.ts";
import { keyAttributes } from "../keys.ts";
import type { KeyedWhere } from "./where.ts";
import { branchesOf, isExcluding, joined } from "./where.ts";

/** A part of a table that a SELECT reads, and what it asks of each item there. */
export interface ReadRange {
  readonly range: KeyRange;
  readonly condition: ConditionSyntax | undefined;
}

/** The ranges of keys that a WHERE clause names, of each partition those in it; undefined: it does not name them, all is to be scanned. */
export function readRanges(where: ConditionSyntax | undefined, resolver: Resolver, schema: KeySchema): ReadRange[][] | undefined {
  const branches = branchesOf(where, resolver, schema);
  if (!branches?.every(({ tests }) => schema.hash.every(({ name }) => tests.has(name)))) return undefined;
  const partitions = Map.groupBy(branches, (branch) => {
    checkTypes(branch, schema);
    return keyRange(partitionTests(branch, schema), schema).hash.toString("base64");
  });
  return [...partitions.values()].map((alternatives) => rangesWithin(alternatives, where, schema)).toSorted(byPartition);
}

function partitionTests({ tests }: KeyedWhere, schema: KeySchema): Map<string, KeyTest> {
  return new Map(
    schema.hash.flatMap(({ name }): [string, KeyTest][] => {
      const test = tests.get(name);
      return test ? [[name, test]] : [];
    }),
  );
}

/** Of one partition. Where an alternative excludes sort keys the whole partition is read once and asked everything. */
function rangesWithin(alternatives: readonly KeyedWhere[], where: ConditionSyntax | undefined, schema: KeySchema): ReadRange[] {
  const [first] = alternatives;
  if (!first) return [];
  if (alternatives.length > 1 && alternatives.some(({ rest }) => isExcluding(rest, schema)))
    return [{ range: keyRange(partitionTests(first, schema), schema), condition: where }];
  const ranges = alternatives
    .map(({ tests, rest }): ReadRange => ({ range: keyRange(tests, schema), condition: joined(rest) }))
    .toSorted((a, b) => compareLow(a.range, b.range));
  for (const [position, { range }] of ranges.entries()) {
    const before = ranges[position - 1];
    if (before && reaches(before.range, range)) throw invalid("Overlapping conditions with range keys are not supported in where clause");
  }
  return ranges;
}

function byPartition([a]: readonly ReadRange[], [b]: readonly ReadRange[]): number {
  return a && b ? Buffer.compare(a.range.hash, b.range.hash) : 0;
}

function compareLow({ low: a }: KeyRange, { low: b }: KeyRange): number {
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined);
  return Buffer.compare(a.key, b.key) || Number(b.isIncluded) - Number(a.isIncluded);
}

/** Whether a range that begins no later goes on into the other. */
function reaches({ high }: KeyRange, { low }: KeyRange): boolean {
  if (!high || !low) return true;
  const order = Buffer.compare(high.key, low.key);
  return order > 0 || (order === 0 && high.isIncluded && low.isIncluded);
}

function checkTypes({ tests }: KeyedWhere, schema: KeySchema): void {
  for (const { name, type } of keyAttributes(schema)) {
    const test = tests.get(name);
    const values: AttributeValue[] = test ? (test.operator === "between" ? [test.value, test.high] : [test.value]) : [];
    if (values.some((value) => typeOf(value) !== type))
      throw invalid(`Key attribute's data type should match its data type in table's schema: Key ${name}`);
  }
}
