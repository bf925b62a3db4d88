// The template as text beside the canvas: two views of one document.
import { card, command, expect, openRunning, picture, rewrite, runStatus, test, type Studio } from "./support.ts";

async function besideCanvas(studio: Studio): Promise<void> {
  await openRunning(studio);
  await command(studio.page, "Template beside the canvas");
  await expect(studio.page.getByRole("region", { name: "Right half" }).locator(".view-line").first()).toContainText(
    "AWSTemplateFormatVersion",
  );
}

async function typeAtEnd(studio: Studio, text: string): Promise<void> {
  const { page } = studio;
  await page.getByRole("region", { name: "Right half" }).locator(".view-lines").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText(text);
}

test("canvas and text follow each other; broken YAML keeps the last good design", async ({ studio }) => {
  const { page } = studio;
  await besideCanvas(studio);
  const before = await studio.read("template.yaml");

  // the canvas follows the text at once, the stack when it is saved
  await rewriteInEditor(studio, "VisibilityTimeout: 60", "45");
  await expect(card(page, "OrderQueue")).toContainText("visible 45 s");
  expect(await studio.read("template.yaml")).toBe(before);
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => studio.read("template.yaml")).toBe(before.replace("VisibilityTimeout: 60", "VisibilityTimeout: 45"));
  await expect(runStatus(page)).toContainText("OrderQueue changed");
  await picture(page, "template-1-beside");

  // the text follows the canvas and keeps its comments
  await card(page, "OrderDLQ").click();
  await page.getByRole("complementary", { name: "Inspector" }).getByRole("tab", { name: "Properties" }).click();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "New name of OrderDLQ" }).fill("Failed");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => studio.read("template.yaml"))
    .toContain("# Orders that failed three times wait here for a person, for two weeks.\n  Failed:");

  // broken: the last good design stays, the problem is told, nothing is lost
  await typeAtEnd(studio, "\nBroken: [1, 2\n");
  await expect(page.getByRole("alert").filter({ hasText: "does not parse" })).toBeVisible();
  await expect(page.locator(".react-flow__node")).toHaveCount(9);
  await picture(page, "template-2-broken");
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+z");
    await expect(page.getByRole("alert").filter({ hasText: "does not parse" })).toBeHidden({ timeout: 500 });
  }).toPass();
});

async function rewriteInEditor(studio: Studio, text: string, value: string): Promise<void> {
  const { page } = studio;
  await card(page, "OrderQueue").click();
  await page.getByRole("button", { name: "Show in the template" }).click();
  const line = page
    .getByRole("region", { name: "Right half" })
    .locator(".view-line")
    .filter({ hasText: text.replaceAll(" ", "\u00a0") });
  await line.locator("span span").last().dblclick();
  await page.keyboard.type(value);
}

test("a change on disk merges in; a conflict is shown and overwrites nothing", async ({ studio }) => {
  const { page } = studio;
  await besideCanvas(studio);
  await rewrite(studio, "template.yaml", (text) => text.replace("VisibilityTimeout: 60", "VisibilityTimeout: 90"));
  await expect(card(page, "OrderQueue")).toContainText("visible 90 s");
  await expect(runStatus(page)).toContainText("OrderQueue changed");

  await typeAtEnd(studio, "# mine\n");
  await rewrite(studio, "template.yaml", (text) => text.replace("VisibilityTimeout: 90", "VisibilityTimeout: 120"));
  const conflict = page.getByRole("alert").filter({ hasText: "Another program changed this file" });
  await expect(conflict).toBeVisible();
  await page.getByRole("button", { name: "Compare with disk" }).click();
  await picture(page, "template-3-conflict");
  await page.keyboard.press("ControlOrMeta+s");
  expect(await studio.read("template.yaml")).toContain("VisibilityTimeout: 120");
  await expect(conflict).toBeVisible();
  await conflict.getByRole("button", { name: "Take the one on disk" }).click();
  await expect(card(page, "OrderQueue")).toContainText("visible 120 s");
  expect(await studio.read("template.yaml")).not.toContain("# mine");
});
