// The Studio in German and Spanish, at the smallest window it is made for: every main view holds its layout and says all in the language.
import { readFileSync } from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { card, expect, test } from "./support.ts";

const root = path.resolve(import.meta.dirname, "../..");
const languages = [
  { language: "de", name: "Deutsch" },
  { language: "es", name: "Español" },
] as const;

test.use({ viewport: { width: 1280, height: 720 } });

/** The catalogue of a language, asked as the Studio asks it. */
function catalogue(language: string): { say(text: string): string; readonly texts: readonly string[] } {
  const file = path.join(root, `src/renderer/app/texts/${language}.json`);
  const entries = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  return { say: (text) => entries[text] ?? text, texts: Object.values(entries) };
}

/** Chooses the language as a person does, in whatever language the palette speaks. */
async function speak(page: Page, name: string, language: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog").getByRole("combobox").fill(name);
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

/** Nothing is wider than the window, no button or tab is cut, and nothing is wrong for those who listen. */
async function holds(page: Page, view: string, texts: readonly string[]): Promise<void> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  await page.screenshot({ path: path.join(root, `test-results/language-${view}.png`), animations: "disabled" });
  const found = await page.evaluate(
    // the tests' world has no DOM, so what runs in the page is a text
    `((texts) => {
      const known = new Set(texts);
      const dialog = [...document.querySelectorAll("[role=dialog][data-state=open]")].at(-1);
      const cut = [];
      for (const element of document.querySelectorAll("button, [role=tab], [role=menuitem]")) {
        if (!element.checkVisibility() || element.closest(".sr-only, .monaco-editor, .react-flow") !== null) continue;
        const name = element.textContent.trim() || element.getAttribute("aria-label");
        // names of a project's own may be cut with an ellipsis; words of the Studio may not
        for (const part of [element, ...element.querySelectorAll("*")])
          if (part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
            if (getComputedStyle(part).textOverflow !== "ellipsis" || known.has(part.textContent.trim())) cut.push(name);
        // nor may anything lie over its ends, unless it is scrolled away or a dialog is before it
        if (dialog !== undefined && !dialog.contains(element)) continue;
        if (element.matches("[role=tab][aria-selected=false], :disabled")) continue;
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const y = (top + bottom) / 2;
        const isScrolledAway = (box) => y < box.top || y > box.bottom;
        let around = element.parentElement;
        while (around !== null && !isScrolledAway(around.getBoundingClientRect())) around = around.parentElement;
        if (around !== null && getComputedStyle(around).overflowY !== "visible") continue;
        // a splitter reaches a few pixels over its neighbours; what shows only under the pointer does not count
        const inset = Math.min(9, (right - left) / 2);
        const isUncovered = (x) => {
          const top = document.elementFromPoint(x, y);
          return element.contains(top) || (top !== null && !top.checkVisibility({ opacityProperty: true }));
        };
        if (!isUncovered(left + inset) || !isUncovered(right - inset)) cut.push(name + " is covered");
      }
      return { isWide: document.documentElement.scrollWidth > innerWidth, cut };
    })(${JSON.stringify(texts)})`,
  );
  expect(found, view).toEqual({ isWide: false, cut: [] });
  const { violations } = await new AxeBuilder({ page }).exclude(".monaco-editor").analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(
    serious.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) })),
    view,
  ).toEqual([]);
}

const tab = (page: Page, list: string, title: string) => page.getByRole("tablist", { name: list }).getByRole("tab", { name: title });

