import type { OperandSyntax, PathSyntax, SetValueSyntax, UpdateSyntax } from "./syntax.ts";
import { TokenReader } from "./tokens.ts";

const sections = ["SET", "REMOVE", "ADD", "DELETE"] as const;

/** `SET a = :a, b.c = b.c + :one REMOVE d ADD e :e DELETE f :f`: each section once, in any order. */
export function parseUpdate(text: string): UpdateSyntax {
  const reader = new TokenReader("UpdateExpression", text);
  const set: { path: PathSyntax; value: SetValueSyntax }[] = [];
  const remove: { path: PathSyntax }[] = [];
  const add: { path: PathSyntax; value: OperandSyntax }[] = [];
  const drop: { path: PathSyntax; value: OperandSyntax }[] = [];
  const read = {
    SET: () => set.push(readSet(reader)),
    REMOVE: () => remove.push({ path: reader.path() }),
    ADD: () => add.push({ path: reader.path(), value: readValue(reader) }),
    DELETE: () => drop.push({ path: reader.path(), value: readValue(reader) }),
  };
  const seen = new Set<string>();
  do {
    const section = sections.find((name) => name === reader.keyword());
    if (!section) throw reader.syntaxError();
    if (seen.has(section)) throw reader.error(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    reader.skip();
    do read[section]();
    while (reader.takeIf(","));
  } while (sections.some((name) => name === reader.keyword()));
  reader.expectEnd();
  return { set, remove, add, delete: drop };
}

function readSet(reader: TokenReader): { path: PathSyntax; value: SetValueSyntax } {
  const path = reader.path();
  reader.expect("=");
  const left = checked(reader, readParenthesized(reader));
  for (const operator of ["+", "-"] as const) {
    if (!reader.takeIf(operator)) continue;
    return { path, value: { type: "arithmetic", operator, left, right: checked(reader, readParenthesized(reader)) } };
  }
  return { path, value: left };
}

function readParenthesized(reader: TokenReader): OperandSyntax {
  if (!reader.takeIf("(")) return reader.operand();
  const operand = reader.nested(() => readParenthesized(reader));
  reader.expect(")");
  return operand;
}

function readValue(reader: TokenReader): OperandSyntax {
  const operand = reader.operand();
  if (operand.type !== "value") throw reader.syntaxError();
  return operand;
}

function checked(reader: TokenReader, operand: OperandSyntax): OperandSyntax {
  if (operand.type !== "call") return operand;
  const { name, operands } = operand;
  if (name !== "if_not_exists" && name !== "list_append") {
    const isKnown = ["attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"].includes(name);
    throw reader.error(
      isKnown ? `The function is not allowed in an update expression; function: ${name}` : `Invalid function name; function: ${name}`,
    );
  }
  if (operands.length !== 2) {
    throw reader.error(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  if (name === "if_not_exists" && operands[0]?.type !== "path") {
    throw reader.error("Operator or function requires a document path; operator or function: if_not_exists");
  }
  for (const inner of operands) checked(reader, inner);
  return operand;
}
