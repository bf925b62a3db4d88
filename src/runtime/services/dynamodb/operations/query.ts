import type { QueryInput, QueryOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { readItem } from "../attributeValue.ts";
import { atLeast, checkConstraints, commonConstraints } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";
import { readCondition } from "../expressions/condition.ts";
import { readKeyCondition } from "../expressions/keyCondition.ts";
import type { Path } from "../expressions/paths.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import { readProjection } from "../expressions/projection.ts";
import { keyAttributes } from "../keys.ts";
import { refuseLegacy } from "../legacy.ts";
import { checkStartKey, readPage } from "../read.ts";
import { answerPage, indexOf, readSelect, selectConstraint } from "../select.ts";

export function query(dynamodb: DynamoDb, input: QueryInput, call: Call): QueryOutput {
  checkConstraints([...commonConstraints(input), selectConstraint(input.Select), atLeast(input.Limit, "limit", 1)]);
  refuseLegacy(input, ["KeyConditions", "QueryFilter", "AttributesToGet", "ConditionalOperator"]);
  const table = dynamodb.tables.get(call.region, input.TableName ?? "");
  const index = indexOf(table, input);
  const placeholders = new Placeholders(input, {
    FilterExpression: input.FilterExpression,
    KeyConditionExpression: input.KeyConditionExpression,
    ProjectionExpression: input.ProjectionExpression,
  });
  if (input.KeyConditionExpression === undefined) {
    throw invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  }
  const projection = readProjection(input.ProjectionExpression, placeholders);
  const filteredPaths: Path[] = [];
  const filter = readCondition("FilterExpression", input.FilterExpression, placeholders, filteredPaths);
  const schema = index?.schema ?? table.schema;
  const range = readKeyCondition(input.KeyConditionExpression, placeholders, schema);
  placeholders.checkAllUsed();
  const keys = keyAttributes(schema).map((attribute) => attribute.name);
  const filteredKey = filteredPaths.map(([name]) => name).find((name) => typeof name === "string" && keys.includes(name));
  if (filteredKey !== undefined)
    throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${filteredKey}`);
  const select = readSelect(table, index, input, projection);
  const startKey = input.ExclusiveStartKey && readItem(input.ExclusiveStartKey);
  if (startKey) checkStartKey(table, index, startKey, range);
  const page = readPage({
    table,
    index,
    range,
    filter,
    startKey,
    isForward: input.ScanIndexForward ?? true,
    limit: input.Limit,
    isFetchingAll: select.isFetchingAll,
  });
  return answerPage(table, index, input, select, page);
}
