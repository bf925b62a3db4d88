import type { GetItemInput, GetItemOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { readItem } from "../attributeValue.ts";
import { consumed } from "../capacity.ts";
import { checkConstraints, commonConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import { readProjection } from "../expressions/projection.ts";
import { checkKeysWhole } from "../keyPaths.ts";
import { readItemAt } from "../read.ts";
import { attributesToGetConstraint, checkParameters, getParameters, readAttributesToGet } from "../legacy/parameters.ts";

export function getItem(dynamodb: DynamoDb, input: GetItemInput, call: Call): GetItemOutput {
  checkConstraints([...commonConstraints(input), required(input.Key, "key"), attributesToGetConstraint(input.AttributesToGet)]);
  checkParameters(input, getParameters);
  const key = readItem(input.Key);
  const placeholders = new Placeholders(input);
  const projection = readAttributesToGet(input.AttributesToGet) ?? readProjection(input.ProjectionExpression, placeholders);
  placeholders.checkAllUsed();
  const table = dynamodb.tables.get(call.region, input.TableName ?? "");
  const encoded = table.readKey(key);
  checkKeysWhole(table, projection?.paths ?? []);
  const { found, units } = readItemAt(table, encoded, input.ConsistentRead ?? false);
  return {
    ...(found && { Item: projection ? projection.apply(found.item) : found.item }),
    ...(input.ReturnConsumedCapacity && { ConsumedCapacity: consumed(table, units, input.ReturnConsumedCapacity) }),
  };
}
