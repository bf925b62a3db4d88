import type { TagResourceInput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";
import { taggedTable, withTags } from "../tags.ts";

export function tagResource(dynamodb: DynamoDb, input: TagResourceInput, _call: Call): void {
  if (input.ResourceArn !== undefined && (input.Tags ?? []).length === 0) throw invalid("Atleast one Tag needs to be provided as Input.");
  const table = taggedTable(dynamodb, input.ResourceArn, "TagResource");
  dynamodb.tables.update(table, { ...table.settings, tags: withTags(table.settings.tags, input.Tags ?? []) });
}
