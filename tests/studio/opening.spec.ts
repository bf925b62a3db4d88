// What cannot be opened at once: the Studio says why where people look, and offers the way on.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { card, expect, picture, test } from "./support.ts";

const stack = (name: string, templateFile: string) => ({
  type: "aws:cloudformation:stack",
  displayName: name,
  properties: { templateFile },
});
const queue = (id: string) => JSON.stringify({ Resources: { [id]: { Type: "AWS::SQS::Queue" } } });

test.describe("a CDK app with several stacks", () => {
  test.use({
    example: null,
    files: {
      "cdk.out/manifest.json": JSON.stringify({
        version: "48.0.0",
        artifacts: { Shop: stack("Shop", "Shop.json"), Mail: stack("Prod/Mail", "Mail.json") },
      }),
      "cdk.out/Shop.json": queue("Parcels"),
      "cdk.out/Mail.json": queue("Letters"),
    },
  });

  test("asks which one, and changes to another from the menu at the project's name", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    const choice = page.getByRole("alert", { name: "Not opened" });
    await expect(choice).toContainText("Choose a stack");
    await picture(page, "stacks-1");
    await choice.getByRole("button", { name: "Prod/Mail" }).click();
    await expect(card(page, "Letters")).toBeInViewport();

    await page.getByRole("banner").getByRole("button", { name: "Mail" }).click();
    await expect(page.getByRole("menuitem", { name: "Prod/Mail" })).toBeVisible();
    await page.getByRole("menuitem", { name: "Shop" }).click();
    await expect(card(page, "Parcels")).toBeInViewport();
    await expect(card(page, "Letters")).toBeHidden();

    // the folder from the dialog asks in the same way
    await page.keyboard.press("ControlOrMeta+o");
    const folders = page.getByRole("dialog", { name: "Open a project" });
    await folders.getByRole("textbox", { name: "Path" }).fill(studio.project);
    await page.keyboard.press("Enter");
    await expect(folders.getByRole("button", { name: /^cdk\.out/ })).toBeVisible();
    await folders.getByRole("button", { name: "Open this folder" }).click();
    await page.getByRole("dialog", { name: "Choose a stack" }).getByRole("button", { name: "Prod/Mail" }).click();
    await expect(card(page, "Letters")).toBeInViewport();
    expect(studio.complaints).toEqual([]);
  });
});

test.describe("a template that is none", () => {
  test.use({ example: null, files: { "template.yaml": "Resources:\n  Jobs: \u0000\uFFFF\n" } });

  test("is named with the reason, and opens once it is mended", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    const failed = page.getByRole("alert", { name: "Not opened" });
    await expect(failed).toContainText("not text in UTF-8");
    await expect(failed).toContainText(studio.project);
    await picture(page, "not-opened-1");
    await writeFile(path.join(studio.project, "template.yaml"), queue("Jobs"));
    await failed.getByRole("button", { name: "Try again" }).click();
    await expect(card(page, "Jobs")).toBeInViewport();
  });
});

test.describe("long names", () => {
  const id = "ReceiptsNestedStackReceiptsNestedStackResourceThatGoesOnAndOn6A7B8C9D";
  test.use({ example: null, files: { "template.yaml": queue(id) } });

  test("stay inside their card", async ({ studio }) => {
    await studio.open();
    const box = await card(studio.page, id).boundingBox();
    const title = await card(studio.page, id).locator(".card-title").boundingBox();
    expect(title?.y).toBeGreaterThan(box?.y ?? 0);
    expect(title?.height).toBeLessThan(34);
  });
});
