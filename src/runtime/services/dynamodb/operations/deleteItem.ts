import type { DeleteItemInput, DeleteItemOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { readDelete } from "../write.ts";
import { writeWholeItem } from "./wholeItem.ts";

export function deleteItem(dynamodb: DynamoDb, input: DeleteItemInput, call: Call): DeleteItemOutput {
  return writeWholeItem(dynamodb, input, required(input.Key, "key"), () => readDelete(input), call);
}
