import type { Call } from "../../kernel/service.ts";
import type { AttributeValue, Item } from "./attributeValue.ts";
import type { DynamoDb } from "./dynamodb.ts";
import { conditionFailed, invalid } from "./errors.ts";
import type { Condition } from "./expressions/condition.ts";
import { readCondition } from "./expressions/condition.ts";
import type { Path } from "./expressions/paths.ts";
import { Placeholders } from "./expressions/placeholders.ts";
import type { Update } from "./expressions/update.ts";
import { readUpdate } from "./expressions/update.ts";
import type { EncodedKey } from "./keys.ts";
import { pickKey } from "./keys.ts";
import { readItem } from "./attributeValue.ts";
import { plainItem } from "./storedItem.ts";
import type { Table } from "./table.ts";

/** One checked change of one item: what PutItem, UpdateItem, DeleteItem and the parts of a transaction come down to. */
export interface Write {
  readonly table: Table;
  readonly key: EncodedKey;
  readonly condition: Condition | undefined;
  /** The item afterwards; undefined: none. */
  readonly change: (before: Item | undefined) => Item | undefined;
  readonly returnsItemOnFailure: boolean;
  /** What AWS says of an item that has become too large. */
  readonly sizeMessage?: string;
  /** Paths that an update names. */
  readonly paths: readonly Path[];
}

export interface Written {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

interface WriteInput {
  readonly ConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

export function readPut(table: Table, input: WriteInput & { readonly Item?: unknown }): Write {
  const placeholders = new Placeholders(input, { ConditionExpression: input.ConditionExpression });
  const condition = readCondition("ConditionExpression", input.ConditionExpression, placeholders);
  placeholders.checkAllUsed();
  const item = readItem(input.Item);
  return { table, key: table.keyOf(item), condition, change: () => item, returnsItemOnFailure: returnsItem(input), paths: [] };
}

export function readDelete(table: Table, input: WriteInput & { readonly Key?: unknown }): Write {
  const placeholders = new Placeholders(input, { ConditionExpression: input.ConditionExpression });
  const condition = readCondition("ConditionExpression", input.ConditionExpression, placeholders);
  placeholders.checkAllUsed();
  return {
    table,
    key: table.readKey(readItem(input.Key)),
    condition,
    change: () => undefined,
    returnsItemOnFailure: returnsItem(input),
    paths: [],
  };
}

export function readUpdateWrite(table: Table, input: WriteInput & { readonly Key?: unknown }): Write {
  const placeholders = new Placeholders(input, {
    UpdateExpression: input.UpdateExpression,
    ConditionExpression: input.ConditionExpression,
  });
  const update: Update = readUpdate(input.UpdateExpression, placeholders, table.schema);
  const condition = readCondition("ConditionExpression", input.ConditionExpression, placeholders);
  placeholders.checkAllUsed();
  const key = readItem(input.Key);
  return {
    table,
    key: table.readKey(key),
    condition,
    change: (before) => update.apply(before ?? key),
    returnsItemOnFailure: returnsItem(input),
    sizeMessage: "Item size to update has exceeded the maximum allowed size",
    paths: update.paths,
  };
}

/** A condition that a transaction checks without changing the item. */
export function readCheck(table: Table, input: WriteInput & { readonly Key?: unknown }): Write {
  if (input.ConditionExpression === undefined) throw invalid("The expression can not be empty;");
  return { ...readDelete(table, input), change: (before) => before };
}

/** Carries a write out: condition, sizes and index keys first, then the table. */
export function perform(write: Write): Written {
  const { table, key } = write;
  const before = table.get(key);
  if (write.condition && !write.condition(before?.item ?? {})) {
    throw conditionFailed(write.returnsItemOnFailure ? before?.item : undefined);
  }
  const after = write.change(before?.item);
  if (after === undefined) {
    if (before) table.delete(before);
  } else if (after !== before?.item) table.put(key, after, before, write.sizeMessage);
  return { before: before?.item, after };
}

/** Records what a write changed. Effects show items as plain JSON; the key is JSON text of the key attributes. */
export function recordWrite(dynamodb: DynamoDb, table: Table, { before, after }: Written, call: Call): void {
  const item = after ?? before;
  if (!item) return;
  call.effect({
    action: after ? "put" : "delete",
    resource: dynamodb.tables.ref(table),
    key: JSON.stringify(plainItem(pickKey(table.schema, item))),
    ...(before && { before: plainItem(before) }),
    ...(after && { after: plainItem(after) }),
  });
}

function returnsItem(input: WriteInput): boolean {
  return input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
}

/** Attributes of an answer; an empty one is left out. */
export function attributesOrNothing(item: Item | undefined): { Attributes?: Record<string, AttributeValue> } {
  return item === undefined || Object.keys(item).length === 0 ? {} : { Attributes: item };
}
