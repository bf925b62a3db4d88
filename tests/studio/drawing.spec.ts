import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { card, command, expect, openRunning, picture, runStatus, test } from "./support.ts";

test.describe("opened without running", () => {
  test.use({ openArguments: ["--no-run"] });

  test("opening and looking writes nothing", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(page.locator(".react-flow__node")).toHaveCount(9);
    await card(page, "OrderQueue").click();
    await page.getByRole("tab", { name: "Connections" }).click();
    await command(page, "Template beside the canvas");
    await expect(page.locator(".view-line").first()).toBeVisible();
    // the story begins without the example's places
    const copied = (await readdir(path.resolve("resources/examples/orders"))).filter((name) => name !== ".contrail");
    expect((await readdir(studio.project)).toSorted()).toEqual(copied.toSorted());
    expect(await studio.read("template.yaml")).toBe(await readFile("resources/examples/orders/template.yaml", "utf8"));
    await page.getByRole("button", { name: /^Run/ }).first().click();
    await expect(runStatus(page)).toContainText("Running");
  });
});

test("a queue is drawn, connected, renamed, deleted, and everything is undone", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  const template = await studio.read("template.yaml");

  // from the palette, by drag
  await page
    .getByRole("button", { name: "Queue", exact: true })
    .dragTo(page.getByRole("application", { name: "Canvas" }).or(page.locator(".react-flow")).first(), {
      targetPosition: { x: 420, y: 440 },
    });
  await page.getByRole("textbox", { name: "New name of Queue" }).fill("Invoices");
  await page.keyboard.press("Enter");
  await expect(card(page, "Invoices")).toBeVisible();
  await expect.poll(() => studio.read("template.yaml")).toContain("  Invoices:\n    Type: AWS::SQS::Queue\n");
  await expect.poll(() => studio.read(".contrail/canvas.json").catch(() => "")).toContain('"Invoices"');

  // connected: what was written is shown
  await card(page, "CreateOrder").hover();
  const from = card(page, "CreateOrder").locator(".port[data-side=bottom]");
  await from.hover();
  await page.mouse.down();
  const to = await card(page, "Invoices").boundingBox();
  await page.mouse.move(to!.x + 40, to!.y + 20, { steps: 8 });
  await picture(page, "drawing-1-connecting", { isMoving: true });
  await page.mouse.up();
  // a function may send to a queue, or have it as a destination: what is meant most is offered first
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByRole("complementary", { name: "Inspector" })).toContainText("Connection");
  await expect(page.getByRole("complementary", { name: "Inspector" })).toContainText("SQSSendMessagePolicy");
  await expect.poll(() => studio.read("template.yaml")).toContain("!Ref Invoices");
  await picture(page, "drawing-2-connected");

  // an illegal one says why
  const illegal = await card(page, "Invoices").boundingBox();
  await card(page, "Orders").hover();
  await card(page, "Orders").locator(".port[data-side=bottom]").hover();
  await page.mouse.down();
  await page.mouse.move(illegal!.x + 40, illegal!.y + 20, { steps: 8 });
  await picture(page, "drawing-2-illegal", { isMoving: true });
  await page.mouse.up();
  await expect(page.getByText("Not connected")).toBeVisible();

  // renamed with every reference
  await card(page, "Invoices").click();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "New name of Invoices" }).fill("Bills");
  await page.keyboard.press("Enter");
  await expect(card(page, "Bills")).toBeVisible();
  await expect.poll(() => studio.read("template.yaml")).not.toContain("Invoices");
  expect(await studio.read("template.yaml")).toContain("!Ref Bills");
  await expect(runStatus(page)).toContainText("Running");

  // deleted, and everything undone, one step per gesture: naming is part of drawing
  await page.keyboard.press("Delete");
  await expect(card(page, "Bills")).toBeHidden();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "Bills")).toBeVisible();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("ControlOrMeta+z");
  await expect(page.locator(".react-flow__node")).toHaveCount(9);
  await expect.poll(() => studio.read("template.yaml")).toBe(template);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(page.locator(".react-flow__node")).toHaveCount(10);
  expect(studio.complaints).toEqual([]);
});

