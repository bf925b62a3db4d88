// A Studio on a design, in a page of a real browser, and what is measured in that page.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { StudioSession } from "../../src/main/session.ts";
import { startStudioServer } from "../../src/main/studioServer.ts";

/** What is not seen by then never will be. */
const longestMilliseconds = 5_000;

export interface StudioPage {
  readonly page: Page;
  readonly session: StudioSession;
}

/** Opens the design that the template describes, measures, and ends everything. */
export async function inStudio<T>(browser: Browser, template: string, measure: (studio: StudioPage) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "contrail-bench-"));
  await writeFile(path.join(folder, "template.yaml"), template);
  const session = new StudioSession({ log() {} });
  const server = await startStudioServer({
    session,
    shell: { kind: "browser", version: "0" },
    port: 0,
    rendererDirectory: path.resolve(import.meta.dirname, "../../out/renderer"),
    token: "bench",
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await session.open(folder);
    await page.goto(server.url);
    await page.locator(".react-flow__pane").waitFor();
    await calm(page);
    return await measure({ page, session });
  } finally {
    await page.close();
    await server.close();
    await session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Until half a second has gone by in which the page had time for every frame. */
export async function calm(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    let last = performance.now();
    let since = last;
    requestAnimationFrame(function frame(now) {
      if (now - last > 40) since = now;
      last = now;
      if (now - since > 500) resolve();
      else requestAnimationFrame(frame);
    });
  })`);
}

/** Milliseconds between frames, for so long. */
export function collectFrames(page: Page, seconds: number): Promise<number[]> {
  return page.evaluate<number[]>(`new Promise((resolve) => {
    const deltas = [];
    const began = performance.now();
    let last = began;
    requestAnimationFrame(function frame(now) {
      deltas.push(now - last);
      last = now;
      if (now - began < ${seconds * 1_000}) requestAnimationFrame(frame);
      else resolve(deltas.slice(1));
    });
  })`);
}

/** Milliseconds from the click or key that `act` ends with until `condition` (of the page, as text) holds and has been painted. */
export async function untilVisible(
  page: Page,
  event: "pointerdown" | "keydown",
  condition: string,
  act: () => Promise<void>,
): Promise<number> {
  // in place before anything is pressed: input overtakes what is evaluated
  await page.evaluate(`void (window.benchSeen = new Promise((resolve, reject) => {
    addEventListener("${event}", ({ timeStamp }) => {
      requestAnimationFrame(function frame(now) {
        if (now - timeStamp > ${longestMilliseconds}) return void reject(new Error("Not seen: " + ${JSON.stringify(condition)}));
        if (!(${condition})) return void requestAnimationFrame(frame);
        const { port1, port2 } = new MessageChannel();
        // answered after this frame's painting
        port1.onmessage = () => resolve(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    }, { capture: true, once: true });
  }))`);
  await act();
  return page.evaluate<number>("window.benchSeen");
}

/** The smallest value that this share of them does not exceed (nearest rank). */
export function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;
}
