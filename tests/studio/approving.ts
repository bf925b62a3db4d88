// Pictures of views beside the approved ones in `approved/`. They are compared closely in the browser that the approved ones were
// taken in, and loosely in any other, whose letters differ by a shade or a pixel.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { expect, setTheme, test } from "./support.ts";

const made = path.join(import.meta.dirname, "approved/browser.json");

interface Drawing {
  readonly version: string;
  /** Of a picture of letters in the Studio's own fonts: two browsers of one version may still draw them differently. */
  readonly letters: string;
}

/** Shares of pixels. From run to run at most 23 of 1,296,000 differed; with letters drawn otherwise up to 1.7 %. */
const closely = { maxDiffPixelRatio: 0.0002, threshold: 0.1 };
const loosely = { maxDiffPixelRatio: 0.05, threshold: 0.3 };

/** Compares the page with the approved pictures of this view, in both themes. */
export async function expectApproved(page: Page, view: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  const drawing = await drawingOf(page);
  if (isApproving()) await writeFile(made, `${JSON.stringify(drawing, null, 2)}\n`);
  const approved = JSON.parse(await readFile(made, "utf8")) as Drawing;
  const isSame = approved.version === drawing.version && approved.letters === drawing.letters;
  if (!isSame) sayOther(approved, drawing);
  for (const theme of ["light", "dark"] as const) {
    await setTheme(page, theme);
    await page.mouse.move(719, 899);
    // the editors repaint a frame after the theme
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    await page.evaluate(standInsForWhatVaries);
    await expect(page).toHaveScreenshot(`${view}-${theme}.png`, {
      animations: "disabled",
      // the clock is written anew at every frame
      mask: [page.getByRole("timer")],
      maskColor: "#888",
      ...(isSame ? closely : loosely),
    });
  }
}

function isApproving(): boolean {
  return ["all", "changed"].includes(test.info().config.updateSnapshots);
}

function sayOther(approved: Drawing, { version }: Drawing): void {
  const description =
    approved.version === version
      ? `Chromium ${version} draws letters differently here than where the approved pictures were taken: compared loosely.`
      : `The approved pictures were taken in Chromium ${approved.version}, this is ${version}: compared loosely.`;
  test.info().annotations.push({ type: "pictures", description });
  console.log(`    ${description}`);
}

async function drawingOf(page: Page): Promise<Drawing> {
  const browser = page.context().browser();
  const sheet = await page.context().newPage();
  try {
    // the Studio's own page, so that its fonts may be used; nothing of it but letters
    await sheet.goto(new URL("/", page.url()).href);
    await sheet.setViewportSize({ width: 400, height: 120 });
    await sheet.evaluate(letters);
    const picture = await sheet.screenshot({ animations: "disabled" });
    return { version: browser?.version() ?? "", letters: createHash("sha256").update(picture).digest("hex").slice(0, 16) };
  } finally {
    await sheet.close();
  }
}

/** Runs in the page, where this file's types do not reach. */
const letters = `(async () => {
  const fonts = ['13px "Inter Variable"', '600 13px "Inter Variable"', '12px "JetBrains Mono Variable"'];
  await Promise.all(fonts.map((font) => document.fonts.load(font, "Orders")));
  document.body.innerHTML = fonts.map((font) => "<p style='margin:8px;font:" + font + "'>Orders: GET /orders/{id} 0123456789 →</p>").join("");
  document.body.style.cssText = "background:#fff;color:#111";
})()`;

/** Times, durations and ids of a run, each by a text that is always the same; a box would hide what stands around it. */
const standInsForWhatVaries = `(() => {
  const always = [
    [/\\b\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?/g, (all, part) => "12:00:00" + (part ? ".000" : "")],
    [/\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b/g, () => "00000000-0000-0000-0000-000000000000"],
    [/\\b\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z/g, () => "2026-01-01T12:00:00.000Z"],
    [/(< )?\\b(\\d+ (µs|ms)|\\d+\\.\\d+ (µs|ms|s))\\b/g, () => "7 ms"],
    // what is left of an hour after the first seconds
    [/\\b59 m( \\d+ s)?\\b/g, () => "1 h"],
    [/\\bevent \\d+/g, () => "event 1"],
    [/^\\d\\d\\.\\d\\d\\d$/g, () => "00.000"],
    [/\\S*\\bcontrail-studio-\\w+/g, () => "/home/ada"],
    [/-[0-9A-Z]{12}\\b/g, () => "-000000000000"],
    [/\\b[\\d.]+ requests\\/s/g, () => "0 requests/s"],
    [/\\blocalhost:\\d+/g, () => "localhost:4566"],
  ];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const stood = always.reduce((value, [pattern, by]) => value.replace(pattern, by), text.nodeValue);
    if (stood !== text.nodeValue) text.nodeValue = stood;
  }
})()`;
