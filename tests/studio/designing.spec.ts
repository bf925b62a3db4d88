// Drawing as a designer does it: in line, by copies, by lines into the void, and back through the history.
import type { Page } from "@playwright/test";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { card, command, endStudio, expect, picture, startStudio, test } from "./support.ts";

test.use({ openArguments: ["--no-run"] });

async function boxOf(page: Page, id: string) {
  const box = await card(page, id).boundingBox();
  if (box === null) throw new Error(`${id} is not on the canvas`);
  return box;
}

/** Presses on a card and moves the pointer by so much, in steps; the button stays down. */
async function dragBy(page: Page, id: string, by: { x: number; y: number }): Promise<void> {
  const box = await boxOf(page, id);
  const from = { x: box.x + 60, y: box.y + 14 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // the first pixels only say that this is a drag
  await page.mouse.move(from.x + 2, from.y + 2);
  await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 3 });
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 6 });
}

test("a dragged card stands in line with others, gives up with Escape, and leaves a copy with Alt", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(card(page, "Fulfil")).toBeVisible();

  // a few pixels beside the column of another card: drawn into it, with a line
  const orders = await boxOf(page, "Orders");
  const web = await boxOf(page, "GetOrder");
  await dragBy(page, "GetOrder", { x: orders.x - web.x + 4, y: 130 });
  await expect(page.locator("[data-guide=x]").first()).toBeVisible();
  await picture(page, "designing-1-guides", { isMoving: true });
  await page.mouse.up();
  expect(Math.abs((await boxOf(page, "GetOrder")).x - orders.x)).toBeLessThan(1);
  await expect(page.locator("[data-guide]")).toHaveCount(0);

  // given up
  const before = await boxOf(page, "GetOrder");
  await dragBy(page, "GetOrder", { x: -120, y: -60 });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await boxOf(page, "GetOrder")).toEqual(before);

  // copies with Alt: the card stays where it was
  await page.keyboard.down("Alt");
  await dragBy(page, "OrderQueue", { x: -180, y: -60 });
  await picture(page, "designing-2-copying", { isMoving: true });
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await expect(card(page, "OrderQueueCopy")).toBeVisible();
  await expect.poll(() => studio.read("template.yaml")).toContain("  OrderQueueCopy:\n    Type: AWS::SQS::Queue\n");

  // pushed with the keyboard, again and again: one step
  await card(page, "GetOrder").click();
  const pushed = await boxOf(page, "GetOrder");
  for (let time = 0; time < 3; time += 1) await page.keyboard.press("Alt+Shift+ArrowDown");
  expect((await boxOf(page, "GetOrder")).y).toBeGreaterThan(pushed.y + 80);
  // one step where the pushes follow each other closely; on a slow machine they may be three
  for (let time = 0; time < 3 && (await boxOf(page, "GetOrder")).y > pushed.y + 1; time += 1) await page.keyboard.press("ControlOrMeta+z");
  expect((await boxOf(page, "GetOrder")).y).toBeCloseTo(pushed.y, 0);
  expect(studio.complaints).toEqual([]);
});

test("a line dropped where nothing stands offers what may stand there, and one step takes it back", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(card(page, "Fulfil")).toBeVisible();
  const template = await studio.read("template.yaml");
  const box = await boxOf(page, "CreateOrder");
  await card(page, "CreateOrder").hover();
  await card(page, "CreateOrder").locator(".port[data-side=bottom]").hover();
  await page.mouse.down();
  await page.mouse.move(box.x + 30, box.y + 320, { steps: 8 });
  await page.mouse.up();
  const dialog = page.getByRole("dialog", { name: "Add after CreateOrder" });
  await expect(dialog).toBeVisible();
  await picture(page, "designing-3-dropped", { isMoving: true });
  await dialog.getByRole("combobox").fill("fifo may send");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "New name of FifoQueue" }).fill("Placed");
  await page.keyboard.press("Enter");
  await expect(card(page, "Placed")).toBeVisible();
  await expect.poll(() => studio.read("template.yaml")).toContain("!Ref Placed");
  expect(await studio.read("template.yaml")).toContain("Placed:\n    Type: AWS::SQS::Queue");
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => studio.read("template.yaml")).toBe(template);

  // the same by keyboard
  await card(page, "OrderQueue").click();
  await page.keyboard.press("Shift+C");
  await expect(page.getByRole("dialog", { name: "Add after OrderQueue" })).toBeVisible();
  await page.keyboard.press("Escape");
  expect(studio.complaints).toEqual([]);
});

