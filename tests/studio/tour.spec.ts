// docs/tour.md is true: every step is walked as it is written, from `npm start` to the exported pictures, in the time it says.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { endStudio, picture, startStudio } from "./support.ts";
import { titlesIn, tourPage, tourSteps } from "./tourSteps.ts";

const tenMinutes = 10 * 60_000;

test("the tour: seven resources are drawn, coded, run and exported from nothing, as the page says", async ({ page }, { annotations }) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "contrail-tour-"));
  const text = await readFile(tourPage, "utf8");
  expect(titlesIn(text)).toEqual(tourSteps.map(({ title }) => title));
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const studio = await startStudio("--example", path.join(folder, "home"), ["orders"]);
  try {
    await page.goto(studio.url);
    const begin = performance.now();
    for (const step of tourSteps)
      await test.step(step.title, () => step.walk({ page, folder, text, take: (name) => picture(page, name, { isMoving: true }) }));
    const took = performance.now() - begin;
    const words = `the tour took ${Math.round(took / 1000)} s of the machine's`;
    annotations.push({ type: "time", description: words });
    console.log(words);
    expect(took).toBeLessThan(tenMinutes);
    expect(complaints).toEqual([]);
  } finally {
    await endStudio(studio.process);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
