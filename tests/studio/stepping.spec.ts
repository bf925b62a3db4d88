// Back to what was, and once more from there: earlier hops while one is held, and a hop sent anew as a trace of its own.
import { card, chooseTarget, dockTab, expect, openRunning, picture, replaceText, sendButton, test, textOf } from "./support.ts";

test("Back shows earlier hops of the held trace, and nothing goes on meanwhile", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await chooseTarget(page, "POST /orders");
  await page.keyboard.press("F8");
  await sendButton(page).click();
  for (const hop of ["POST /orders of OrdersApi", "Invoke of CreateOrder"]) {
    await expect(page.getByRole("dialog", { name: `Held: ${hop}` })).toBeVisible();
    await page.keyboard.press("F10");
  }
  const held = page.getByRole("dialog", { name: "Held: PutItem of Orders" });
  await expect(held).toBeVisible();
  const message = await textOf(page, "Message of the held hop");
  await replaceText(page, "Message of the held hop", message.replace('"ada"', '"Grace Hopper"'));

  await page.keyboard.press("Shift+F10");
  const past = page.getByRole("dialog", { name: "Looking back: hop 2 of 3" });
  await expect(past).toContainText("CreateOrder");
  await expect(past).toContainText("FunctionName");
  await expect(held).toBeHidden();
  await picture(page, "step-back");
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("dialog", { name: "Looking back: hop 1 of 3" })).toContainText("POST /orders");
  // before the first there is none
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("dialog", { name: "Looking back: hop 1 of 3" })).toBeVisible();
  await expect(card(page, "Orders")).toContainText("0 items");

  // forth again; the edit is still there
  await page.keyboard.press("F10");
  await page.keyboard.press("F10");
  await expect(held).toContainText("1 value changed");
  await dockTab(page, "Debug").click();
  await page
    .getByRole("list", { name: "Hops of this trace" })
    .getByRole("button", { name: /Invoke|CreateOrder/ })
    .click();
  await expect(past).toBeVisible();
  await page.getByRole("toolbar", { name: "Looking back" }).getByRole("button", { name: "To the held hop" }).click();
  await held.getByRole("button", { name: "Continue" }).click();
  await expect(card(page, "Orders")).toContainText("1 item");
  expect(studio.complaints).toEqual([]);
});

test("a hop is run again as a trace of its own, as it was or edited, and compared with the run before", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await chooseTarget(page, "POST /orders");
  // the example body is complete once the handler's code has been read
  await expect(page.getByText("tea-01")).toBeVisible();
  await sendButton(page).click();
  await expect(page.getByText("201 Created")).toBeVisible();
  await page.getByRole("button", { name: "Open trace" }).click();
  const hops = page.getByRole("tree", { name: "Hops" });
  const traces = page.getByRole("listbox", { name: "Traces" });
  await expect(hops.getByRole("treeitem", { name: /UpdateItem/ })).toBeVisible();
  const before = await traces.getByRole("option").count();

  // the invocation of the worker, without the message that led to it
  await hops.getByRole("treeitem", { name: /^Fulfil/ }).click();
  await page.getByRole("button", { name: "Run again from here", exact: true }).click();
  await expect(traces.getByRole("option")).toHaveCount(before + 1);
  await expect(traces.getByRole("option", { selected: true })).toContainText("Fulfil");
  await expect(hops.getByRole("treeitem", { name: /OrderQueue/ })).toHaveCount(0);

  // the request, edited
  await traces.getByRole("option", { name: /POST/ }).first().click();
  await hops.getByRole("treeitem", { name: /POST \/orders/ }).click();
  await page.getByRole("button", { name: "Edit the message, then run again from here" }).click();
  const dialog = page.getByRole("dialog", { name: /again$/ });
  const message = await textOf(page, "Message to run again");
  await replaceText(page, "Message to run again", message.replace('"ada"', '"Grace Hopper"'));
  await picture(page, "run-again-1");
  await dialog.getByRole("button", { name: /^Run edited/ }).click();
  await expect(traces.getByRole("option", { name: /POST/ })).toHaveCount(2);
  await hops.getByRole("treeitem", { name: /PutItem/ }).click();
  await page.getByRole("tab", { name: "Diff", exact: true }).click();
  const difference = page.getByRole("tree", { name: "Difference to the run before" });
  await expect(difference).toContainText('"Grace Hopper"');
  await expect(difference).toContainText('"ada"');
  await picture(page, "run-again-2");
  expect(studio.complaints).toEqual([]);
});
