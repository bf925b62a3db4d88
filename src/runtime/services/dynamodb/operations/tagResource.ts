import type { TagResourceInput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { taggedTable } from "../tags.ts";

export function tagResource(dynamodb: DynamoDb, input: TagResourceInput, _call: Call): void {
  const table = taggedTable(dynamodb, input.ResourceArn);
  const added = Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
  dynamodb.tables.update(table, { ...table.settings, tags: { ...table.settings.tags, ...added } });
}
