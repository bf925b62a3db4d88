// A stranger's first quarter of an hour: sees the example, sends a request, follows it, stops it, changes code and a resource.
import { readdir } from "node:fs/promises";
import {
  card,
  dockTab,
  chooseTarget,
  expect,
  openRunning,
  picture,
  replaceText,
  replaceWord,
  runStatus,
  sendButton,
  test,
  textOf,
} from "./support.ts";

test("a request is sent, travels, and is followed hop by hop", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await expect(page.locator(".react-flow__node")).toHaveCount(9);
  await expect(page.locator(".connection-path")).toHaveCount(11);
  await expect(page).toHaveURL(/^[^?]*\/$/);
  await picture(page, "story-1-canvas");

  await card(page, "OrdersApi").click();
  await expect(page.getByLabel("Path and query")).toHaveValue("/orders");
  const travels = page.evaluate<boolean>(somethingIsDrawn);
  await sendButton(page).click();
  await expect(page.getByText("201 Created")).toBeVisible();
  expect(await travels).toBe(true);
  await expect(card(page, "CreateOrder")).toContainText("1 call");
  await expect(card(page, "Orders")).toContainText("1 item");
  await expect(card(page, "Fulfil")).toContainText("1 call");
  await picture(page, "story-2-answer");

  await page.getByRole("button", { name: "Open trace" }).click();
  const hops = page.getByRole("tree", { name: "Hops" });
  await expect(hops.getByRole("treeitem", { name: /Fulfil/ }).first()).toBeVisible();
  await expect(hops.getByRole("treeitem", { name: /UpdateItem/ })).toBeVisible();
  await hops.getByRole("treeitem", { name: /PutItem/ }).click();
  await page.getByRole("tab", { name: "Item" }).click();
  await expect(page.getByLabel("Before and after")).toContainText("placed");
  await picture(page, "story-3-trace");
  expect(studio.complaints).toEqual([]);
  expect(await readdir(studio.project)).toEqual(expect.not.arrayContaining(["canvas.json"]));
});

/** In the page: true once the layer of moving messages shows one; false after ten seconds without. */
const somethingIsDrawn = `new Promise((resolve) => {
  const canvas = document.querySelector("canvas[data-layer=messages]");
  const end = performance.now() + 10_000;
  const look = () => {
    const pixels = canvas.width === 0 ? [] : canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    if (pixels.some((byte) => byte !== 0)) resolve(true);
    else if (performance.now() > end) resolve(false);
    else requestAnimationFrame(look);
  };
  look();
})`;

