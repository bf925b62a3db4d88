import type { Json } from "../../../model/json.ts";
import type { Inspection, InspectQuery } from "../../../model/run.ts";
import type { Gauge } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { DynamoDb } from "./dynamodb.ts";
import { keyAttributes, pickKey } from "./keys.ts";
import { peekPage } from "./read.ts";
import type { Table } from "./table.ts";
import { parseItem, plainItem, writeItem } from "./storedItem.ts";

const maxColumns = 30;

/** View `items`: keys first, then every attribute that the page's items have; the filter is text anywhere in the item. */
export function inspectTable(dynamodb: DynamoDb, name: string, region: string, query: InspectQuery): Inspection {
  if (query.view !== "items") throw new AwsError("ValidationException", `DynamoDB has no view "${query.view}"; it has: items.`);
  const table = dynamodb.tables.get(region, name);
  const text = (query.filter ?? "").toLowerCase();
  const page = peekPage({
    table,
    index: undefined,
    isForward: true,
    isFetchingAll: false,
    isConsistent: false,
    limit: query.limit,
    startKey: query.cursor === undefined ? undefined : parseItem(query.cursor),
    filter: text === "" ? undefined : (item) => JSON.stringify(plainItem(item)).toLowerCase().includes(text),
  });
  const keys = keyAttributes(table.schema).map((attribute) => attribute.name);
  const others = new Set(page.items.flatMap((item) => Object.keys(item)).filter((attribute) => !keys.includes(attribute)));
  return {
    columns: [...keys, ...others].slice(0, maxColumns).map((attribute, position) => ({
      key: attribute,
      title: attribute,
      kind: position < keys.length ? "code" : "json",
    })),
    rows: page.items.map((item) => {
      const plain = plainItem(item);
      return { id: JSON.stringify(plainItem(pickKey(table.schema, item))), cells: plain, detail: detailOf(plain, item) };
    }),
    total: text === "" ? table.itemCount : null,
    ...(page.lastKey && { cursor: writeItem(page.lastKey) }),
  };
}

/** Both forms: as people read it, and as the wire has it, which an edit writes back without losing a type. */
function detailOf(plain: Json, item: Parameters<typeof writeItem>[0]): Json {
  const stored = JSON.parse(writeItem(item)) as { M: Json };
  return { item: plain, attributeValues: stored.M };
}

export function tableGauges(dynamodb: DynamoDb): Gauge[] {
  return dynamodb.tables.all().flatMap((table) => {
    const resource = dynamodb.tables.ref(table);
    return [
      { resource, name: "items", value: table.itemCount },
      { resource, name: "bytes", value: table.bytes },
      ...capacityGauges(table).map(([name, value]) => ({ resource, name, value })),
    ];
  });
}

/** Units a second; the capacity only where it is enforced. */
function capacityGauges({ meter }: Table): (readonly [string, number])[] {
  const { read, write, throttled } = meter.consumption();
  const limits = (["read", "write"] as const).flatMap((kind) => {
    const capacity = meter.capacity(kind);
    return capacity === null ? [] : [[`${kind}Capacity`, capacity] as const];
  });
  return [["readUnits", read], ["writeUnits", write], ...limits, ...(throttled > 0 ? [["throttledUnits", throttled] as const] : [])];
}
