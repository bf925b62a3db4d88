import { invalid } from "../errors.ts";
import type { Comparator, ConditionSyntax, OperandSyntax } from "../expressions/syntax.ts";
import { notWellFormed } from "./errors.ts";
import type { StatementReader } from "./statementReader.ts";

const comparators: Readonly<Record<string, Comparator>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<=": "<=",
  ">=": ">=",
  "<": "<",
  ">": ">",
};

/** Functions of conditions and how many operands each takes. */
const operandCounts: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

/** What follows WHERE: OR binds weakest, then AND, then NOT. */
export function readWhere(reader: StatementReader): ConditionSyntax {
  let condition = readAnd(reader);
  while (reader.takeKeyword("OR")) condition = { type: "or", left: condition, right: readAnd(reader) };
  return condition;
}

function readAnd(reader: StatementReader): ConditionSyntax {
  let condition = readNot(reader);
  while (reader.takeKeyword("AND")) condition = { type: "and", left: condition, right: readNot(reader) };
  return condition;
}

function readNot(reader: StatementReader): ConditionSyntax {
  if (reader.takeKeyword("NOT")) return { type: "not", condition: reader.nested(() => readNot(reader)) };
  if (!reader.takeSign("(")) return readSimple(reader);
  const condition = reader.nested(() => readWhere(reader));
  reader.expectSign(")");
  return condition;
}

function readSimple(reader: StatementReader): ConditionSyntax {
  const left = readOperand(reader);
  if (reader.takeKeyword("IS")) return readIs(reader, left);
  const isNegated = reader.takeKeyword("NOT");
  const negated = (condition: ConditionSyntax): ConditionSyntax => (isNegated ? { type: "not", condition } : condition);
  if (reader.takeKeyword("BETWEEN")) {
    const low = readOperand(reader);
    if (!reader.takeKeyword("AND")) throw reader.unexpected();
    return negated({ type: "between", operand: left, low, high: readOperand(reader) });
  }
  if (reader.takeKeyword("IN")) return negated({ type: "in", operand: left, options: readOptions(reader) });
  if (isNegated) throw reader.unexpected();
  const comparator = reader.token.type === "sign" ? comparators[reader.token.text] : undefined;
  if (comparator !== undefined) {
    reader.skip();
    return { type: "compare", comparator, left, right: readOperand(reader) };
  }
  if (left.type !== "call" || left.name === "size") throw reader.unexpected();
  return left;
}

/** `IS [NOT] MISSING`, `IS [NOT] NULL`. */
function readIs(reader: StatementReader, operand: OperandSyntax): ConditionSyntax {
  const isNegated = reader.takeKeyword("NOT");
  if (reader.takeKeyword("MISSING"))
    return { type: "call", name: isNegated ? "attribute_exists" : "attribute_not_exists", operands: [operand] };
  if (!reader.takeKeyword("NULL")) throw reader.unexpected();
  reader.values.push({ type: "constant", value: { S: "NULL" } });
  const condition: ConditionSyntax = {
    type: "call",
    name: "attribute_type",
    operands: [operand, { type: "value", name: String(reader.values.length - 1) }],
  };
  return isNegated ? { type: "not", condition } : condition;
}

function readOptions(reader: StatementReader): OperandSyntax[] {
  const end = reader.takeSign("[") ? "]" : ")";
  if (end === ")") reader.expectSign("(");
  const options: OperandSyntax[] = [];
  do options.push(readOperand(reader));
  while (reader.takeSign(","));
  reader.expectSign(end);
  return options;
}

function readOperand(reader: StatementReader): OperandSyntax {
  if (reader.isValue()) return { type: "value", name: reader.value() };
  const { token } = reader;
  if (token.type !== "word" || !reader.isSign("(", 1)) return { type: "path", path: reader.path() };
  const name = token.text.toLowerCase();
  const count = operandCounts[name];
  if (count === undefined) throw invalid(`Unrecognized function: ${name} at ${reader.position(token)}`);
  reader.skip();
  reader.skip();
  const operands: OperandSyntax[] = [];
  if (!reader.isSign(")")) {
    do operands.push(reader.nested(() => readOperand(reader)));
    while (reader.takeSign(","));
  }
  if (!reader.takeSign(")")) throw notWellFormed("Unexpected term");
  if (operands.length !== count) {
    throw invalid(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  if ((name === "attribute_exists" || name === "attribute_not_exists") && operands[0]?.type !== "path")
    throw invalid(`Operator or function requires a document path; operator or function: ${name}`);
  return { type: "call", name, operands };
}
