import { textBytes, valueBytes } from "../attributeValue.ts";
import type { Resolver } from "./placeholders.ts";
import type { OperandSyntax, PathSyntax, SetValueSyntax, UpdateSyntax } from "./syntax.ts";

// What UpdateItem counts against an item's 400 KB beside the finished item: the statement itself. Neither the key nor what the
// statement leaves alone is in it, each clause has a fixed price. AWS does not document it; measured on AWS in 2026.

const kind = "UpdateExpression";
const base = 3;
const writing = 19;
const removing = 1;
const prices = { "+": 34, "-": 37, if_not_exists: 39, list_append: 37 } as const;

/** Bytes of an update expression whose names and values are known to be defined. */
export function updateCost(syntax: UpdateSyntax, resolver: Resolver): number {
  let cost = base;
  for (const { path, value } of syntax.set) cost += writing + target(path, resolver) + operand(value, resolver);
  for (const { path, value } of syntax.add) cost += writing + target(path, resolver) + operand(value, resolver);
  for (const { path } of syntax.remove) cost += removing + target(path, resolver);
  for (const { path } of syntax.delete) cost += removing + target(path, resolver);
  return cost;
}

function target(path: PathSyntax, resolver: Resolver): number {
  return resolver.path(kind, path).reduce<number>((sum, part, position) => sum + (position === 0 ? 0 : 4) + textBytes(String(part)), 0);
}

function operand(syntax: SetValueSyntax, resolver: Resolver): number {
  switch (syntax.type) {
    case "value":
      return valueBytes(resolver.value(kind, syntax.name));
    case "path":
      return resolver.path(kind, syntax.path).reduce<number>((sum, part) => sum + 14 + textBytes(String(part)), 1);
    case "arithmetic":
      return prices[syntax.operator] + operands([syntax.left, syntax.right], resolver);
    case "call":
      return (syntax.name === "if_not_exists" ? prices.if_not_exists : prices.list_append) + operands(syntax.operands, resolver);
  }
}

function operands(all: readonly OperandSyntax[], resolver: Resolver): number {
  return all.reduce((sum, one) => sum + operand(one, resolver), 0);
}
