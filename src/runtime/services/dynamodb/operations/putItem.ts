import type { PutItemInput, PutItemOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { readPut } from "../write.ts";
import { writeWholeItem } from "./wholeItem.ts";

export function putItem(dynamodb: DynamoDb, input: PutItemInput, call: Call): PutItemOutput {
  return writeWholeItem(dynamodb, input, required(input.Item, "item"), () => readPut(input), call);
}
