import { expect, test } from "vitest";
import type { TableQuery } from "../../../src/model/tableQuery.ts";
import { account } from "./account.ts";

async function orders(count: number) {
  const { runtime, create } = await account();
  await create("orders", "customer:S number:N");
  for (let from = 0; from < count; from += 1_000) {
    const Items = Array.from({ length: Math.min(1_000, count - from) }, (_, position) => ({
      customer: { S: `c${(from + position) % 10}` },
      number: { N: String(from + position) },
      note: { [position % 2 === 0 ? "S" : "N"]: "7" },
    }));
    const { error } = await runtime.invokeAsStudio({ service: "dynamodb", operation: "PutItems", input: { TableName: "orders", Items } });
    expect(error).toBeNull();
  }
  const look = (query: Partial<TableQuery>, limit = 100, cursor?: string) =>
    runtime.inspect("dynamodb", "orders", runtime.region, {
      view: "query",
      limit,
      filter: JSON.stringify({ index: null, key: null, isBackward: false, filters: [], ...query }),
      ...(cursor !== undefined && { cursor }),
    });
  return { runtime, look };
}

test("a view of a large table looks at a part of it, whatever is asked", async () => {
  const { look } = await orders(6_000);
  const nothing = await look({ filters: [{ attribute: "note", operator: "=", value: "nowhere" }] });
  expect(nothing).toMatchObject({ rows: [], total: null, looked: 5_000 });
  const rest = await look({ filters: [{ attribute: "note", operator: "=", value: "nowhere" }] }, 100, nothing.cursor);
  expect(rest).toMatchObject({ rows: [], looked: 1_000 });
  expect(rest.cursor).toBeUndefined();
  const page = await look({});
  expect(page).toMatchObject({ total: 6_000, looked: 100 });
  expect(page.rows).toHaveLength(100);
});

test("a query finds one partition's range, backwards too, and a filter what its text may mean", async () => {
  const { look } = await orders(200);
  const between = { operator: "between", values: ["10", "40"] } as const;
  const numbers = async (query: Partial<TableQuery>) => (await look(query)).rows.map((row) => row.cells["number"]);
  expect(await numbers({ key: { partition: ["c3"], sort: between } })).toEqual([13, 23, 33]);
  expect(await numbers({ key: { partition: ["c3"], sort: between }, isBackward: true })).toEqual([33, 23, 13]);
  expect(
    await numbers({ key: { partition: ["c3"], sort: null }, filters: [{ attribute: "number", operator: ">", value: "170" }] }),
  ).toEqual([173, 183, 193]);
  expect(await numbers({ filters: [{ attribute: "note", operator: "<>", value: "7" }] })).toEqual([]);
  await expect(look({ key: { partition: ["c3"], sort: { operator: "=", values: ["three"] } } })).rejects.toThrow(
    "The parameter cannot be converted to a numeric value: three",
  );
  await expect(look({ index: "byDay" })).rejects.toThrow("The table does not have the specified index: byDay");
});