for (const { language, name } of languages)
  test(`the design, its data and what runs through it are shown in ${name}`, async ({ studio }) => {
    test.slow();
    const { page } = studio;
    await studio.open();
    await expect(card(page, "Fulfil")).toBeVisible();
    const { say, texts } = catalogue(language);
    await speak(page, name, language);
    await page.keyboard.press("ControlOrMeta+1");
    await expect(page.getByRole("contentinfo").getByRole("status")).toContainText(say("Running, in step with the template"));

    await test.step("canvas with inspector", async () => {
      await card(page, "OrderQueue").click();
      await expect(page.getByText(say("Visibility timeout"), { exact: true })).toBeVisible();
      await holds(page, `${language}-canvas`, texts);
      for (const title of ["Connections", "Live", "Problems"] as const) {
        await tab(page, say("Inspector"), say(title)).click();
        await holds(page, `${language}-inspector-${title.toLowerCase()}`, texts);
      }
      await tab(page, say("Inspector"), say("Properties")).click();
    });

    await test.step("requests, traces and the debugger", async () => {
      await tab(page, say("Dock"), say("Requests")).click();
      await page.getByRole("button", { name: new RegExp(`^${say("Send to: {{name}}").split("{{")[0]}`) }).click();
      await page.getByRole("combobox", { name: say("Find a target") }).fill("POST /orders");
      await page.getByRole("option", { name: "POST /orders" }).first().click();
      await expect(page.getByText("tea-01")).toBeVisible();
      await page.getByRole("button", { name: new RegExp(`^${say("Send")}( (Ctrl|⌘).*)?$`) }).click();
      await expect(page.getByText("201 Created")).toBeVisible();
      await holds(page, `${language}-requests`, texts);
      await page.getByRole("button", { name: say("Open trace") }).click();
      await page
        .getByRole("tree", { name: say("Hops") })
        .getByRole("treeitem")
        .first()
        .click();
      await expect(page.getByRole("tablist", { name: say("Parts of the hop") })).toBeVisible();
      await holds(page, `${language}-traces`, texts);
      for (const title of ["Logs", "Problems", "Debug"]) {
        await tab(page, say("Dock"), say(title)).click();
        await holds(page, `${language}-${title.toLowerCase()}`, texts);
      }
    });

    await test.step("a held hop", async () => {
      await page.keyboard.press("F8");
      await tab(page, say("Dock"), say("Requests")).click();
      await page.getByRole("button", { name: new RegExp(`^${say("Send")}( (Ctrl|⌘).*)?$`) }).click();
      await expect(page.getByRole("textbox", { name: say("Message of the held hop") })).toBeVisible();
      await tab(page, say("Dock"), say("Debug")).click();
      await holds(page, `${language}-held`, texts);
      await page
        .getByRole("toolbar", { name: say("Held hop") })
        .getByRole("button", { name: say("Continue") })
        .click();
      await expect(page.getByRole("toolbar", { name: say("Held hop") })).toBeHidden();
    });

    await test.step("code", async () => {
      await page.keyboard.press("ControlOrMeta+Shift+3");
      await page.getByRole("treeitem", { name: "template.yaml" }).dblclick();
      await expect(page.locator(".monaco-editor").first()).toBeVisible();
      await holds(page, `${language}-code`, texts);
      await page.keyboard.press("Alt+w");
    });

    await test.step("a table, a queue", async () => {
      await page.keyboard.press("ControlOrMeta+Shift+4");
      for (const [group, resource] of [
        ["Tables", "Orders"],
        ["Queues", "OrderQueue"],
      ] as const) {
        await page
          .getByRole("region", { name: say(group) })
          .getByRole("button", { name: new RegExp(`^${resource}`) })
          .click();
        await expect(page.getByRole("region", { name: say("Main area") }).getByRole("heading", { name: resource })).toBeVisible();
        await holds(page, `${language}-${group.toLowerCase()}`, texts);
        await page.keyboard.press("Alt+w");
      }
    });

    await test.step("the explorer's other views, the palette, shortcuts", async () => {
      for (const [index, view] of ["palette", "outline", "files", "data", "traces", "breakpoints", "history"].entries()) {
        await page.keyboard.press(`ControlOrMeta+Shift+${index + 1}`);
        await holds(page, `${language}-explorer-${view}`, texts);
      }
      await page.keyboard.press("ControlOrMeta+,");
      await expect(page.getByRole("combobox", { name: say("Language") })).toContainText(name);
      await holds(page, `${language}-settings`, texts);
      await page.keyboard.press("ControlOrMeta+k");
      await holds(page, `${language}-palette`, texts);
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: say("Keyboard shortcuts") })).toBeVisible();
      await holds(page, `${language}-shortcuts`, texts);
      await page.keyboard.press("Escape");
      await page.keyboard.press("ControlOrMeta+Shift+1");
    });
    expect(studio.complaints).toEqual([]);
  });

