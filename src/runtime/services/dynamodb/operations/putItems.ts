import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";
import { perform, readPut, recordWrite } from "../write.ts";

const maxItems = 1_000;

interface PutItemsInput {
  readonly TableName?: string | undefined;
  readonly Items?: readonly unknown[] | undefined;
}

/** Not an operation of AWS: what the Studio imports, in larger pieces than BatchWriteItem takes. All are checked before any is written. */
export function putItems(dynamodb: DynamoDb, input: PutItemsInput, call: Call): { readonly Count: number } {
  checkConstraints([...nameConstraints(input.TableName, "tableName"), required(input.Items, "items")]);
  const items = input.Items ?? [];
  if (items.length > maxItems) throw invalid(`PutItems takes up to ${maxItems} items at once, not ${items.length}.`);
  const table = dynamodb.tables.get(call.region, input.TableName ?? "");
  const writes = items.map((item) => readPut({ Item: item })(table));
  for (const write of writes) table.checkIndexKeys(write.change(() => undefined) ?? {});
  for (const write of writes) recordWrite(dynamodb, table, perform(write, call), call);
  return { Count: writes.length };
}
