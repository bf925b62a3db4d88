import { expect, test } from "vitest";
import { exampleFromCode } from "../../src/renderer/requests/exampleFromCode.ts";

test("the example follows the handler's own types, imported ones included", () => {
  const handler = 'const { customer, lines } = JSON.parse(event.body ?? "{}") as { customer?: string; lines?: OrderLine[] };';
  const types = 'export interface OrderLine {\n  product: string;\n  /** how many */\n  quantity: number;\n  kind: "gift" | "own";\n}';
  expect(exampleFromCode(handler, [types])).toEqual({ customer: "ada", lines: [{ product: "tea-01", quantity: 2, kind: "gift" }] });
});

test("without types, the names that are taken out of the body make the example", () => {
  expect(exampleFromCode("const { email, note } = JSON.parse(event.body);", [])).toEqual({
    email: "ada@example.com",
    note: "Hello from Contrail",
  });
});

test("a named type, or one on the variable, is looked up", () => {
  expect(exampleFromCode("type Job = { id: string; urgent: boolean };\nconst job: Job = JSON.parse(record.body);", [])).toEqual({
    id: "a-1",
    urgent: true,
  });
});

test("a type that contains itself ends", () => {
  const example = JSON.stringify(exampleFromCode("JSON.parse(body) as Tree; interface Tree { name: string; children: Tree[] }", []));
  expect(example.length).toBeLessThan(1000);
});

test("code that says nothing about its body gives no example", () => {
  expect(exampleFromCode("export const handler = async () => ({ statusCode: 200 });", [])).toBeUndefined();
  expect(exampleFromCode("const body = JSON.parse(event.body);", [])).toBeUndefined();
});

test("a function of the project's own that parses says the type between its brackets", () => {
  const handler = "const { customer, lines } = jsonOf<{ customer: string; lines: OrderLine[] }>(event);";
  expect(exampleFromCode(handler, ["interface OrderLine { quantity: number }"])).toEqual({ customer: "ada", lines: [{ quantity: 2 }] });
});
