import { invalid } from "../errors.ts";
import type { TypeName } from "../attributeValue.ts";
import { operandCounts, readAlternatives } from "../expressions/conditionGrammar.ts";
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

/** What follows WHERE. */
export function readWhere(reader: StatementReader): ConditionSyntax {
  return readAlternatives(reader, {
    onOperator(operator) {
      if (operator !== "NOT" && reader.token.type === "end") throw notWellFormed("Missing right-hand side expression of infix operator");
    },
    primary() {
      if (!reader.takeSign("(")) return readSimple(reader);
      const condition = reader.nested(() => readWhere(reader));
      reader.expectSign(")");
      return condition;
    },
  });
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
  if (reader.takeKeyword("IN")) {
    // A value may also be looked for in what an attribute holds.
    if (reader.isName()) return negated({ type: "call", name: "contains", operands: [readOperand(reader), left] });
    return negated({ type: "in", operand: left, options: readOptions(reader) });
  }
  if (isNegated) throw reader.unexpected();
  const comparator = reader.token.type === "sign" ? comparators[reader.token.text] : undefined;
  if (comparator !== undefined) {
    reader.skip();
    const right = readOperand(reader);
    return isTest(left) ? compareTest(reader, left, comparator, right) : { type: "compare", comparator, left, right };
  }
  if (!isTest(left)) throw reader.unexpected();
  return left;
}

type Test = Extract<OperandSyntax, { type: "call" }>;

/** A function that is true or false by itself. */
function isTest(operand: OperandSyntax): operand is Test {
  return operand.type === "call" && operand.name !== "size";
}

/** `attribute_exists(a) = true` */
function compareTest(reader: StatementReader, test: Test, comparator: Comparator, right: OperandSyntax): ConditionSyntax {
  const value = right.type === "value" ? reader.values[Number(right.name)] : undefined;
  const isWanted = value?.type === "constant" && "BOOL" in value.value ? value.value.BOOL : undefined;
  if (isWanted === undefined || (comparator !== "=" && comparator !== "<>")) throw reader.unexpected();
  return isWanted === (comparator === "=") ? test : { type: "not", condition: test };
}

/** `IS [NOT] MISSING`, `IS [NOT] NULL` or another type. */
function readIs(reader: StatementReader, operand: OperandSyntax): ConditionSyntax {
  const isNegated = reader.takeKeyword("NOT");
  if (reader.takeKeyword("MISSING"))
    return { type: "call", name: isNegated ? "attribute_exists" : "attribute_not_exists", operands: [operand] };
  const type = attributeTypes[readTypeName(reader)];
  if (type === undefined) throw invalid("Unsupported data type for IS operator");
  reader.values.push({ type: "constant", value: { S: type } });
  const condition: ConditionSyntax = {
    type: "call",
    name: "attribute_type",
    operands: [operand, { type: "value", name: String(reader.values.length - 1) }],
  };
  return isNegated ? { type: "not", condition } : condition;
}

/** Types of PartiQL that attributes have. */
const attributeTypes: Readonly<Record<string, TypeName>> = {
  NULL: "NULL",
  BOOL: "BOOL",
  BOOLEAN: "BOOL",
  STRING: "S",
  NUMERIC: "N",
  BLOB: "B",
  LIST: "L",
  STRUCT: "M",
  TUPLE: "M",
};

/** Types of PartiQL that have other names or none among attributes. */
const otherTypes = new Set(
  "ANY BAG BIGINT CHAR CHARACTER CLOB DATE DEC DECIMAL DOUBLE FLOAT INT INT2 INT4 INT8 INTEGER INTEGER2 INTEGER4 INTEGER8 REAL SEXP SMALLINT SYMBOL TIME TIMESTAMP VARCHAR".split(
    " ",
  ),
);

/** The name of a type in upper case; two of them have two words. */
export function readTypeName(reader: StatementReader): string {
  const name = reader.token.type === "word" ? reader.token.text.toUpperCase() : "";
  if (attributeTypes[name] === undefined && !otherTypes.has(name)) throw notWellFormed("Expected type name");
  reader.skip();
  if (name === "DOUBLE" && !reader.takeKeyword("PRECISION")) throw notWellFormed("Expected type name");
  if (name === "CHARACTER") reader.takeKeyword("VARYING");
  return name;
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
  if (["AND", "BETWEEN", "IN", "IS", "LIKE", "OR"].some((operator) => reader.isKeyword(operator)))
    throw notWellFormed("Unexpected operator");
  if (["FROM", "ORDER", "RETURNING", "SET", "WHERE"].some((keyword) => reader.isKeyword(keyword)))
    throw notWellFormed("Unexpected keyword");
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
