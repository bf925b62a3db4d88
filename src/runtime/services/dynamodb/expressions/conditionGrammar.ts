import type { ConditionSyntax } from "./syntax.ts";

// What conditions of expressions and of PartiQL have in common: OR binds weakest, then AND, then NOT.

/** Functions of conditions and how many operands each takes. */
export const operandCounts: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

export interface ConditionReader {
  takeKeyword(keyword: string): boolean;
  nested<Result>(read: () => Result): Result;
}

export interface ConditionGrammar {
  /** What stands between the operators: in parentheses, or a comparison and the like. */
  readonly primary: () => ConditionSyntax;
  /** Called behind each operator. */
  readonly onOperator: (operator: "OR" | "AND" | "NOT") => void;
}

export function readAlternatives(reader: ConditionReader, grammar: ConditionGrammar): ConditionSyntax {
  let condition = readAll(reader, grammar);
  while (reader.takeKeyword("OR")) {
    grammar.onOperator("OR");
    condition = { type: "or", left: condition, right: readAll(reader, grammar) };
  }
  return condition;
}

function readAll(reader: ConditionReader, grammar: ConditionGrammar): ConditionSyntax {
  let condition = readNegatable(reader, grammar);
  while (reader.takeKeyword("AND")) {
    grammar.onOperator("AND");
    condition = { type: "and", left: condition, right: readNegatable(reader, grammar) };
  }
  return condition;
}

function readNegatable(reader: ConditionReader, grammar: ConditionGrammar): ConditionSyntax {
  if (!reader.takeKeyword("NOT")) return grammar.primary();
  grammar.onOperator("NOT");
  return { type: "not", condition: reader.nested(() => readNegatable(reader, grammar)) };
}
