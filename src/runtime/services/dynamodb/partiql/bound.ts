import { lengthBetween } from "../constraints.ts";
import type { Constraint } from "../constraints.ts";
import type { AttributeValue } from "../attributeValue.ts";
import { readValue } from "../attributeValue.ts";
import { invalid } from "../errors.ts";
import { keeping } from "../expressions/kept.ts";
import type { Resolver } from "../expressions/placeholders.ts";
import { parseStatement } from "./parser.ts";
import { wireValue } from "./statementReader.ts";
import type { Statement } from "./syntax.ts";

const statements = keeping<Statement>();

export function readStatement(text: string | undefined): Statement {
  const known = text ?? "";
  return statements(known, () => parseStatement(known));
}

/** A statement with the values of this request in place of its question marks. */
export interface Bound {
  readonly resolver: Resolver;
  readonly parameters: readonly AttributeValue[];
}

export function readParameters(given: readonly unknown[] | undefined): AttributeValue[] {
  return (given ?? []).map((value) => {
    checkNumbers(value);
    return readValue(value);
  });
}

/** PartiQL reads numbers of parameters with exponents and scales of 32 bits before it looks at their magnitude. */
function checkNumbers(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [type, content] of Object.entries(value)) {
    if (type === "N") checkNumber(content);
    else if (type === "NS" && Array.isArray(content)) for (const element of content) checkNumber(element);
    else if (type === "L" && Array.isArray(content)) for (const element of content) checkNumbers(element);
    else if (type === "M" && typeof content === "object" && content !== null)
      for (const member of Object.values(content)) checkNumbers(member);
  }
}

const maxInteger = 2 ** 31 - 1;

function checkNumber(text: unknown): void {
  const match = typeof text === "string" ? /^[+-]?([0-9]*)\.?([0-9]*)[eE]([+-]?[0-9]+)$/.exec(text) : null;
  if (!match) return;
  const [, whole = "", fraction = "", power = "0"] = match;
  const scale = fraction.length - Number(power);
  if (Math.abs(Number(power)) > maxInteger || Math.abs(scale) > maxInteger)
    throw invalid(`The parameter cannot be converted to a numeric value: ${String(text)}`);
  // More than 32 bits hold: AWS takes it for a very small number.
  if (whole.length + fraction.length - scale > maxInteger)
    throw invalid("Number underflow. Attempting to store a number with magnitude smaller than supported range");
}

export function bind(statement: Statement, parameters: readonly AttributeValue[]): Bound {
  if (parameters.length !== statement.parameterCount) throw invalid("Number of parameters in request and statement don't match.");
  const values = statement.values.map((value) => (value.type === "constant" ? value.value : readValue(wireValue(value, parameters))));
  return {
    parameters,
    resolver: {
      path: (_kind, path) => path,
      value(_kind, name) {
        const value = values[Number(name)];
        if (!value) throw new Error(`A statement has no value ${name}`);
        return value;
      },
    },
  };
}

export function statementConstraints(
  statement: { readonly Statement?: string | undefined; readonly Parameters?: readonly unknown[] | undefined },
  at = "",
): Constraint[] {
  return [
    statement.Statement === undefined
      ? `Value null at '${at}statement' failed to satisfy constraint: Member must not be null`
      : lengthBetween(statement.Statement, `${at}statement`, 1, 8192),
    statement.Parameters?.length === 0
      ? `Value '[]' at '${at}parameters' failed to satisfy constraint: Member must have length greater than or equal to 1`
      : undefined,
  ];
}
