// Before there is a project: recent ones, the gallery of examples, and the way back.
import AxeBuilder from "@axe-core/playwright";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { card, command, expect, openRunning, picture, test } from "./support.ts";

test.describe("without a project", () => {
  test.use({ example: null });

  test("the gallery shows every design in small, is searched, walked by arrows and opens a copy", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    const gallery = page.getByRole("region", { name: "Learn from an example" });
    await expect(gallery.getByRole("listitem")).not.toHaveCount(0);
    const all = await gallery.getByRole("listitem").count();
    expect(all).toBeGreaterThanOrEqual(6);
    await expect(gallery.locator("svg.miniature")).toHaveCount(all);
    await picture(page, "welcome-1");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    // what a design is made of is found too
    await page.keyboard.press("/");
    await page.keyboard.type("state machine");
    await expect(gallery.getByRole("button", { name: "Order saga" })).toBeVisible();
    await expect(gallery.getByRole("button", { name: "CRUD API" })).toBeHidden();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("blockchain");
    await expect(gallery.getByRole("status")).toContainText("No example has all of");
    await page.keyboard.press("Escape");
    await expect(gallery.getByRole("listitem")).toHaveCount(all);

    await gallery.getByRole("button", { name: "Orders" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(gallery.getByRole("button", { name: "CRUD API" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(card(page, "Library")).toBeInViewport();
    await expect(page.locator(".react-flow__node").filter({ hasText: "Try: two people, one book" })).toBeVisible();
    await picture(page, "example-crud");
    expect(studio.complaints).toEqual([]);
  });

  test("recent projects say when they were open and which are gone, and can be taken off", async ({ studio }) => {
    const { page } = studio;
    const kept = path.join(studio.home, "kept");
    await mkdir(kept, { recursive: true });
    await writeFile(path.join(kept, "template.yaml"), "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n");
    const before = [
      { name: "kept", path: kept, openedAt: Date.now() - 3 * 3_600_000 },
      { name: "gone", path: path.join(studio.home, "gone"), openedAt: Date.now() - 26 * 3_600_000 },
    ];
    await writeFile(path.join(studio.home, "recent.json"), JSON.stringify(before));
    await studio.open();
    const recent = page.getByRole("region", { name: "Recent" });
    await expect(recent.getByRole("listitem").first()).toContainText("3 h ago");
    await expect(recent.getByRole("listitem").nth(1)).toContainText("not there any more");
    await expect(recent.getByRole("button", { name: /^gone/ })).toBeDisabled();
    await picture(page, "welcome-2");

    await recent.getByRole("button", { name: "Take gone off the list" }).click();
    await expect(recent.getByRole("listitem")).toHaveCount(1);
    await recent.getByRole("button", { name: /^kept/ }).click();
    await expect(card(page, "Jobs")).toBeInViewport();
  });
});

test("with a project open the welcome stands before it, and leads back to it as it was", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await card(page, "Fulfil").click();
  await command(page, "Welcome and examples");
  await expect(page.getByRole("button", { name: "Back to orders" })).toBeVisible();
  await picture(page, "welcome-3");
  await page.getByRole("button", { name: "Back to orders" }).click();
  await expect(card(page, "Fulfil")).toHaveClass(/selected/);
});

test.describe("a new project", () => {
  test.use({ example: null });

  test("begins with a pattern in a language, chosen by keyboard, and runs", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await page.getByRole("button", { name: "New project" }).click();
    const dialog = page.getByRole("dialog", { name: "New project" });
    await expect(dialog.locator("svg.miniature")).toHaveCount(3);
    await dialog.getByRole("radio", { name: /^Empty/ }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(dialog.getByRole("radio", { name: /^Worker/ })).toBeChecked();
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await expect(dialog.getByRole("radio", { name: "JavaScript" })).toBeChecked();
    await dialog.getByRole("textbox", { name: "Name of the project" }).fill("jobs");
    await dialog.getByRole("textbox", { name: "Path" }).fill(path.dirname(studio.home));
    await page.keyboard.press("Enter");
    await expect(dialog.getByText(/^Makes .*jobs$/)).toBeVisible();
    await picture(page, "new-project");
    expect((await new AxeBuilder({ page }).include("[role=dialog]").analyze()).violations).toEqual([]);
    await dialog.getByRole("button", { name: "Create here" }).click();
    await expect(card(page, "DeadJobs")).toBeInViewport();
    expect(await readFile(path.join(path.dirname(studio.home), "jobs/src/work.mjs"), "utf8")).toContain("batchItemFailures");
    expect(studio.complaints).toEqual([]);
  });

  test("begins with what is dropped on a browser's window; what is no template is told", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    const drop = (name: string, text: string) =>
      page.evaluate(`{
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
        const options = { dataTransfer, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent("dragover", options));
        document.body.dispatchEvent(new DragEvent("drop", options));
      }`);
    await expect(page.getByRole("heading", { name: "Contrail" })).toBeVisible();
    await drop("notes.txt", "buy milk");
    await expect(page.getByText("notes.txt is no template: it has no Resources.")).toBeVisible();

    await drop("shop.yaml", "Resources:\n  Parcels:\n    Type: AWS::SQS::Queue\n");
    const dialog = page.getByRole("dialog", { name: "New project" });
    await expect(dialog.getByRole("textbox", { name: "Name of the project" })).toHaveValue("shop");
    await expect(dialog).toContainText("A browser does not tell where a file lies");
    await picture(page, "new-project-dropped");
    await dialog.getByRole("textbox", { name: "Path" }).fill(path.dirname(studio.home));
    await page.keyboard.press("Enter");
    await expect(dialog.getByText(/^Makes .*shop$/)).toBeVisible();
    await dialog.getByRole("button", { name: "Create here" }).click();
    await expect(card(page, "Parcels")).toBeInViewport();
  });

  test("opens what is dropped on the desktop's window where it lies", async ({ studio }) => {
    const { page } = studio;
    const dropped = path.join(studio.home, "shop/template.yaml");
    await mkdir(path.dirname(dropped), { recursive: true });
    await writeFile(dropped, "Resources:\n  Parcels:\n    Type: AWS::SQS::Queue\n");
    const other = path.join(studio.home, "notes.txt");
    await writeFile(other, "buy milk");
    // what the desktop's preload script gives the page: it alone learns from Electron where a file lies
    await page.addInitScript({
      content: `window.contrailDesktop = { pathOf: (file) => file.name === "template.yaml" ? ${JSON.stringify(dropped)} : ${JSON.stringify(other)} };`,
    });
    await studio.open();
    await expect(page.getByRole("heading", { name: "Contrail" })).toBeVisible();
    const drop = (name: string, text: string) =>
      page.evaluate(`{
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
        const options = { dataTransfer, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent("dragover", options));
        document.body.dispatchEvent(new DragEvent("drop", options));
      }`);
    await drop("notes.txt", "buy milk");
    await expect(page.getByText("notes.txt is no template: it has no Resources.")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Contrail" })).toBeVisible();
    await drop("template.yaml", await readFile(dropped, "utf8"));
    await expect(card(page, "Parcels")).toBeInViewport();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});