test("a card under the pointer shows its neighbours", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await card(page, "OrderQueue").hover();
  await expect(card(page, "Web").locator(".card")).toHaveAttribute("data-dimmed", "true");
  await expect(card(page, "Fulfil").locator(".card")).toHaveAttribute("data-dimmed", "false");
  await picture(page, "designing-4-neighbours", { isMoving: true });
  await page.mouse.move(400, 860);
  await expect(card(page, "Web").locator(".card")).toHaveAttribute("data-dimmed", "false");
});

test("the history lists every step, goes to any of them, and is there after a reload", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await card(page, "OrderQueue").click();
  const template = await studio.read("template.yaml");
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "New name of OrderQueue" }).fill("Work");
  await page.keyboard.press("Enter");
  await expect(card(page, "Work")).toBeVisible();
  await dragBy(page, "Work", { x: 30, y: 60 });
  await page.mouse.up();
  await page.keyboard.press("Delete");
  await expect(card(page, "Work")).toBeHidden();
  await expect.poll(() => studio.read("template.yaml")).not.toContain("Work");

  await page.reload();
  await expect(card(page, "Fulfil")).toBeVisible();
  await expect(card(page, "Work")).toBeHidden();
  await page.getByRole("button", { name: "History" }).click();
  const history = page.getByRole("listbox", { name: "Steps of undo, newest first" });
  await expect(history.getByRole("option")).toHaveCount(4);
  await expect(history.getByRole("option").nth(0)).toContainText("Delete Work");
  await expect(history.getByRole("option").nth(1)).toContainText("Move Work");
  await expect(history.getByRole("option").nth(2)).toContainText("Rename OrderQueue to Work");
  await history.getByRole("option").nth(2).click();
  await expect(card(page, "Work")).toBeVisible();
  await picture(page, "designing-5-history");
  await history.focus();
  await page.keyboard.press("ArrowDown");
  await expect(card(page, "OrderQueue")).toBeVisible();
  await expect.poll(() => studio.read("template.yaml")).toBe(template);
  await page.keyboard.press("Home");
  await expect(card(page, "OrderQueue")).toBeHidden();
  await expect.poll(() => studio.read("template.yaml")).not.toContain("OrderQueue");
  await page.keyboard.press("End");
  await expect.poll(() => studio.read("template.yaml")).toBe(template);
  expect(studio.complaints).toEqual([]);
});

