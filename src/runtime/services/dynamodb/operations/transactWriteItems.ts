import type {
  CancellationReason,
  ConsumedCapacity,
  TransactWriteItem,
  TransactWriteItemsInput,
  TransactWriteItemsOutput,
} from "@aws-sdk/client-dynamodb";
import { dynamodbLimits as limits } from "../../../../model/limits/dynamodb.ts";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { itemBytes } from "../attributeValue.ts";
import { addUnits, consumed, readCapacity, writeCapacity } from "../capacity.ts";
import type { Units } from "../capacity.ts";
import { checkConstraints, lengthBetween, oneOf, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";
import { canceled, reasonOf } from "../transactions.ts";
import type { Table } from "../table.ts";
import type { Write, Written } from "../write.ts";
import { perform, readCheck, readDelete, readPut, readUpdateWrite, recordWrite } from "../write.ts";

/** All or nothing; repeated with the same token within ten minutes it does nothing more. */
export function transactWriteItems(dynamodb: DynamoDb, input: TransactWriteItemsInput, call: Call): TransactWriteItemsOutput {
  const items = input.TransactItems ?? [];
  checkConstraints([
    required(input.TransactItems, "transactItems"),
    input.TransactItems && items.length === 0
      ? "Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1"
      : undefined,
    items.length > limits.transactionItems.value
      ? `Value '[${items.length} items]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to ${limits.transactionItems.value}`
      : undefined,
    lengthBetween(input.ClientRequestToken, "clientRequestToken", 1, 36),
    oneOf(input.ReturnConsumedCapacity, "returnConsumedCapacity", ["INDEXES", "TOTAL", "NONE"]),
    oneOf(input.ReturnItemCollectionMetrics, "returnItemCollectionMetrics", ["SIZE", "NONE"]),
  ]);
  const writes = readWrites(dynamodb, items, call);
  const isRepeated = dynamodb.requestTokens.wasDone(input, call.now());
  if (isRepeated)
    return answer(
      writes,
      writes.map((write) => ({ before: undefined, after: write.table.get(write.key)?.item })),
      input,
      true,
    );
  const written = performAll(dynamodb, writes, call, () => dynamodb.requestTokens.remember(input, call.now()));
  for (const [position, write] of writes.entries()) {
    const change = written[position];
    if (change && !write.isCheck) recordWrite(dynamodb, write.table, change, call);
  }
  return answer(writes, written, input, false);
}

type TransactWrite = Write & { readonly isCheck: boolean };

function readWrites(dynamodb: DynamoDb, items: readonly TransactWriteItem[], call: Call): TransactWrite[] {
  const seen = new Set<string>();
  const writes = items.map((item): TransactWrite => {
    const [kind, ...others] = [item.ConditionCheck, item.Put, item.Delete, item.Update].filter((part) => part !== undefined);
    if (!kind || others.length > 0) {
      throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    const write = readPart(() => dynamodb.tables.get(call.region, kind.TableName ?? ""), item);
    const key = `${write.table.id}/${write.key.hash.toString("base64")}/${write.key.range.toString("base64")}`;
    if (seen.has(key)) throw invalid("Transaction request cannot include multiple operations on one item");
    seen.add(key);
    return { ...write, isCheck: item.ConditionCheck !== undefined };
  });
  return writes;
}

function readPart(table: () => Table, item: TransactWriteItem): Write {
  if (item.ConditionCheck) return readCheck(table, item.ConditionCheck);
  if (item.Put) return readPut(table, item.Put);
  if (item.Delete) return readDelete(table, item.Delete);
  return readUpdateWrite(table, item.Update ?? {});
}

/** Tries every part, so that each can say why it would fail; one failure takes all back. */
function performAll(dynamodb: DynamoDb, writes: readonly TransactWrite[], call: Call, remember: () => void): Written[] {
  const reasons: CancellationReason[] = [];
  const written: Written[] = [];
  try {
    dynamodb.database
      .transaction(() => {
        for (const write of writes) {
          try {
            written.push(perform(write, call));
            reasons.push({ Code: "None" });
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            reasons.push(reasonOf(error));
          }
        }
        if (reasons.some((reason) => reason.Code !== "None")) throw canceled(reasons);
        const bytes = written.reduce(
          (sum, { before, after }) => sum + Math.max(before ? itemBytes(before) : 0, after ? itemBytes(after) : 0),
          0,
        );
        if (bytes > limits.transactionBytes.value) {
          throw invalid("Collection size of items in the transaction cannot exceed 4MB");
        }
        remember();
      })
      .immediate();
  } catch (error) {
    for (const table of new Set(writes.map((write) => write.table))) table.recount();
    throw error;
  }
  return written;
}

function answer(
  writes: readonly TransactWrite[],
  written: readonly Written[],
  input: TransactWriteItemsInput,
  isRepeated: boolean,
): TransactWriteItemsOutput {
  if (!input.ReturnConsumedCapacity || input.ReturnConsumedCapacity === "NONE") return {};
  const units = new Map<Table, Units>();
  for (const [position, { table }] of writes.entries()) {
    const { before, after } = written[position] ?? {};
    // A repeated request only reads.
    const one = isRepeated
      ? readCapacity(2 * Math.max(1, Math.ceil((after ? itemBytes(after) : 0) / 4096)))
      : writeCapacity(table, before, after, 2);
    units.set(table, addUnits(units.get(table), one));
  }
  const capacities = [...units].map(([table, sum]): ConsumedCapacity | undefined =>
    consumed(table, sum, input.ReturnConsumedCapacity, isRepeated ? "ReadCapacityUnits" : "WriteCapacityUnits"),
  );
  return { ConsumedCapacity: capacities.filter((capacity) => capacity !== undefined) };
}
