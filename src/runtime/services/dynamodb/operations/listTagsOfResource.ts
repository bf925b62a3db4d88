import type { ListTagsOfResourceInput, ListTagsOfResourceOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { taggedTable } from "../tags.ts";

export function listTagsOfResource(dynamodb: DynamoDb, input: ListTagsOfResourceInput, _call: Call): ListTagsOfResourceOutput {
  checkConstraints([required(input.ResourceArn, "resourceArn")]);
  const { tags } = taggedTable(dynamodb, input.ResourceArn).settings;
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}