test("cards are grouped, named, coloured, collapsed to one card and locked; notes are Markdown; the template knows nothing of it", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.open();
  await expect(card(page, "Fulfil")).toBeVisible();
  const template = await studio.read("template.yaml");
  await card(page, "OrderQueue").click();
  await card(page, "OrderDLQ").click({ modifiers: ["Shift"] });
  await card(page, "Fulfil").click({ modifiers: ["Shift"] });
  await page.keyboard.press("ControlOrMeta+g");
  await page.getByRole("textbox", { name: "New name of the group" }).fill("Fulfilment");
  await page.keyboard.press("Enter");
  const group = card(page, "group:1");
  await expect(group).toContainText("Fulfilment");
  await group.getByText("Fulfilment").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Colour" }).click();
  await page.getByRole("menuitem", { name: "Violet" }).click();
  await expect.poll(() => studio.read(".contrail/canvas.json").catch(() => "")).toContain('"colour": "violet"');

  // a note, as Markdown
  await page.mouse.move(420, 560);
  await page.keyboard.press("n");
  await page
    .getByRole("textbox", { name: "Text of the note" })
    .fill("Checkout path\nAnswers once the order is **stored**; payment happens in `Fulfil`.\n- p95 under 200 ms");
  await page.keyboard.press("Tab");
  await expect(page.locator(".note-text strong")).toHaveText("stored");
  await expect(page.locator(".note-text li")).toHaveText("p95 under 200 ms");
  await picture(page, "designing-6-group");

  // the group moves with its members, by its name
  const before = await boxOf(page, "OrderDLQ");
  const name = await group.getByText("Fulfilment").boundingBox();
  await page.mouse.move(name!.x + 20, name!.y + 8);
  await page.mouse.down();
  await page.mouse.move(name!.x + 22, name!.y + 9);
  await page.mouse.move(name!.x - 20, name!.y + 40, { steps: 6 });
  await page.mouse.up();
  expect((await boxOf(page, "OrderDLQ")).y).toBeGreaterThan(before.y + 15);

  // a card that is let go on it joins it, in the same step as it was moved
  const dead = await boxOf(page, "OrderDLQ");
  const orders = await boxOf(page, "Orders");
  await dragBy(page, "Orders", { x: dead.x + dead.width + 30 - orders.x, y: dead.y - 10 - orders.y });
  await expect(page.locator(".group-box")).toHaveAttribute("data-joined", "true");
  await picture(page, "designing-6-joining", { isMoving: true });
  await page.mouse.up();
  await expect.poll(() => studio.read(".contrail/canvas.json")).toMatch(/"members": \[[^\]]*"Orders"/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => studio.read(".contrail/canvas.json")).not.toMatch(/"members": \[[^\]]*"Orders"/);
  await group.getByText("Fulfilment").click();

  // one card
  await page.keyboard.press("Shift+G");
  await expect(card(page, "OrderQueue")).toBeHidden();
  await expect(group).toContainText("3 resources");
  await expect(page.locator(".connection-path[data-bundle=false]").first()).toBeAttached();
  await picture(page, "designing-7-collapsed");
  await group.getByRole("button", { name: "Open Fulfilment" }).click();
  await expect(card(page, "OrderQueue")).toBeVisible();

  // locked, it stays where it is
  await page.keyboard.press("ControlOrMeta+Shift+l");
  const locked = await boxOf(page, "Fulfil");
  await page.keyboard.press("Alt+ArrowDown");
  expect(await boxOf(page, "Fulfil")).toEqual(locked);
  await page.keyboard.press("ControlOrMeta+Shift+l");

  // apart again; each of all that was one step
  await page.keyboard.press("ControlOrMeta+Shift+g");
  await expect(group).toBeHidden();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(group).toBeVisible();
  expect(await studio.read("template.yaml")).toBe(template);
  await page.reload();
  await expect(card(page, "group:1")).toContainText("Fulfilment");
  expect(studio.complaints).toEqual([]);
});

