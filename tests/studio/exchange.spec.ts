// What goes out of the Studio (pictures, Mermaid, OpenAPI, CloudFormation) and what comes in besides a folder.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readPdf } from "../support/pdf.ts";
import { card, command, expect, openRunning, picture, test, type Studio } from "./support.ts";

async function exported(studio: Studio, title: string): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([studio.page.waitForEvent("download"), command(studio.page, title)]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

test("a design leaves as a picture, a diagram, an API document and a resolved template", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);

  // the menu offers what can be done when it is opened, not what could be done before the design was there
  await page.getByRole("button", { name: "Export and more" }).click();
  await expect(page.getByRole("menuitem", { name: "Export the design as PNG" })).toBeEnabled();
  await expect(page.getByRole("menuitem", { name: "Export an API as OpenAPI" })).toBeEnabled();
  await page.keyboard.press("Escape");

  const png = await exported(studio, "Export the design as PNG");
  expect(png.name).toBe("orders.png");
  const svg = await exported(studio, "Export the design as SVG");
  expect(svg.name).toBe("orders.svg");
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg.content.toString()) ?? [];
  // twice as large as on the canvas: an IHDR has width and height at 16 and 20
  expect(png.content.readUInt32BE(16)).toBe(Math.ceil(Number(width) * 2));
  expect(png.content.readUInt32BE(20)).toBe(Math.ceil(Number(height) * 2));
  // the picture stands alone: in a page that knows nothing of the Studio
  const other = await page.context().newPage();
  await other.setContent(svg.content.toString());
  await expect(other.getByText("OrderQueue", { exact: true })).toBeVisible();
  await other.close();

  // a slide's own ground shows through; a page has the size of the design
  const bare = await exported(studio, "Export the design without ground, as PNG");
  expect(bare.content.readUInt32BE(16)).toBe(png.content.readUInt32BE(16));
  expect(bare.content[25]).toBe(6); // colours with transparency
  const pdf = await exported(studio, "Export the design as PDF");
  expect(pdf.name).toBe("orders.pdf");
  // words to search and select in the Studio's own fonts, and no picture of them
  const read = readPdf(pdf.content);
  expect(read.title).toBe("orders");
  expect(read.texts).toEqual(expect.arrayContaining(["OrderQueue", "Queue · visible 60 s", "/orders/{id}", "after 3"]));
  expect(read.objects.filter((object) => object.includes("/FontFile2")).join()).toMatch(/Inter-SemiBold[^]*JetBrainsMono-Regular/);
  expect(read.objects.filter((object) => object.includes("/Subtype /Image"))).toEqual([]);
  expect(read.texts).toContainEqual(expect.stringMatching(/^9 resources · 11 connections · \d/));
  expect(read.pages).toHaveLength(1);

  const mermaid = await exported(studio, "Export the design as Mermaid");
  expect(mermaid.name).toBe("orders.mmd");
  expect(mermaid.content.toString()).toContain("OrderQueue");

  const openApi = await exported(studio, "Export an API as OpenAPI");
  expect(openApi.name).toBe("OrdersApi.openapi.json");
  expect(Object.keys((JSON.parse(openApi.content.toString()) as { paths: object }).paths)).toEqual(
    expect.arrayContaining(["/orders", "/orders/{id}"]),
  );

  const cloudFormation = await exported(studio, "Export as resolved CloudFormation");
  const template = JSON.parse(cloudFormation.content.toString()) as { Resources: Record<string, { Type: string }> };
  expect(template.Resources["CreateOrder"]?.Type).toBe("AWS::Lambda::Function");
  expect(studio.complaints).toEqual([]);
});

async function alphaAt({ page }: Studio, png: Buffer, { x, y }: { readonly x: number; readonly y: number }): Promise<number> {
  return await page.evaluate<number>(`(async () => {
    const bytes = Uint8Array.from(atob("${png.toString("base64")}"), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(${x}, ${y}, 1, 1).data[3] / 255;
  })()`);
}

test.describe("with frames", () => {
  const frames = [
    { id: "frame:1", name: "Überblick", x: -40, y: -40, width: 700, height: 420 },
    { id: "frame:2", name: "Fulfilment", x: 700, y: -40, width: 500, height: 420 },
  ];
  const nodes = { Web: { x: 0, y: 0 }, OrderQueue: { x: 744, y: 0 }, OrderDLQ: { x: 744, y: 116 }, Fulfil: { x: 992, y: 0 } };
  const notes = [{ id: "note:1", x: 0, y: 200, width: 300, height: 80, text: "Größe\nЗаказ ждёт человека", colour: "blue" }];
  test.use({ files: { ".contrail/canvas.json": JSON.stringify({ version: 1, nodes, notes, frames }) } });

  test("a printed design has a page of the whole, and one of each frame; another layer is what is printed then", async ({ studio }) => {
    await openRunning(studio);
    const { pages, texts } = readPdf((await exported(studio, "Export the design as PDF")).content);
    expect(pages).toHaveLength(3);
    expect(texts.join(" ")).toMatch(/orders 9 resources.*Überblick orders · 1 of 2.*Fulfilment orders · 2 of 2/);
    // on the page of the whole, and on that of its frame
    expect(texts.filter((text) => text === "OrderDLQ")).toHaveLength(2);

    // a picture has those of the Studio's fonts inside whose letters it has: here the Cyrillic ones too
    const svg = (await exported(studio, "Export the design as SVG")).content.toString();
    expect(svg.match(/@font-face/g)).toHaveLength(4);
    expect(svg).toMatch(/unicode-range:[^}]*U\+4[0-9a-f]+-45F/i);
    expect(texts).toContain("Заказ ждёт человека");

    // half-transparent colours are drawn once: a slip of 9 % on a frame of 45 %
    const bare = await exported(studio, "Export the design without ground, as PNG");
    const [left = 0, top = 0] = /viewBox="(-?\d+) (-?\d+)/.exec(svg)?.slice(1).map(Number) ?? [];
    expect(await alphaAt(studio, bare.content, { x: 2 * (290 - left), y: 2 * (270 - top) })).toBeCloseTo(1 - 0.91 * 0.55, 1);

    await command(studio.page, "Layer: Security");
    const security = readPdf((await exported(studio, "Export the design as PDF")).content);
    expect(security.texts).toContain("open to everyone");
    expect(security.texts).toContainEqual(expect.stringMatching(/^Security: Who may call whom · 9 resources/));
    expect(studio.complaints).toEqual([]);
  });
});

