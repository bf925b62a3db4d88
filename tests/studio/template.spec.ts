// The template as text beside the canvas: two views of one document.
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { card, command, dockTab, expect, openRunning, picture, rewrite, runStatus, test, type Studio } from "./support.ts";

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
  await page.getByRole("button", { name: "Open the inspector" }).click();
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
  await page.keyboard.press("o");
  const line = page
    .getByRole("region", { name: "Right half" })
    .locator(".view-line")
    .filter({ hasText: text.replaceAll(" ", "\u00a0") });
  await line.locator("span span").last().dblclick();
  await page.keyboard.type(value);
}

test("a change on disk comes in, and is merged with what is typed in other lines", async ({ studio }) => {
  const { page } = studio;
  await besideCanvas(studio);
  await rewrite(studio, "template.yaml", (text) => text.replace("VisibilityTimeout: 60", "VisibilityTimeout: 90"));
  await expect(card(page, "OrderQueue")).toContainText("visible 90 s");
  await expect(runStatus(page)).toContainText("OrderQueue changed");

  await typeAtEnd(studio, "# mine\n");
  await rewrite(studio, "template.yaml", (text) => text.replace("VisibilityTimeout: 90", "VisibilityTimeout: 120"));
  await expect(page.getByText("changes are merged with yours")).toBeVisible();
  await expect(card(page, "OrderQueue")).toContainText("visible 120 s");
  expect(await studio.read("template.yaml")).not.toContain("# mine");
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => studio.read("template.yaml")).toMatch(/VisibilityTimeout: 120[^]*# mine\n$/);
  await expect(page.getByRole("alert").filter({ hasText: "Another program" })).toBeHidden();
});

test("the same line changed twice is a conflict: shown, compared, overwritten by nobody", async ({ studio }) => {
  const { page } = studio;
  await besideCanvas(studio);
  await rewriteInEditor(studio, "VisibilityTimeout: 60", "45");
  await expect(card(page, "OrderQueue")).toContainText("visible 45 s");
  await rewrite(studio, "template.yaml", (text) => text.replace("VisibilityTimeout: 60", "VisibilityTimeout: 120"));
  const conflict = page.getByRole("alert").filter({ hasText: "lines that you changed too. Nothing is saved" });
  await expect(conflict).toBeVisible();
  await page.getByRole("button", { name: "Compare with disk" }).click();
  await expect(page.getByText("Red lines are on disk")).toBeVisible();
  await picture(page, "template-3-conflict");
  await page.keyboard.press("ControlOrMeta+s");
  expect(await studio.read("template.yaml")).toContain("VisibilityTimeout: 120");
  await expect(conflict).toBeVisible();
  await conflict.getByRole("button", { name: "Take the one on disk" }).click();
  await expect(card(page, "OrderQueue")).toContainText("visible 120 s");
  await expect(conflict).toBeHidden();
});

test("a handler's code is merged too", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await card(page, "Fulfil").dblclick();
  const code = page.getByRole("region", { name: "Main area" }).locator(".view-lines");
  await expect(code).toContainText("handler");
  const file = "src/fulfil.ts";
  const before = await studio.read(file);
  await code.click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("// mine\n");
  await rewrite(studio, file, (text) => `${text}// theirs\n`);
  await expect(page.getByText("changes are merged with yours")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => studio.read(file)).toBe(`// mine\n${before}// theirs\n`);
});

const badTemplates: readonly (readonly [string, string | Buffer | null, string, string])[] = [
  ["cut off", "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {A: [1,", "does not parse", "unparsable"],
  ["indented with tabs", "Resources:\n\tJobs:\n\t\tType: AWS::SQS::Queue\n", "does not parse", "tabs"],
  ["binary junk", Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 37) % 256)), "cannot be read as text", "binary"],
  ["deleted", null, "is no longer on disk", "gone"],
];

for (const [title, content, words, name] of badTemplates) {
  test(`a template that is ${title}: the last good design stays, the file is left alone, the Studio goes on`, async ({ studio }) => {
    const { page } = studio;
    await openRunning(studio);
    const file = path.join(studio.project, "template.yaml");
    const good = await studio.read("template.yaml");
    if (content === null) await rm(file);
    else await writeFile(file, content);
    const banner = page.getByRole("alert").filter({ hasText: words });
    await expect(banner).toBeVisible();
    await expect(page.locator(".react-flow__node")).toHaveCount(9);
    await dockTab(page, "Problems").click();
    await expect(page.getByRole("region", { name: "template.yaml" }).getByRole("button").first()).toBeVisible();
    await picture(page, `template-bad-${name}`);

    // nothing that is done on the canvas meanwhile touches the file
    await card(page, "OrderDLQ").click();
    await page.keyboard.press("Delete");
    await expect(page.locator(".react-flow__node")).toHaveCount(9);
    await expect(page.getByRole("contentinfo")).toContainText("template.yaml");
    if (content === null) await expect(readFile(file)).rejects.toThrow("ENOENT");
    else expect((await readFile(file)).equals(Buffer.from(content))).toBe(true);

    await writeFile(file, good);
    await expect(banner).toBeHidden();
    await expect(runStatus(page)).toContainText("Running");
    expect(studio.complaints).toEqual([]);
  });
}

test("canvas and text share the room, and the side panels get theirs back", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector).toBeVisible();
  for (const size of [
    { width: 1280, height: 720 },
    { width: 1440, height: 900 },
  ]) {
    await page.setViewportSize(size);
    await command(page, "Template beside the canvas");
    await expect(inspector).toBeHidden();
    // no smaller than can be read, and whole
    await expect.poll(async () => (await card(page, "OrdersApi").locator(".card-title").boundingBox())?.height ?? 0).toBeGreaterThan(10);
    for (const id of ["Web", "Fulfil"]) await expect(card(page, id)).toBeInViewport({ ratio: 0.99 });
    await page.getByRole("button", { name: "Close the right half" }).last().click();
    await expect(inspector).toBeVisible();
  }
});

test("positions that another program writes come in, and ours stay", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  const nodes = async () =>
    (JSON.parse(await studio.read(".contrail/canvas.json")) as { nodes: Record<string, { x: number; y: number }> }).nodes;
  await card(page, "Web").click();
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(() => nodes().then(Object.keys, () => [])).toContain("Web");
  const before = await nodes();
  await rewrite(studio, ".contrail/canvas.json", (text) => {
    const canvas = JSON.parse(text) as { nodes: Record<string, { x: number; y: number }> };
    canvas.nodes["OrderDLQ"] = { x: 300, y: 20 };
    return JSON.stringify(canvas);
  });
  await expect(card(page, "OrderDLQ")).toHaveAttribute("style", /translate\(300px, ?20px\)/);
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(async () => (await nodes())["Web"]?.y).toBe((before["Web"]?.y ?? 0) + 4);
  expect((await nodes())["OrderDLQ"]).toEqual({ x: 300, y: 20 });
});