test("frames are presented one after the other, larger and stronger for a wall", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(card(page, "Fulfil")).toBeVisible();
  for (const [name, ids] of [
    ["Reading orders", ["OrdersApi", "GetOrder", "ListOrders"]],
    ["What fails", ["OrderQueue", "OrderDLQ", "Fulfil"]],
  ] as const) {
    const [first, ...others] = ids;
    await card(page, first).click();
    for (const other of others) await card(page, other).click({ modifiers: ["Shift"] });
    await page.keyboard.press("f");
    await page.getByRole("textbox", { name: "New name of the frame" }).fill(name);
    await page.keyboard.press("Enter");
  }
  await command(page, "Fit everything");
  await picture(page, "designing-8-frames");
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 400 } });
  await page.keyboard.press("p");
  await expect(page.getByRole("status").filter({ hasText: "Reading orders 1 of 2" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Explorer views" })).toBeHidden();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("status").filter({ hasText: "What fails 2 of 2" })).toBeVisible();
  await picture(page, "designing-9-presenting", { isMoving: true });
  await page.keyboard.press("Escape");
  await expect(page.getByRole("navigation", { name: "Explorer views" })).toBeVisible();
  await page.getByRole("button", { name: "Projector mode" }).click();
  await expect(page.getByRole("button", { name: "Projector mode" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "more");
  await page.keyboard.press("1");
  await picture(page, "designing-10-projector");
  expect(studio.complaints).toEqual([]);
});

test("cards are pasted with their code and references, within a project, into another, and from any text", async ({ studio }) => {
  const { page } = studio;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await studio.open();
  await card(page, "CreateOrder").click();
  await card(page, "OrderQueue").click({ modifiers: ["Shift"] });
  await card(page, "Orders").click({ modifiers: ["Shift"] });
  await page.keyboard.press("ControlOrMeta+c");
  await expect.poll(() => page.evaluate<string>("navigator.clipboard.readText()")).toContain("src/createOrder.ts");

  // beside the originals: copies speak of each other, and share the code
  await page.keyboard.press("ControlOrMeta+v");
  await expect(card(page, "CreateOrderCopy")).toBeVisible();
  await expect.poll(() => studio.read("template.yaml")).toContain("OrderQueueCopy:");
  const template = await studio.read("template.yaml");
  const copy = template.slice(template.indexOf("  CreateOrderCopy:"), template.indexOf("\nOutputs:"));
  expect(copy).toMatch(/OrderQueueCopy/);
  expect(copy).not.toMatch(/\bOrderQueue\b/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "CreateOrderCopy")).toBeHidden();

  // into another project: with the file of the handler and what that imports
  const other = path.join(path.dirname(studio.project), "other");
  await mkdir(other);
  await writeFile(path.join(other, "template.yaml"), "Resources: {}\n");
  const started = await startStudio(other, path.join(path.dirname(studio.project), "home2"), ["--no-run"]);
  try {
    const second = await page.context().newPage();
    await second.goto(started.url);
    await expect(second.getByText("Draw the first resource")).toBeVisible();
    await second.keyboard.press("ControlOrMeta+v");
    await expect(card(second, "CreateOrder")).toBeVisible();
    await expect.poll(() => readFile(path.join(other, "template.yaml"), "utf8")).toContain("  CreateOrder:");
    await expect
      .poll(() => readFile(path.join(other, "src/createOrder.ts"), "utf8").catch(() => ""))
      .toBe(await studio.read("src/createOrder.ts"));
    await picture(second, "designing-11-pasted");
    await second.close();
  } finally {
    await endStudio(started.process);
  }

  // a piece of a template from elsewhere, and plain words
  await page.bringToFront();
  await page.evaluate(`navigator.clipboard.writeText("Bills:\\n  Type: AWS::SQS::Queue\\n")`);
  await page.keyboard.press("ControlOrMeta+v");
  await expect(card(page, "Bills")).toBeVisible();
  await page.evaluate(`navigator.clipboard.writeText("Ask Ada about **this**")`);
  await page.keyboard.press("ControlOrMeta+v");
  await expect(page.locator(".note-text strong")).toHaveText("this");
  expect(studio.complaints).toEqual([]);
});

test("routes, keys and what a connection carries are changed where they are seen", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await card(page, "OrdersApi").getByText("/orders/{id}").dblclick();
  const route = page.getByRole("textbox", { name: "Route GET /orders/{id}" });
  await route.fill("GET orders");
  await expect(page.getByText("A method and a path, such as")).toBeVisible();
  await picture(page, "designing-12-route", { isMoving: true });
  await route.fill("get /v2/orders/{id}");
  await page.keyboard.press("Enter");
  await expect(card(page, "OrdersApi")).toContainText("/v2/orders/{id}");
  await expect.poll(() => studio.read("template.yaml")).toContain("/v2/orders/{id}");
  expect(await studio.read("template.yaml")).not.toContain("Path: /orders/{id}");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "OrdersApi")).not.toContainText("/v2/");

  // by keyboard: the keys of a table
  await card(page, "Orders").click();
  await page.keyboard.press("F4");
  await page.getByRole("textbox", { name: "Keys of Orders" }).fill("id, placedAt");
  await page.keyboard.press("Enter");
  await expect.poll(() => studio.read("template.yaml")).toMatch(/AttributeName: placedAt\s+KeyType: RANGE/);

  // what a line carries
  await page.locator('.react-flow__edge[data-id^="OrderQueue>Fulfil"] .react-flow__edge-interaction').click({ force: true });
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByRole("textbox", { name: "Batch size" }).fill("5");
  await page.keyboard.press("Enter");
  await expect.poll(() => studio.read("template.yaml")).toContain("BatchSize: 5");
  await inspector.getByRole("textbox", { name: "Filter" }).fill('{"body":{"total":[{"numeric":[">",10]}]}}');
  await page.keyboard.press("Enter");
  await expect.poll(() => studio.read("template.yaml")).toContain("FilterCriteria:");
  await expect(page.locator(".connection-label").filter({ hasText: "batch of 5 · filtered" })).toBeVisible();
  await picture(page, "designing-13-connection");
  expect(studio.complaints).toEqual([]);
});