test.describe("of a workflow", () => {
  test.use({ example: "order-saga" });

  test("its states leave as a picture and on paper", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await card(page, "OrderSaga").dblclick();
    await expect(page.getByRole("group", { name: "Workflow of OrderSaga" })).toBeVisible();
    const pdf = await exported(studio, "Export the workflow as PDF");
    expect(pdf.name).toBe("OrderSaga.pdf");
    const { texts, title } = readPdf(pdf.content);
    expect(title).toBe("OrderSaga");
    expect(texts).toEqual(expect.arrayContaining(["ChargeCard", "dynamodb:putItem · Orders", "any error", "Fail · OrderCancelled"]));
    const svg = (await exported(studio, "Export the workflow as SVG")).content.toString();
    expect(svg).toContain("<title>ReserveStock (Task)</title>");
    const png = await exported(studio, "Export the workflow as PNG");
    expect(png.content.readUInt32BE(16)).toBe(2 * Number(/ width="(\d+)"/.exec(svg)?.[1]));
    expect(studio.complaints).toEqual([]);
  });
});

test("a single template, a state machine and a CDK app open as well", async ({ studio }) => {
  const { page } = studio;
  const folder = path.join(path.dirname(studio.project), "elsewhere");
  await mkdir(path.join(folder, "app", "cdk.out"), { recursive: true });
  await writeFile(path.join(folder, "jobs.yaml"), "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n");
  await writeFile(path.join(folder, "wait.asl.json"), '{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":1,"End":true}}}');
  await writeFile(path.join(folder, "package.json"), "{}");
  const manifest = { version: "40.0.0", artifacts: { Shop: stackArtifact("Shop.template.json") } };
  await writeFile(path.join(folder, "app", "cdk.out", "manifest.json"), JSON.stringify(manifest));
  await writeFile(
    path.join(folder, "app", "cdk.out", "Shop.template.json"),
    JSON.stringify({ Resources: { Carts: { Type: "AWS::DynamoDB::Table" }, Alarm: { Type: "AWS::CloudWatch::Alarm" } } }),
  );
  await openRunning(studio);

  const dialog = await openDialogAt(studio, folder);
  await expect(dialog.getByRole("list", { name: "Folders" })).not.toContainText("package.json");
  await picture(page, "exchange-1-open");
  await dialog.getByRole("button", { name: /^jobs\.yaml/ }).click();
  await expect(card(page, "Jobs")).toBeVisible();

  await (await openDialogAt(studio, folder)).getByRole("button", { name: /^wait\.asl\.json/ }).click();
  await expect(page.getByRole("tab", { name: /Wait/ })).toHaveAttribute("aria-selected", "true");
  await expect(card(page, "/States/Wait")).toContainText("Wait");
  await picture(page, "exchange-definition");

  // from the list of files too, and as text where that is asked for
  await page.getByRole("tab", { name: "Canvas" }).click();
  await page.getByRole("button", { name: "Files" }).click();
  const file = page.getByRole("treeitem", { name: "wait.asl.json" });
  await file.click();
  await expect(card(page, "/States/Wait")).toBeVisible();
  await file.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Open as text" }).click();
  await expect(page.getByRole("tab", { name: /wait\.asl\.json/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".view-lines").first()).toContainText("StartAt");

  await (await openDialogAt(studio, path.join(folder, "app"))).getByRole("button", { name: "Open this folder" }).click();
  await expect(card(page, "Carts")).toBeVisible();
  await expect(card(page, "Alarm")).toContainText("not run · CloudWatch::Alarm");
  expect(studio.complaints).toEqual([]);
});

function stackArtifact(templateFile: string): object {
  return { type: "aws:cloudformation:stack", environment: "aws://unknown-account/unknown-region", properties: { templateFile } };
}

async function openDialogAt({ page }: Studio, folder: string) {
  await command(page, "Open folder…");
  const dialog = page.getByRole("dialog", { name: "Open a project" });
  await dialog.getByRole("textbox", { name: "Path" }).fill(folder);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("textbox", { name: "Path" })).toHaveValue(folder);
  return dialog;
}