test("a resource is added by its name, copied and duplicated; notes, tidy and fit", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await page.locator(".react-flow__pane").click({ position: { x: 300, y: 420 } });
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Add to the canvas" }).fill("fifo");
  await picture(page, "drawing-3-quick-add", { isMoving: true });
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "New name of FifoQueue" }).press("Enter");
  await expect(card(page, "FifoQueue")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+d");
  await expect(card(page, "FifoQueueCopy")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+c");
  await page.keyboard.press("ControlOrMeta+v");
  await expect(card(page, "FifoQueueCopy2")).toBeVisible();

  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Text of the note" }).fill("Warehouse\nowned by the fulfilment team");
  await page.keyboard.press("Tab");
  await expect(page.getByText("owned by the fulfilment team")).toBeVisible();
  await expect.poll(() => studio.read(".contrail/canvas.json").catch(() => "")).toContain("Warehouse");
  await command(page, "Tidy: lay out automatically");
  await command(page, "Fit everything");
  await picture(page, "drawing-4-tidy");

  // a drawn position lands in the canvas file and nowhere else
  const template = await studio.read("template.yaml");
  const before = await studio.read(".contrail/canvas.json");
  const box = await card(page, "Web").boundingBox();
  await page.mouse.move(box!.x + 30, box!.y + 20);
  await page.mouse.down();
  await page.mouse.move(box!.x + 60, box!.y + 90, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => studio.read(".contrail/canvas.json")).not.toBe(before);
  expect(await studio.read("template.yaml")).toBe(template);
});

test.describe("nothing yet", () => {
  test.use({ files: { "template.yaml": "Resources: {}\n" }, openArguments: ["--no-run"] });

  test("what is drawn first stays where it was put, and has its first name as if drawn under it", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(page.getByText("Draw the first resource")).toBeVisible();
    const drawn = page.getByRole("button", { name: "Function", exact: true });
    await drawn.dragTo(page.locator(".react-flow").first(), { targetPosition: { x: 200, y: 120 } });
    await page.getByRole("textbox", { name: "New name of Function" }).fill("BookSeat");
    await page.keyboard.press("Enter");
    await expect(card(page, "BookSeat")).toContainText("bookSeat");
    const place = (await page.locator(".react-flow").first().boundingBox())!;
    const box = (await card(page, "BookSeat").boundingBox())!;
    expect(Math.abs(box.x + box.width / 2 - place.x - 200)).toBeLessThan(8);
    expect(Math.abs(box.y + 26 - place.y - 120)).toBeLessThan(8);

    // its code has the name; what lay under the other is gone
    await expect.poll(() => studio.read("src/bookSeat.ts").catch(() => "")).toContain("Hello from BookSeat");
    await expect.poll(() => studio.read("src/function.ts").catch(() => "gone")).toBe("gone");
    await expect.poll(() => studio.read("template.yaml")).toContain("Handler: bookSeat.handler");

    // code that was opened is somebody's: a later name leaves it where it is
    await card(page, "BookSeat").dblclick();
    await expect(page.getByRole("tab", { name: /bookSeat\.ts/ })).toBeVisible();
    await page.getByRole("tab", { name: "Canvas" }).click();
    await card(page, "BookSeat").click();
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "New name of BookSeat" }).fill("Book");
    await page.keyboard.press("Enter");
    await expect.poll(() => studio.read("template.yaml")).toMatch(/Book:[^]*Handler: bookSeat\.handler/);
    expect(await studio.read("src/bookSeat.ts")).toContain("Hello from BookSeat");

    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(page.getByText("Draw the first resource")).toBeVisible();
    expect(studio.complaints).toEqual([]);
  });
});