test("the design is looked at for security, failure and cost, and one request path alone", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(card(page, "Fulfil")).toBeVisible();
  await page.getByRole("button", { name: "Layer: Data flow" }).click();
  await page.getByRole("menuitem", { name: "Security: who may call whom" }).click();
  await expect(card(page, "OrdersApi")).toContainText("open to everyone");
  await picture(page, "designing-14-security");
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 400 } });
  await page.keyboard.press("l");
  await expect(card(page, "OrderQueue")).toContainText("dead letters kept");
  await expect(page.locator(".connection-label").filter({ hasText: "3 tries" })).toBeAttached();
  await picture(page, "designing-15-failure");
  await page.keyboard.press("l");
  await expect(card(page, "OrdersApi")).toContainText("$1 / M");
  await page.keyboard.press("l");
  await expect(page.getByRole("button", { name: "Layer: Data flow" })).toBeVisible();

  await page.locator('.react-flow__edge[data-id*="OrdersApi>GetOrder"] .react-flow__edge-interaction').click({ force: true });
  await page.keyboard.press("Shift+F");
  await expect(page.getByRole("status").filter({ hasText: "GET /orders/{id} 4 resources" })).toBeVisible();
  await expect(card(page, "CreateOrder").locator(".card")).toHaveAttribute("data-dimmed", "true");
  await expect(card(page, "Orders").locator(".card")).toHaveAttribute("data-dimmed", "false");
  await picture(page, "designing-16-path");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(card(page, "CreateOrder").locator(".card")).toHaveAttribute("data-dimmed", "false");
  expect(studio.complaints).toEqual([]);
});

test("any type of CloudFormation is added by its name, and the outline lists what stands on the canvas", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await page.locator(".react-flow__pane").click({ position: { x: 300, y: 460 } });
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Add to the canvas" }).fill("elasticache::replication");
  await expect(page.getByRole("option", { name: "ElastiCache::ReplicationGroup" })).toBeVisible();
  await picture(page, "designing-17-other-types", { isMoving: true });
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "New name of ReplicationGroup" }).fill("Sessions");
  await page.keyboard.press("Enter");
  await expect.poll(() => studio.read("template.yaml")).toContain("Type: AWS::ElastiCache::ReplicationGroup");
  await page.keyboard.press("ControlOrMeta+g");
  await page.getByRole("textbox", { name: "New name of the group" }).fill("Memory");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ControlOrMeta+Shift+2");
  const item = page.getByRole("treeitem", { name: "Group Memory, 1 in it" });
  await expect(item).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("log", { name: "Selection" })).toHaveText("Group Memory, 1 in it");
  await picture(page, "designing-18-outline");
  await item.press("Delete");
  await expect(item).toBeHidden();
  await expect(card(page, "Sessions")).toBeHidden();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "Sessions")).toBeVisible();
  await expect(item).toBeVisible();
  expect(studio.complaints).toEqual([]);
});