test.describe("a design with faults", () => {
  test.use({
    example: null,
    files: {
      "template.yaml": `Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: { FifoQueue: true, QueueName: jobs.fifo, RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn, maxReceiveCount: 3 } }
  Lost: { Type: AWS::SQS::Queue }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      InlineCode: "exports.handler = async () => 1"
      Events: { Jobs: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn } } }
`,
    },
  });

  test("says its findings, what cards are and what lines carry in the language, and in English to tools", async ({ studio }) => {
    test.slow();
    const { page } = studio;
    await studio.open();
    const subtitle = (id: string) => card(page, id).locator(".card-subtitle");
    const labels = page.locator(".connection-label");
    await expect(subtitle("Jobs")).toHaveText("FIFO queue · visible 30 s");
    await expect(labels.filter({ hasText: "after 3" })).toBeVisible();
    for (const { language, name, said } of [
      {
        ...languages[0],
        said: {
          jobs: "Queue (FIFO) · sichtbar nach 30 s",
          lost: "Dead Letters · nach 3",
          line: "nach 3",
          finding: "Jobs ist eine FIFO-Queue, ihre Dead-Letter-Queue Lost aber eine Standard-Queue: AWS will beide von derselben Art.",
        },
      },
      {
        ...languages[1],
        said: {
          jobs: "Cola FIFO · visible tras 30 s",
          lost: "Mensajes fallidos · tras 3",
          line: "tras 3",
          finding: "Jobs es una cola FIFO, pero su cola de mensajes fallidos Lost es estándar: AWS quiere ambas del mismo tipo.",
        },
      },
    ]) {
      const { say, texts } = catalogue(language);
      await speak(page, name, language);
      await expect(subtitle("Jobs")).toHaveText(said.jobs);
      await expect(subtitle("Lost")).toHaveText(said.lost);
      await expect(labels.filter({ hasText: said.line })).toBeVisible();
      await tab(page, say("Dock"), say("Problems")).click();
      await expect(page.getByRole("tabpanel", { name: say("Problems") }).getByText(said.finding)).toBeVisible();
      await holds(page, `${language}-faults`, texts);
    }
    expect(studio.complaints).toEqual([]);
  });
});

test.describe("a workflow", () => {
  test.use({ example: "order-saga" });

  test("is drawn, formed and watched in both", async ({ studio }) => {
    test.slow();
    const { page } = studio;
    await studio.open();
    await expect(page.locator(".react-flow__node").first()).toBeVisible();
    for (const { language, name } of languages) {
      const { say, texts } = catalogue(language);
      await speak(page, name, language);
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("dialog").getByRole("combobox").fill("workflow.open");
      await page.keyboard.press("Enter");
      const state = card(page, "/States/ReserveStock");
      await expect(state).toBeVisible();
      await expect(page.getByText(say("any error"), { exact: true }).first()).toBeVisible();
      await holds(page, `${language}-workflow`, texts);
      await state.click();
      await expect(
        page
          .getByRole("complementary", { name: say("Inspector") })
          .getByRole("textbox")
          .first(),
      ).toBeVisible();
      await holds(page, `${language}-state`, texts);
      for (const title of ["Test state", "Execution"]) {
        await tab(page, say("Dock"), say(title)).click();
        await holds(page, `${language}-${title.toLowerCase().replace(" ", "-")}`, texts);
      }
      await page.keyboard.press("ControlOrMeta+1");
    }
    expect(studio.complaints).toEqual([]);
  });
});

test.describe("without a project", () => {
  test.use({ example: null, locale: "de-AT" });

  test("the welcome speaks the browser's language until a person chooses one, which is kept", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    for (const { language, name } of languages) {
      const { say, texts } = catalogue(language);
      await speak(page, name, language);
      await expect(
        page
          .getByRole("region", { name: say("Learn from an example") })
          .locator("svg.miniature")
          .first(),
      ).toBeVisible();
      await holds(page, `${language}-welcome`, texts);
      await page
        .getByRole("button", { name: new RegExp(`^${say("New project")}`) })
        .first()
        .click();
      await expect(page.getByRole("dialog", { name: say("New project") })).toBeVisible();
      await holds(page, `${language}-new-project`, texts);
      await page.keyboard.press("Escape");
    }
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", "es");
    await speak(page, "English", "en");
    await expect(page.getByRole("region", { name: "Learn from an example" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("region", { name: "Learn from an example" })).toBeVisible();
    expect(studio.complaints).toEqual([]);
  });
});
