import type { ExecuteStatementInput, ExecuteStatementOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { consumed, writeCapacity } from "../capacity.ts";
import { atLeast, checkConstraints, oneOf } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";
import { bind, readParameters, readStatement, statementConstraints } from "../partiql/bound.ts";
import { checkSelectStatement, select } from "../partiql/select.ts";
import { readStatementWrite, returned, returningOf } from "../partiql/write.ts";
import { perform, recordWrite } from "../write.ts";

/** One PartiQL statement: a page of rows, or a change of one item. */
export function executeStatement(dynamodb: DynamoDb, input: ExecuteStatementInput, call: Call): ExecuteStatementOutput {
  checkConstraints([
    ...statementConstraints(input),
    oneOf(input.ReturnConsumedCapacity, "returnConsumedCapacity", ["INDEXES", "TOTAL", "NONE"]),
    oneOf(input.ReturnValuesOnConditionCheckFailure, "returnValuesOnConditionCheckFailure", ["ALL_OLD", "NONE"]),
    atLeast(input.Limit, "limit", 1),
  ]);
  const statement = readStatement(input.Statement);
  const bound = bind(statement, readParameters(input.Parameters));
  if (statement.type !== "select") {
    const find = () => dynamodb.tables.get(call.region, statement.source.table);
    const write = readStatementWrite(find, statement, bound, input.ReturnValuesOnConditionCheckFailure === "ALL_OLD");
    call.target(dynamodb.tables.ref(write.table));
    const written = perform(write, call);
    recordWrite(dynamodb, write.table, written, call);
    const item = returned(returningOf(statement), write, written);
    return {
      Items: item ? [item] : [],
      ...(input.ReturnConsumedCapacity && {
        ConsumedCapacity: consumed(write.table, writeCapacity(write.table, written.before, written.after), input.ReturnConsumedCapacity),
      }),
    };
  }
  if (statement.isCheck) throw invalid("EXISTS() is only supported within ExecuteTransaction");
  checkSelectStatement(statement, bound);
  const table = dynamodb.tables.get(call.region, statement.source.table);
  call.target(dynamodb.tables.ref(table));
  const page = select(table, statement, bound, {
    isConsistent: input.ConsistentRead ?? false,
    limit: input.Limit,
    nextToken: input.NextToken,
  });
  return {
    Items: [...page.items],
    ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
    ...(page.lastKey && { LastEvaluatedKey: page.lastKey }),
    ...(input.ReturnConsumedCapacity && { ConsumedCapacity: consumed(table, page.units, input.ReturnConsumedCapacity) }),
  };
}
