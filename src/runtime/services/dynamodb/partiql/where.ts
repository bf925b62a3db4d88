import type { AttributeValue } from "../attributeValue.ts";
import type { KeyTest } from "../expressions/keyCondition.ts";
import type { Resolver } from "../expressions/placeholders.ts";
import type { Comparator, ConditionSyntax, OperandSyntax } from "../expressions/syntax.ts";
import type { KeySchema } from "../keys.ts";

/** What a WHERE clause asks of keys, and what is left to ask of each item. */
export interface KeyedWhere {
  readonly tests: ReadonlyMap<string, KeyTest>;
  /** Values of the partition key by `IN`, one partition each. */
  readonly partitions: readonly AttributeValue[] | undefined;
  readonly rest: readonly ConditionSyntax[];
}

/** Finds the conditions on keys among those that AND joins. The sort key takes one; a second is left to the filter. */
export function keysOf(where: ConditionSyntax | undefined, resolver: Resolver, schema: KeySchema): KeyedWhere {
  const tests = new Map<string, KeyTest>();
  const rest: ConditionSyntax[] = [];
  let partitions: readonly AttributeValue[] | undefined;
  const isHash = (name: string): boolean => schema.hash.some((attribute) => attribute.name === name);
  for (const condition of conjuncts(where)) {
    const found = keyTest(condition, resolver);
    const listed = found || schema.hash.length > 1 ? undefined : listedValues(condition, resolver);
    if (found && !tests.has(found.name) && isUsable(found.name, found.test, schema)) tests.set(found.name, found.test);
    else if (listed && isHash(listed.name) && !partitions) partitions = listed.values;
    else rest.push(condition);
  }
  return { tests, partitions, rest };
}

/** Partition keys by equality; a sort key attribute in any way, the last of several. */
function isUsable(name: string, test: KeyTest, schema: KeySchema): boolean {
  if (schema.hash.some((attribute) => attribute.name === name)) return test.operator === "=";
  return schema.range.some((attribute) => attribute.name === name) && (schema.range.length === 1 || test.operator === "=");
}

function conjuncts(condition: ConditionSyntax | undefined): ConditionSyntax[] {
  if (!condition) return [];
  return condition.type === "and" ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

const turned: Readonly<Record<Comparator, Comparator>> = { "=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

function keyTest(condition: ConditionSyntax, resolver: Resolver): { readonly name: string; readonly test: KeyTest } | undefined {
  switch (condition.type) {
    case "compare": {
      if (condition.comparator === "<>") return undefined;
      const isTurned = condition.left.type === "value";
      const name = nameOf(isTurned ? condition.right : condition.left);
      const value = valueOf(isTurned ? condition.left : condition.right, resolver);
      const operator = isTurned ? turned[condition.comparator] : condition.comparator;
      return name === undefined || !value ? undefined : { name, test: { operator, value } };
    }
    case "between": {
      const name = nameOf(condition.operand);
      const [value, high] = [valueOf(condition.low, resolver), valueOf(condition.high, resolver)];
      return name === undefined || !value || !high ? undefined : { name, test: { operator: "between", value, high } };
    }
    case "call": {
      const [path, start] = condition.operands;
      const name = path && nameOf(path);
      const value = start && valueOf(start, resolver);
      if (condition.name !== "begins_with" || name === undefined || !value) return undefined;
      return { name, test: { operator: "begins_with", value } };
    }
    default:
      return undefined;
  }
}

function listedValues(
  condition: ConditionSyntax,
  resolver: Resolver,
): { readonly name: string; readonly values: AttributeValue[] } | undefined {
  if (condition.type !== "in") return undefined;
  const name = nameOf(condition.operand);
  const values = condition.options.map((option) => valueOf(option, resolver));
  if (name === undefined || values.includes(undefined)) return undefined;
  return { name, values: values.filter((value) => value !== undefined) };
}

function nameOf(operand: OperandSyntax): string | undefined {
  if (operand.type !== "path" || operand.path.length > 1) return undefined;
  const [name] = operand.path;
  return typeof name === "string" ? name : undefined;
}

function valueOf(operand: OperandSyntax, resolver: Resolver): AttributeValue | undefined {
  return operand.type === "value" ? resolver.value("Statement", operand.name) : undefined;
}

/** All of them at once. */
export function joined(conditions: readonly ConditionSyntax[]): ConditionSyntax | undefined {
  return conditions.reduce<ConditionSyntax | undefined>(
    (all, condition) => (all ? { type: "and", left: all, right: condition } : condition),
    undefined,
  );
}