test("a marquee takes what it goes around, and ⌘A everything; they are aligned by the inspector's tools", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  const first = await boxOf(page, "CreateOrder");
  const last = await boxOf(page, "ListOrders");
  await page.keyboard.down("Shift");
  await page.mouse.move(first.x - 14, first.y - 14);
  await page.mouse.down();
  await page.mouse.move(last.x + last.width + 6, last.y + last.height + 10, { steps: 6 });
  await picture(page, "designing-19-marquee", { isMoving: true });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByRole("heading", { name: "3 selected" })).toBeVisible();
  await page.keyboard.press("Alt+ArrowRight");
  await inspector.getByRole("button", { name: "Align: top" }).click();
  expect((await boxOf(page, "ListOrders")).y).toBeCloseTo((await boxOf(page, "CreateOrder")).y, 0);
  await picture(page, "designing-20-several");
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 400 } });
  await page.keyboard.press("ControlOrMeta+a");
  await expect(inspector.getByRole("heading", { name: "9 selected" })).toBeVisible();
  expect(studio.complaints).toEqual([]);
});

test.describe("many cards", () => {
  const queues = Array.from({ length: 60 }, (_, index) => `  Queue${index}:\n    Type: AWS::SQS::Queue\n`).join("");
  test.use({ files: { "template.yaml": `Resources:\n${queues}` } });

  test("from afar, where cards are plain shapes, a marquee takes them as well", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(page.getByRole("contentinfo")).toContainText("60 resources");
    await command(page, "Fit everything");
    await page.getByRole("button", { name: /^Zoom, / }).click();
    await page.getByRole("menuitem", { name: "50 %", exact: true }).click();
    await page.keyboard.press("-");
    await expect(page.locator(".react-flow__node")).toHaveCount(0);
    const pane = await page.locator(".react-flow__pane").boundingBox();
    await page.keyboard.down("Shift");
    await page.mouse.move(pane!.x + 5, pane!.y + 50);
    await page.mouse.down();
    await page.mouse.move(pane!.x + pane!.width - 20, pane!.y + pane!.height - 8, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await expect(page.getByRole("heading", { name: "60 selected" })).toBeVisible();
    await picture(page, "designing-21-afar");
    expect(studio.complaints).toEqual([]);
  });

  test.describe("with places", () => {
    const nodes = Object.fromEntries(
      queues.match(/Queue\d+/g)!.map((id, index) => [id, { x: (index % 10) * 260, y: Math.floor(index / 10) * 140 }]),
    );
    test.use({
      files: {
        "template.yaml": `Resources:\n${queues}`,
        ".contrail/canvas.json": JSON.stringify({ version: 1, nodes, notes: [] }),
      },
    });

    test("from afar a card is dragged too, and a press without a move selects it", async ({ studio }) => {
      const { page } = studio;
      await studio.open();
      await expect(page.getByRole("contentinfo")).toContainText("60 resources");
      await page.keyboard.press("1");
      await expect(page.locator(".react-flow__node")).toHaveCount(0);
      const pane = (await page.locator(".react-flow__pane").boundingBox())!;
      const { x, y, zoom } = await page.evaluate<{ x: number; y: number; zoom: number }>(
        `(({ e, f, a }) => ({ x: e, y: f, zoom: a }))(new DOMMatrix(getComputedStyle(document.querySelector(".react-flow__viewport")).transform))`,
      );
      const at = { x: pane.x + x + 88 * zoom, y: pane.y + y + 40 * zoom };
      await page.mouse.click(at.x, at.y);
      await expect(page.getByRole("heading", { name: "Queue0", exact: true })).toBeVisible();

      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      await page.mouse.move(at.x - 30, at.y - 40, { steps: 6 });
      await picture(page, "designing-22-dragged-afar", { isMoving: true });
      await page.mouse.up();
      const placeOf = async () =>
        (JSON.parse(await studio.read(".contrail/canvas.json")) as { nodes: Record<string, { x: number; y: number }> }).nodes["Queue0"]!;
      await expect.poll(async () => (await placeOf()).y).toBeLessThan(-60);
      expect(Math.abs((await placeOf()).x + 30 / zoom)).toBeLessThan(10 / zoom);
      // only the card went, not the canvas under it
      await expect(page.locator(".react-flow__viewport")).toHaveCSS("transform", `matrix(${zoom}, 0, 0, ${zoom}, ${x}, ${y})`);
      await page.keyboard.press("ControlOrMeta+z");
      await expect.poll(placeOf).toEqual({ x: 0, y: 0 });
      expect(studio.complaints).toEqual([]);
    });

    test("between two others a card finds the middle, and the equal gaps are shown", async ({ studio }) => {
      const { page } = studio;
      await studio.open();
      await expect(page.getByRole("contentinfo")).toContainText("60 resources");
      await command(page, "Queue11");
      await expect(card(page, "Queue11")).toBeInViewport({ ratio: 1 });
      await page.getByRole("button", { name: /^Zoom, / }).click();
      await page.getByRole("menuitem", { name: "100 %", exact: true }).click();
      // the canvas is on its way there until a card has the width that it is drawn in
      await expect.poll(async () => (await boxOf(page, "Queue11")).width).toBe(176);
      await expect(card(page, "Queue12")).toBeVisible();
      const before = await boxOf(page, "Queue11");
      // out of its row, and back a little beside where it stood
      await dragBy(page, "Queue11", { x: 30, y: 0 });
      await page.mouse.move(before.x + 60 + 4, before.y + 14 + 9, { steps: 4 });
      await expect(page.locator("[data-gap=x]")).toHaveCount(3);
      await expect(page.locator("[data-gap=x]").first()).toHaveText("84");
      await picture(page, "designing-23-equal-gaps", { isMoving: true });
      await page.mouse.up();
      await expect(page.locator("[data-gap]")).toHaveCount(0);
      expect((await boxOf(page, "Queue11")).x).toBeCloseTo(before.x, 0);
      expect(studio.complaints).toEqual([]);
    });
  });
});

