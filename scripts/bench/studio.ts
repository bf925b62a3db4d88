// The Studio in a real browser: frame times while panning, zooming and dragging in designs of several sizes, idle and with 2,000
// updates a second coming over the real socket (the limit is an empty canvas in the same run); and how long commands take to be seen.
import { chromium, type Page } from "playwright-core";
import { findBrowser } from "../../tests/support/browser.ts";
import type { Row } from "./row.ts";
import { commandRows } from "./studioCommands.ts";
import { sendHops, studioDesign } from "./studioDesign.ts";
import { at, calm, collectFrames, inStudio } from "./studioPage.ts";

const sizes = [100, 500, 2_000, 5_000];
const updatesPerSecond = 2_000;
const seconds = 3;
/** Sixty frames a second. */
const aim = "< 17 ms";

const gestures = [
  { name: "panning", run: pan },
  { name: "zooming", run: zoom },
  { name: "dragging a card", run: drag },
] as const;

export async function studioRows(): Promise<Row[]> {
  const { executablePath, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...args] });
  try {
    const empty = await inStudio(browser, studioDesign(0), ({ page }) => pan(page));
    const limit = { p50: at(empty, 0.5), p95: at(empty, 0.95) };
    const rows: Row[] = [{ name: "Frame while panning, empty canvas (p95)", value: limit.p95, unit: "ms", limit: null, ratio: null }];
    for (const size of sizes) {
      rows.push(
        ...(await inStudio(browser, studioDesign(size), async ({ page, session }) => {
          const found: Row[] = [];
          for (const isLive of [false, true]) {
            const stop = isLive ? sendHops(session, size, updatesPerSecond) : () => {};
            for (const { name, run } of gestures) {
              await page.keyboard.press("1");
              await calm(page);
              const frames = await run(page);
              for (const share of ["p50", "p95"] as const) {
                const value = at(frames, share === "p50" ? 0.5 : 0.95);
                found.push({
                  name: `Frame, ${size} nodes, ${name}, ${isLive ? `${updatesPerSecond} updates/s` : "idle"} (${share})`,
                  value,
                  unit: "ms",
                  limit: limit[share],
                  ratio: limit[share] / value,
                  ...(share === "p50" && { aim }),
                });
              }
            }
            stop();
          }
          return found;
        })),
      );
    }
    return [...rows, ...(await commandRows(browser))];
  } finally {
    await browser.close();
  }
}

/** Milliseconds between frames while `step` is done every few of them. */
async function during(page: Page, step: (count: number) => Promise<void>): Promise<readonly number[]> {
  const frames = collectFrames(page, seconds);
  const end = performance.now() + seconds * 1_000;
  for (let count = 0; performance.now() < end; count++) {
    await step(count);
    // as often as a hand's events come
    await page.waitForTimeout(8);
  }
  return frames;
}

async function pan(page: Page): Promise<readonly number[]> {
  await page.mouse.move(720, 300);
  return during(page, (count) => page.mouse.wheel(Math.sin(count / 20) * 30, Math.cos(count / 20) * 20));
}

/** From where all is seen to where cards can be read, and back. */
async function zoom(page: Page): Promise<readonly number[]> {
  await page.mouse.move(720, 300);
  await page.keyboard.down("Control");
  const frames = await during(page, (count) => page.mouse.wheel(0, Math.sin(count / 20) * -6));
  await page.keyboard.up("Control");
  return frames;
}

/** A card in the middle of the design goes round, at life size, where it and its neighbours are cards and not plain shapes. */
async function drag(page: Page): Promise<readonly number[]> {
  await page.locator(".react-flow__pane").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("ArrowRight");
  await calm(page);
  const card = await page.locator(".react-flow__node.selected").boundingBox();
  if (card === null) throw new Error("No card is selected.");
  const from = { x: card.x + 60, y: card.y + 14 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const frames = await during(page, (count) => page.mouse.move(from.x + Math.sin(count / 20) * 80, from.y + Math.cos(count / 20) * 60));
  const there = await page.locator(".react-flow__node.selected").boundingBox();
  if (there === null || Math.hypot(there.x - card.x, there.y - card.y) < 10) throw new Error("The card was not dragged.");
  await page.mouse.up();
  return frames;
}