test("step mode holds each hop: the message is edited, dropped, failed; a breakpoint holds a connection", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await chooseTarget(page, "POST /orders");
  const bar = page.getByRole("toolbar", { name: "Held hop" });
  const held = page.getByRole("dialog", { name: /^Held/ });
  const item = page.getByRole("dialog", { name: "Held: PutItem of Orders" });
  const stepUntil = async (locator: typeof item): Promise<void> => {
    await expect(held).toBeVisible();
    while (!(await locator.isVisible())) {
      const before = await held.getAttribute("aria-label");
      await bar.getByRole("button", { name: /^Step/ }).click();
      await expect.poll(async () => ((await held.isVisible()) ? held.getAttribute("aria-label") : before)).not.toBe(before);
    }
  };

  // given a request that waits before its item is stored
  await page.keyboard.press("F8");
  await sendButton(page).click();
  await stepUntil(item);
  await expect(runStatus(page)).toContainText("Stopped before PutItem");
  await picture(page, "story-4-held");

  // when its message is edited
  const message = await textOf(page, "Message of the held hop");
  await replaceText(page, "Message of the held hop", message.replace('"ada"', '"Grace Hopper"'));
  await expect(item).toContainText("1 value changed");
  await item.getByRole("button", { name: "Send edited" }).click();
  await bar.getByRole("button", { name: /^Continue/ }).click();

  // then the edited item is stored
  await expect(page.getByText("201 Created")).toBeVisible();
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await page
    .getByRole("region", { name: "Tables" })
    .getByRole("button", { name: /^Orders/ })
    .click();
  await expect(page.getByRole("grid")).toContainText("Grace Hopper");
  await page.getByRole("tab", { name: "Canvas" }).click();

  // a dropped message answers as one that was lost, a failed one with the chosen error
  await chooseTarget(page, "POST /orders");
  await page.keyboard.press("F8");
  await sendButton(page).click();
  await stepUntil(item);
  await bar.getByRole("button", { name: "Fail with…" }).click();
  await page.getByRole("button", { name: "AccessDeniedException" }).click();
  await picture(page, "story-5-fail");
  await page.getByRole("button", { name: "Fail the hop" }).click();
  await expect(item).toBeHidden();
  await page.keyboard.press("F5");
  await expect(held).toBeHidden();

  await expect(page.getByText("500 Internal Server Error").or(page.getByText("503"))).toBeVisible();

  // a breakpoint on a connection holds what comes over it
  await page.locator('.react-flow__edge[data-id*="OrderQueue"][data-id*="Fulfil"]').click({ button: "right", force: true });
  await page.getByRole("menuitem", { name: /Stop every message on it/ }).click();
  await sendButton(page).click();
  await expect(page.getByRole("dialog", { name: "Held: Invoke of Fulfil" })).toBeVisible();
  await picture(page, "story-6-breakpoint");

  // dropped there, the message was received and stays in flight until its visibility ends; then it comes again
  await bar.getByRole("button", { name: "Drop" }).click();
  await expect(held).toBeHidden();
  await expect(card(page, "OrderQueue")).toContainText("1 in flight");
  await page.getByRole("button", { name: "Skip to the next due thing" }).click();
  await expect(page.getByRole("dialog", { name: "Held: Invoke of Fulfil" })).toBeVisible();
  await page.getByRole("dialog", { name: "Held: Invoke of Fulfil" }).getByRole("button", { name: "Continue" }).click();
  await expect(held).toBeHidden();
  await expect(card(page, "OrderQueue")).not.toContainText("in flight");
  expect(studio.complaints).toEqual([]);
});

test("a handler and a resource are edited, and the change runs", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  const templateBefore = await studio.read("template.yaml");
  await chooseTarget(page, "POST /orders");
  // the example body is complete once the handler's code has been read
  await expect(page.getByText("tea-01")).toBeVisible();
  await sendButton(page).click();
  await expect(page.getByText("201 Created")).toBeVisible();

  // the handler
  await card(page, "CreateOrder").dblclick();
  await expect(page.getByRole("tab", { name: /createOrder\.ts/ })).toBeVisible();
  await expect(page.locator(".view-line").first()).toContainText("import");
  await picture(page, "story-7-code");
  await page.locator(".view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+End");
  await replaceWord(page, "201", "202");
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => studio.read("src/createOrder.ts")).toContain("answer(202");
  await chooseTarget(page, "POST /orders");
  await expect(async () => {
    await sendButton(page).click();
    await expect(page.getByText("202 Accepted")).toBeVisible({ timeout: 1_500 });
  }).toPass();

  // a syntax error: told, and the old code keeps answering
  await page.locator(".view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("const = 1;");
  await page.keyboard.press("ControlOrMeta+s");
  await dockTab(page, "Problems").click();
  await expect(page.getByRole("region", { name: "src/createOrder.ts" })).toContainText(/expected|Expected/i);
  await expect(runStatus(page)).toContainText("CreateOrder does not build");
  await picture(page, "story-8-syntax-error");
  await dockTab(page, "Requests").click();
  await sendButton(page).click();
  await expect(page.getByText("202 Accepted")).toBeVisible();
  await page.locator(".view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.press("Delete");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(dockTab(page, "Problems")).toHaveText("Problems");

  // the resource
  await page.getByRole("tab", { name: "Canvas" }).click();
  await card(page, "OrderQueue").click();
  await page.getByRole("textbox", { name: "Visibility timeout" }).fill("30");
  await page.keyboard.press("Enter");
  const templateAfter = templateBefore.replace("VisibilityTimeout: 60", "VisibilityTimeout: 30");
  await expect.poll(() => studio.read("template.yaml")).toBe(templateAfter);
  await expect(runStatus(page)).toContainText("OrderQueue changed");
  await expect(card(page, "OrderQueue")).toContainText("visible 30 s");
  await expect(card(page, "Orders")).toContainText(/[3-9] items/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => studio.read("template.yaml")).toBe(templateBefore);
  expect(studio.complaints).toEqual([]);
});
