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

export function bind(statement: Statement, given: readonly unknown[] | undefined): Bound {
  const parameters = (given ?? []).map((value) => readValue(value));
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
