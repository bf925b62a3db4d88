import type { ConditionGrammar } from "./conditionGrammar.ts";
import { operandCounts, readAlternatives } from "./conditionGrammar.ts";
import type { Comparator, ConditionSyntax, ExpressionKind, OperandSyntax } from "./syntax.ts";
import { TokenReader } from "./tokens.ts";

const comparators: readonly Comparator[] = ["=", "<>", "<=", ">=", "<", ">"];

const updateFunctions: readonly string[] = ["if_not_exists", "list_append"];
const maxInOperands = 100;

/** Condition, filter and key condition expressions. */
export function parseCondition(kind: ExpressionKind, text: string): ConditionSyntax {
  const reader = new TokenReader(kind, text);
  // What stood between parentheses, since AWS refuses a second pair around it.
  const parenthesized = new Set<ConditionSyntax>();
  const grammar: ConditionGrammar = {
    onOperator: () => reader.countOperator(),
    primary() {
      if (!reader.takeIf("(")) return readSimple(reader);
      const condition = reader.nested(() => readAlternatives(reader, grammar));
      reader.expect(")");
      if (parenthesized.has(condition)) reader.defer("The expression has redundant parentheses;");
      parenthesized.add(condition);
      return condition;
    },
  };
  const condition = readAlternatives(reader, grammar);
  reader.expectEnd();
  return condition;
}

function readSimple(reader: TokenReader): ConditionSyntax {
  const left = reader.operand();
  if (reader.takeKeyword("BETWEEN")) {
    reader.countOperator();
    const low = reader.operand();
    if (!reader.takeKeyword("AND")) throw reader.syntaxError();
    return { type: "between", operand: asOperand(reader, left), low: asOperand(reader, low), high: asOperand(reader, reader.operand()) };
  }
  if (reader.takeKeyword("IN")) {
    reader.countOperator();
    reader.expect("(");
    const options: OperandSyntax[] = [];
    do options.push(asOperand(reader, reader.operand()));
    while (reader.takeIf(","));
    reader.expect(")");
    if (options.length > maxInOperands) {
      reader.defer(`The IN operator is provided with too many operands; number of operands: ${options.length}`);
    }
    return { type: "in", operand: asOperand(reader, left), options };
  }
  const comparator = comparators.find((sign) => reader.isAt(sign));
  if (comparator !== undefined) {
    reader.skip();
    reader.countOperator();
    return { type: "compare", comparator, left: asOperand(reader, left), right: asOperand(reader, reader.operand()) };
  }
  if (left.type !== "call") throw reader.syntaxError();
  checkCall(reader, left.name, left.operands);
  if (left.name === "size") notThisWay(reader, left.name);
  return left;
}

/** Of the functions only size gives a value. */
function asOperand(reader: TokenReader, operand: OperandSyntax): OperandSyntax {
  if (operand.type !== "call") return operand;
  checkCall(reader, operand.name, operand.operands);
  if (operand.name !== "size" && operandCounts[operand.name] !== undefined) notThisWay(reader, operand.name);
  return operand;
}

function checkCall(reader: TokenReader, name: string, operands: readonly OperandSyntax[]): void {
  const count = operandCounts[name];
  if (count === undefined) {
    reader.defer(
      updateFunctions.includes(name)
        ? `The function is not allowed in a condition expression; function: ${name}`
        : `Invalid function name; function: ${name}`,
    );
  } else if (operands.length !== count) {
    reader.defer(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  if ((name === "attribute_exists" || name === "attribute_not_exists") && operands[0]?.type !== "path") {
    reader.defer(`Operator or function requires a document path; operator or function: ${name}`);
  }
  for (const operand of operands) asOperand(reader, operand);
}

function notThisWay(reader: TokenReader, name: string): void {
  reader.defer(`The function is not allowed to be used this way in an expression; function: ${name}`);
}
