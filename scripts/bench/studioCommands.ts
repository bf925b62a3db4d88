// From the click or the key of what people do most to what they see of it, in a design of 500 resources.
import type { Browser, Page } from "playwright-core";
import type { Row } from "./row.ts";
import { studioDesign } from "./studioDesign.ts";
import { at, calm, inStudio, untilVisible } from "./studioPage.ts";

const resources = 500;
const rounds = 40;
const warmUps = 2;

interface Measured {
  readonly name: string;
  readonly event: "pointerdown" | "keydown";
  /** Of the page, as text: what a person waits for. */
  readonly visible: string;
  /** What comes before, without being measured. */
  prepare?(page: Page): Promise<void>;
  act(page: Page): Promise<void>;
}

const shows = (selector: string): string => `document.querySelector(${JSON.stringify(selector)})?.checkVisibility() === true`;
const hides = (selector: string): string => `document.querySelector(${JSON.stringify(selector)}) === null`;
const card = (id: string): string => `.react-flow__node[data-id="${id}"]`;
const inspects = (id: string): string => `document.querySelector('aside[aria-label="Inspector"]')?.innerText.includes("${id}") === true`;

/** Each goes on from where the one before ended; the last ends where the first begins. */
const measured: readonly Measured[] = [
  {
    name: "search or run a command (Ctrl+K)",
    event: "keydown",
    visible: shows("[role=dialog] [role=combobox]"),
    act: (page) => page.keyboard.press("Control+k"),
  },
  {
    name: "find a resource, and go there (Enter)",
    event: "keydown",
    visible: inspects("Work7"),
    prepare: async (page) => {
      await page.locator("[role=dialog] [role=combobox]").fill("Work7");
      await page.getByRole("option", { name: "Work7 Function", exact: true }).and(page.locator("[aria-selected=true]")).waitFor();
    },
    act: (page) => page.keyboard.press("Enter"),
  },
  {
    name: "select a card",
    event: "pointerdown",
    visible: inspects("Queue7"),
    prepare: async (page) => {
      await page.locator("[role=dialog]").waitFor({ state: "detached" });
      await calm(page);
    },
    act: (page) => page.locator(card("Queue7")).click({ position: { x: 60, y: 14 } }),
  },
  {
    name: "duplicate it (Ctrl+D)",
    event: "keydown",
    visible: shows(card("Queue7Copy")),
    act: (page) => page.keyboard.press("Control+d"),
  },
  {
    name: "rename it (F2)",
    event: "keydown",
    visible: shows('[aria-label="New name of Queue7Copy"]'),
    act: (page) => page.keyboard.press("F2"),
  },
  {
    name: "delete it (Delete)",
    event: "keydown",
    visible: hides(card("Queue7Copy")),
    prepare: (page) => page.keyboard.press("Escape"),
    act: (page) => page.keyboard.press("Delete"),
  },
  {
    name: "undo (Ctrl+Z)",
    event: "keydown",
    visible: shows(card("Queue7Copy")),
    act: (page) => page.keyboard.press("Control+z"),
  },
  {
    name: "add a resource (/ topic, Enter)",
    event: "keydown",
    visible: shows(card("Topic")),
    prepare: async (page) => {
      await page.locator(".react-flow__pane").click({ position: { x: 60, y: 60 } });
      await page.keyboard.press("/");
      await page.getByRole("combobox", { name: "Add to the canvas" }).fill("topic");
      await page
        .getByRole("option", { name: /^Topic/ })
        .and(page.locator("[aria-selected=true]"))
        .waitFor();
    },
    act: (page) => page.keyboard.press("Enter"),
  },
  {
    name: "look at the template (tab)",
    event: "pointerdown",
    visible: shows(".view-line"),
    prepare: async (page) => {
      // everything as it was: the name that is asked for, the new card, the copy
      await page.keyboard.press("Escape");
      for (let step = 0; step < 2; step++) await page.keyboard.press("Control+z");
      await page.locator(card("Queue7Copy")).waitFor({ state: "detached" });
    },
    act: (page) => page.getByRole("tab", { name: "template.yaml" }).click(),
  },
  {
    name: "back to the canvas (tab)",
    event: "pointerdown",
    visible: shows(card("Queue7")),
    act: (page) => page.getByRole("tab", { name: "Canvas" }).click(),
  },
];

export async function commandRows(browser: Browser): Promise<Row[]> {
  return inStudio(browser, studioDesign(resources), async ({ page }) => {
    // its editor is there, as it is for most of a session
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("template.yaml");
    await page.getByRole("option", { name: "template.yaml" }).first().click();
    await page.locator(".view-line").first().waitFor();
    await page.getByRole("tab", { name: "Canvas" }).click();
    await page.locator(".react-flow__pane").waitFor();
    const times = new Map(measured.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round < warmUps + rounds; round++) {
      for (const { name, event, visible, prepare, act } of measured) {
        await prepare?.(page);
        const milliseconds = await untilVisible(page, event, visible, () => act(page));
        if (round >= warmUps) times.get(name)?.push(milliseconds);
      }
    }
    const limit = await bareKey(browser);
    return [...times].flatMap(([name, values]) =>
      [0.5, 0.95].map((share) => ({
        name: `Seen, ${resources} nodes: ${name} (p${share * 100})`,
        value: at(values, share),
        unit: "ms",
        limit: at(limit, share),
        ratio: at(limit, share) / at(values, share),
        ...(share === 0.95 && { aim: "< 100 ms" }),
      })),
    );
  });
}

/** A key that shows a word on a page with nothing else. */
async function bareKey(browser: Browser): Promise<readonly number[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.setContent("<p hidden>Seen</p>");
  await page.evaluate('addEventListener("keydown", () => (document.querySelector("p").hidden = !document.querySelector("p").hidden))');
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const isShown = round % 2 === 0;
    times.push(await untilVisible(page, "keydown", `document.querySelector("p").hidden === ${!isShown}`, () => page.keyboard.press("a")));
  }
  await page.close();
  return times;
}
