import type { AttributeValue } from "../attributeValue.ts";
import type { KeyTest } from "../expressions/keyCondition.ts";
import type { Resolver } from "../expressions/placeholders.ts";
import type { Comparator, ConditionSyntax, OperandSyntax } from "../expressions/syntax.ts";
import type { KeySchema } from "../keys.ts";
import { keyAttributes } from "../keys.ts";

/** What a WHERE clause asks of keys, and what is left to ask of each item. */
export interface KeyedWhere {
  readonly tests: ReadonlyMap<string, KeyTest>;
  readonly rest: readonly ConditionSyntax[];
}

/** Finds the conditions on keys among those that AND joins. The sort key takes one; a second is left to the filter. */
export function keysOf(where: ConditionSyntax | undefined, resolver: Resolver, schema: KeySchema): KeyedWhere {
  return keysAmong(conjuncts(where), resolver, schema);
}

function keysAmong(conditions: readonly ConditionSyntax[], resolver: Resolver, schema: KeySchema): KeyedWhere {
  const tests = new Map<string, KeyTest>();
  const rest: ConditionSyntax[] = [];
  for (const condition of conditions) {
    const found = keyTest(condition, resolver);
    if (found && !tests.has(found.name) && isUsable(found.name, found.test, schema)) tests.set(found.name, found.test);
    else rest.push(condition);
  }
  return { tests, rest };
}

const maxBranches = 1_000;

/** The alternatives that OR and IN make of the keys; undefined: there are too many to read one by one. */
export function branchesOf(where: ConditionSyntax | undefined, resolver: Resolver, schema: KeySchema): KeyedWhere[] | undefined {
  const keys = new Set(keyAttributes(schema).map(({ name }) => name));
  return alternatives(where, keys)?.map((conditions) => keysAmong(conditions, resolver, schema));
}

function alternatives(condition: ConditionSyntax | undefined, keys: ReadonlySet<string>): ConditionSyntax[][] | undefined {
  if (!condition) return [[]];
  if (!namesKey(condition, keys)) return [[condition]];
  switch (condition.type) {
    case "and": {
      const [left, right] = [alternatives(condition.left, keys), alternatives(condition.right, keys)];
      if (!left || !right || left.length * right.length > maxBranches) return undefined;
      return left.flatMap((one) => right.map((other) => [...one, ...other]));
    }
    case "or": {
      const [left, right] = [alternatives(condition.left, keys), alternatives(condition.right, keys)];
      return left && right && left.length + right.length <= maxBranches ? [...left, ...right] : undefined;
    }
    case "in":
      return condition.options.map((right) => [{ type: "compare", comparator: "=", left: condition.operand, right }]);
    default:
      return [[condition]];
  }
}

/** Whether a condition, as it stands or within AND and OR, asks a key attribute itself. */
function namesKey(condition: ConditionSyntax, keys: ReadonlySet<string>): boolean {
  switch (condition.type) {
    case "and":
    case "or":
      return namesKey(condition.left, keys) || namesKey(condition.right, keys);
    case "in":
    case "between":
      return isKey(condition.operand, keys);
    case "compare":
      return isKey(condition.left, keys) || isKey(condition.right, keys);
    case "call":
      return condition.operands.some((operand) => isKey(operand, keys));
    case "not":
      return false;
  }
}

function isKey(operand: OperandSyntax, keys: ReadonlySet<string>): boolean {
  const name = nameOf(operand);
  return name !== undefined && keys.has(name);
}

/** Whether one of the conditions excludes sort keys (`NOT`, `<>`), beside which AWS lets alternatives overlap. */
export function isExcluding(conditions: readonly ConditionSyntax[], schema: KeySchema): boolean {
  const keys = new Set(schema.range.map(({ name }) => name));
  return conditions.some((condition) => {
    if (condition.type === "not") return namesKey(condition.condition, keys);
    return condition.type === "compare" && condition.comparator === "<>" && namesKey(condition, keys);
  });
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