test.describe("more cards than are in view or near it", () => {
  const queues = Array.from({ length: 200 }, (_, index) => `Queue${index}`);
  test.use({
    files: {
      "template.yaml": `Resources:\n${queues.map((id) => `  ${id}:\n    Type: AWS::SQS::Queue\n`).join("")}`,
      ".contrail/canvas.json": JSON.stringify({
        version: 1,
        nodes: Object.fromEntries(queues.map((id, index) => [id, { x: (index % 10) * 260, y: Math.floor(index / 10) * 140 }])),
        notes: [],
      }),
    },
  });

  test("what comes into view is drawn, and all that is selected moves along", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(page.getByRole("contentinfo")).toContainText("200 resources");
    await command(page, "Queue0");
    await expect(card(page, "Queue0")).toBeInViewport({ ratio: 1 });
    await expect(card(page, "Queue199")).toHaveCount(0);
    await page.locator(".react-flow__pane").hover({ position: { x: 20, y: 200 } });
    for (let turn = 0; turn < 8; turn++) await page.mouse.wheel(0, 300);
    await expect(card(page, "Queue0")).toHaveCount(0);
    await expect(page.locator(".react-flow__node").filter({ visible: true }).first()).toBeInViewport();

    await page.keyboard.press("ControlOrMeta+a");
    await expect(page.getByRole("heading", { name: "200 selected" })).toBeVisible();
    const dragged = page.locator(".react-flow__node").filter({ visible: true }).nth(4);
    const id = (await dragged.getAttribute("data-id"))!;
    await dragBy(page, id, { x: 60, y: 32 });
    await page.mouse.up();
    const places = async () =>
      (JSON.parse(await studio.read(".contrail/canvas.json")) as { nodes: Record<string, { x: number; y: number }> }).nodes;
    await expect.poll(async () => (await places())["Queue199"]!.x).toBeGreaterThan(9 * 260);
    const { Queue0: first, Queue199: last } = await places();
    expect({ x: last!.x - first!.x, y: last!.y - first!.y }).toEqual({ x: 9 * 260, y: 19 * 140 });
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(async () => (await places())["Queue199"]).toEqual({ x: 9 * 260, y: 19 * 140 });
    expect(studio.complaints).toEqual([]);
  });
});
