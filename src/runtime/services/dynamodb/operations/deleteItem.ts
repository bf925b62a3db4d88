import type { DeleteItemInput, DeleteItemOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { consumed, writeCapacity } from "../capacity.ts";
import { checkConstraints, commonConstraints, oneOf, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";
import { collectionMetrics } from "../itemCollection.ts";
import { attributesOrNothing, perform, readDelete, recordWrite, writeConstraints } from "../write.ts";

export function deleteItem(dynamodb: DynamoDb, input: DeleteItemInput, call: Call): DeleteItemOutput {
  checkConstraints([
    ...commonConstraints(input),
    required(input.Key, "key"),
    oneOf(input.ReturnValues, "returnValues", ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"]),
    oneOf(input.ReturnItemCollectionMetrics, "returnItemCollectionMetrics", ["SIZE", "NONE"]),
    ...writeConstraints(input),
  ]);
  if (input.ReturnValues !== undefined && input.ReturnValues !== "ALL_OLD" && input.ReturnValues !== "NONE")
    throw invalid("Return values set to invalid value");
  const read = readDelete(input);
  const write = read(dynamodb.tables.get(call.region, input.TableName ?? ""));
  const { table } = write;
  const written = perform(write, call);
  recordWrite(dynamodb, table, written, call);
  return {
    ...(input.ReturnValues === "ALL_OLD" && attributesOrNothing(written.before)),
    ...collectionMetrics(table, written, input.ReturnItemCollectionMetrics),
    ...(input.ReturnConsumedCapacity && {
      ConsumedCapacity: consumed(table, writeCapacity(table, written.before, written.after), input.ReturnConsumedCapacity),
    }),
  };
}
