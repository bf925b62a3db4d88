// `node scripts/node.mjs scripts/pictures.ts [readme|tour]`: takes the pictures of the README and of docs/tour.md from the running Studio.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Locator, type Page } from "playwright-core";
import { tourPage, tourSteps } from "../tests/studio/tourSteps.ts";
import { findBrowser } from "../tests/support/browser.ts";
import { build } from "./build.ts";

const root = path.resolve(import.meta.dirname, "..");
const pictures = path.join(root, "docs", "pictures");
/** What of the window the tour's pictures show, right of the palette: from and to which height, and whether with the inspector. */
const parts: Readonly<Record<string, { readonly y: number; readonly height: number; readonly hasInspector?: true }>> = {
  "tour-draw": { y: 80, height: 527, hasInspector: true },
  "tour-seven": { y: 220, height: 230 },
  "tour-code": { y: 44, height: 380 },
  "tour-trace": { y: 240, height: 636, hasInspector: true },
  "tour-held": { y: 44, height: 563 },
  "tour-dead": { y: 240, height: 636, hasInspector: true },
};
const home = mkdtempSync(path.join(tmpdir(), "contrail-pictures-"));
const [wanted = "all"] = process.argv.slice(2);

await build({ ifNeeded: true });
const { executablePath, args } = await findBrowser();
const browser = await chromium.launch({ executablePath, args: [...args] });
try {
  if (wanted !== "tour") await withStudio(takeReadme);
  if (wanted !== "readme") await withStudio(takeTour);
} finally {
  await browser.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

type Addresses = ReadonlyMap<string, string>;

/** On a new copy of the example, as `npm start` opens it. */
async function withStudio(take: (urls: Addresses) => Promise<void>): Promise<void> {
  const studio = spawn(
    process.execPath,
    ["--enable-source-maps", "--no-warnings", path.join(root, "out/main/cli.js"), "open", "--example", "orders"],
    { env: { ...process.env, HOME: home, CONTRAIL_HOME: home }, stdio: ["ignore", "pipe", "inherit"] },
  );
  try {
    const urls = new Map<string, string>();
    for await (const line of createInterface({ input: studio.stdout })) {
      const [, name, url] = /^\s+(.+?)\s{2,}(http\S+)/.exec(line) ?? [];
      if (name !== undefined && url !== undefined) urls.set(name, url);
      if (line.includes("Ctrl-C")) break;
    }
    await take(urls);
  } finally {
    studio.kill();
  }
}

async function takeReadme(urls: Addresses): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(urls.get("Studio") ?? "");
  await page.locator(".react-flow__node[data-id=OrdersApi]").waitFor();
  await sendOrders(await context.newPage(), urls.get("Web") ?? "");
  await openTrace(page);
  await settled(page, "studio-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await settled(page, "studio-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await hold(page);
  await settled(page, "step-dark");
  await context.close();
}

/** What docs/tour.md shows, taken on the way by the same steps that its story walks. */
async function takeTour(urls: Addresses): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(urls.get("Studio") ?? "");
  const take = async (name: string): Promise<void> => {
    await page.mouse.move(720, 899);
    await page.waitForTimeout(1_200);
    const part = parts[name];
    const left = await page.getByRole("separator", { name: "Width of the explorer" }).boundingBox();
    const right = await page.getByRole("separator", { name: "Width of the inspector" }).boundingBox();
    if (part === undefined || left === null || right === null) throw new Error(`What ${name} shows of the window is not said.`);
    const x = Math.ceil(left.x + left.width);
    const clip = { x, y: part.y, width: (part.hasInspector === true ? 1440 : Math.floor(right.x)) - x, height: part.height };
    await page.screenshot({ path: path.join(pictures, `${name}.png`), animations: "disabled", clip });
  };
  const tour = { page, folder: home, text: readFileSync(tourPage, "utf8"), take };
  for (const step of tourSteps) await step.walk(tour);
  await context.close();
}

/** From a page of the shop: orders of several customers, one that is refused, looks at one through the cache. */
async function sendOrders(shop: Page, web: string): Promise<void> {
  await shop.goto(`${web}orders`);
  for (const [customer, price] of [
    ["Ada", 40],
    ["Grace", 120],
    ["", 1],
    ["Edsger", 15],
  ] as const) {
    const body = JSON.stringify({ customer, lines: [{ sku: "lamp", quantity: 2, price }] });
    const placed = await shop.evaluate<string | null>(
      `fetch("/orders", { method: "POST", headers: { "content-type": "application/json" }, body: ${JSON.stringify(body)} }).then((answer) => answer.headers.get("location"))`,
    );
    if (placed !== null)
      for (let time = 0; time < 2; time++)
        await shop.evaluate(`fetch(${JSON.stringify(placed)}, { cache: "no-store" }).then((answer) => answer.text())`);
  }
  await shop.close();
}

/** The order of the first customer: the hop that stored it, with the item before and after. */
async function openTrace(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Requests" }).click();
  await page.locator(".react-flow__node[data-id=OrdersApi]").click();
  await sendButton(page).click();
  await page.getByText("201 Created").waitFor();
  await page.getByRole("button", { name: "Open trace" }).click();
  await page
    .getByRole("tree", { name: "Hops" })
    .getByRole("treeitem", { name: /PutItem/ })
    .click();
  await page.getByRole("tab", { name: "Item" }).click();
}

/** A request that stands before its item is stored. */
async function hold(page: Page): Promise<void> {
  await page.keyboard.press("F8");
  await page.getByRole("tab", { name: "Requests" }).click();
  await sendButton(page).click();
  await page.keyboard.press("Control+j");
  const held = page.getByRole("dialog", { name: /^Held/ });
  await held.waitFor();
  while ((await held.getAttribute("aria-label")) !== "Held: PutItem of Orders") {
    const before = await held.getAttribute("aria-label");
    await page.getByRole("toolbar", { name: "Held hop" }).getByRole("button", { name: /^Step/ }).click();
    await page.locator(`[role=dialog][aria-label^=Held]:not([aria-label="${before}"])`).waitFor();
  }
}

function sendButton(page: Page): Locator {
  return page.getByRole("button", { name: /^(Send|Run and send)( (Ctrl|⌘).*)?$/ });
}

/** Once nothing moves any more. */
async function settled(page: Page, name: string): Promise<void> {
  await page.mouse.move(720, 899);
  await page.evaluate("document.activeElement?.blur()");
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: path.join(pictures, `${name}.png`), animations: "disabled" });
}
