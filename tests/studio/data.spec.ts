// What the services hold, and the clock that everything waits on.
import { card, chooseTarget, expect, openRunning, picture, replaceText, sendButton, test } from "./support.ts";

test("items, messages and cache entries are looked into and changed", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await chooseTarget(page, "POST /orders");
  // the example body is complete once the handler's code has been read
  await expect(page.getByText("tea-01")).toBeVisible();
  await sendButton(page).click();
  await expect(page.getByText("201 Created")).toBeVisible();
  await expect(card(page, "Orders")).toContainText("1 item");

  // an item is edited
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await page
    .getByRole("region", { name: "Tables" })
    .getByRole("button", { name: /^Orders/ })
    .click();
  const rows = page.getByRole("grid").getByRole("row");
  await expect(rows.filter({ has: page.getByRole("gridcell", { name: "fulfilled", exact: true }) })).toHaveCount(1);
  await rows.nth(1).click();
  await expect(page.getByRole("textbox", { name: "Item as JSON" })).toBeVisible();
  await picture(page, "data-1-item");
  const id = (await rows.nth(1).getByRole("gridcell").first().textContent()) ?? "";
  await replaceText(page, "Item as JSON", JSON.stringify({ id, status: "returned", placedAt: "2026-01-01", customer: "ada" }));
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(rows.filter({ hasText: "returned" })).toHaveCount(1);

  // the cache of the CDN: a miss, then a hit
  await page.getByRole("button", { name: /^Send to:/ }).click();
  await page.getByRole("combobox", { name: "Find a target" }).fill("Through the CDN GET /orders/{id}".slice(16));
  await page.getByRole("option", { name: /GET \/orders\/\{id\}\s*Web/ }).click();
  await page.getByLabel("Path parameter id").fill(id);
  await sendButton(page).click();
  await expect(page.getByText("200 OK")).toBeVisible();
  await sendButton(page).click();
  await page
    .getByRole("tab", { name: /^Headers \d/ })
    .last()
    .click();
  await expect(page.getByText("Hit from cloudfront")).toBeVisible();
  await page
    .getByRole("region", { name: /Caches|CDN|Distributions/ })
    .getByRole("button", { name: /^Web/ })
    .click();
  await expect(page.getByRole("grid")).toContainText(`/orders/${id}`);
  await picture(page, "data-2-cache");
  await page.getByRole("button", { name: "Invalidate all" }).click();
  await expect(
    page
      .getByText("No entries")
      .or(page.getByRole("heading", { name: /^No / }))
      .first(),
  ).toBeVisible();
});

test("a message that fails three times, each after a skip of the clock, lies in the dead-letter queue", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await page.getByRole("button", { name: "Pause the clock" }).click();
  await expect(page.getByRole("button", { name: "Let time run" })).toBeVisible();
  await page.getByRole("button", { name: "Let time run" }).click();
  await page.getByRole("button", { name: /^Clock rate/ }).click();
  await page
    .getByRole("menuitem", { name: "10×" })
    .or(page.getByRole("menuitemcheckbox", { name: "10×", exact: true }))
    .first()
    .click();
  await expect(page.getByRole("button", { name: "Clock rate, 10×" })).toBeVisible();
  await page.getByRole("button", { name: /^Clock rate/ }).click();
  await page
    .getByRole("menuitem", { name: /^1×/ })
    .or(page.getByRole("menuitemcheckbox", { name: /^1×/ }))
    .first()
    .click();

  await chooseTarget(page, "POST /orders");
  await replaceText(page, "Body", JSON.stringify({ customer: "ada", lines: [{ product: "gold", quantity: 1, price: 10_001 }] }));
  await sendButton(page).click();
  await expect(page.getByText("201 Created")).toBeVisible();
  await expect(card(page, "OrderQueue")).toContainText("1 in flight");

  await page.getByRole("tab", { name: /^Debug/ }).click();
  const due = page.getByRole("region", { name: "Due" });
  await expect(due.getByRole("listitem")).not.toHaveCount(0);
  await picture(page, "data-3-due");
  await expect(async () => {
    await page.getByRole("button", { name: "Skip to the next due thing" }).click();
    await expect(card(page, "OrderDLQ")).toContainText("depth 1", { timeout: 1_000 });
  }).toPass();
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await page
    .getByRole("region", { name: "Queues" })
    .getByRole("button", { name: /^OrderDLQ/ })
    .click();
  await expect(page.getByRole("grid").getByRole("row")).toHaveCount(2);
  await page.getByRole("grid").getByRole("row").nth(1).click();
  await picture(page, "data-4-dead-letter");
  await page.getByRole("tab", { name: "Timeline" }).click();
  await expect(page.getByRole("tree", { name: "Hops" })).toContainText("try 3");
  await picture(page, "data-5-retries");
  expect(studio.complaints).toEqual([]);
});
