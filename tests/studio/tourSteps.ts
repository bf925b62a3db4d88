// The steps of docs/tour.md, by mouse and keyboard alone: walked by tour.spec.ts, which makes sure of what the page says one
// sees, and by scripts/pictures.ts, which takes the page's pictures on the way.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect as patiently, type Locator, type Page } from "@playwright/test";

/** Outside the tests there is no configuration that says it. */
const expect = patiently.configure({ timeout: 15_000 });

export interface Tour {
  readonly page: Page;
  /** The folder in which the project's own is made. */
  readonly folder: string;
  /** Of docs/tour.md. */
  readonly text: string;
  /** Takes a picture of the window as it is, under the name that the page knows it by. */
  take(name: string): Promise<void>;
}

export interface TourStep {
  /** As it stands in the page. */
  readonly title: string;
  walk(tour: Tour): Promise<void>;
}

export const tourPage = path.resolve(import.meta.dirname, "../../docs/tour.md");

/** The headings of the page, without their numbers. */
export function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(/^## \d+\. (.+)$/gm)].map(([, title = ""]) => title);
}

/** What the page has a person type into the file. */
function codeIn(text: string, file: string): string {
  const code = new RegExp(`\`${file}\`[^\`]*\n\`\`\`ts\n([^]*?)\`\`\``).exec(text)?.[1];
  if (code === undefined) throw new Error(`docs/tour.md has no code for ${file}.`);
  return code;
}

export const tourSteps: readonly TourStep[] = [
  {
    title: "Make a project",
    async walk({ page, folder }) {
      await page.getByRole("button", { name: "orders" }).first().click();
      await page.getByRole("menuitem", { name: "New project…" }).click();
      const dialog = page.getByRole("dialog", { name: "New project" });
      await expect(dialog.getByRole("radio", { name: /^Empty/ })).toBeChecked();
      await dialog.getByRole("textbox", { name: "Name of the project" }).fill("theatre");
      await dialog.getByRole("textbox", { name: "Path" }).fill(folder);
      await dialog.getByRole("textbox", { name: "Path" }).press("Enter");
      await expect(dialog.getByText(/^Makes .*theatre$/)).toBeVisible();
      await dialog.getByRole("button", { name: "Create here" }).click();
      await expect(page.getByText("Draw the first resource")).toBeVisible();
    },
  },
  {
    title: "Draw seven resources",
    async walk(tour) {
      const { page } = tour;
      const canvas = page.locator(".react-flow").first();
      await page.getByRole("button", { name: "HTTP API", exact: true }).dragTo(canvas, { targetPosition: { x: 130, y: 110 } });
      await nameIt(page, "BoxOffice");
      const toTheRight = { side: "right", by: { x: 64, y: 0 } } as const;
      const below = { side: "bottom", by: { x: 30, y: 110 } } as const;
      const toTheLeft = { side: "left", by: { x: -64, y: 0 } } as const;
      await grow(tour, { from: "BoxOffice", ...toTheRight, choose: "Function", name: "BookSeat" });
      await grow(tour, { from: "BookSeat", ...toTheRight, choose: "Table", name: "Bookings" });
      await grow(tour, { from: "Bookings", ...below, choose: "Function", name: "Confirm", picture: "tour-draw" });
      await grow(tour, { from: "Confirm", ...toTheLeft, choose: "Queue", name: "Mails" });
      await grow(tour, { from: "Mails", ...toTheLeft, choose: "Function", name: "SendMail" });
      await grow(tour, { from: "Mails", ...below, choose: "Queue", name: "UnsentMails" });
      await page.keyboard.press("Shift+T");
      await expect(card(page, "UnsentMails")).toBeInViewport({ ratio: 1 });
      await expect(card(page, "BoxOffice")).toBeInViewport({ ratio: 1 });
      await expect(page.locator(".react-flow__node")).toHaveCount(7);
      await expect(page.locator(".connection-path")).toHaveCount(6);
      await expect(page.locator(".connection-label").filter({ hasText: "after 3" })).toBeVisible();
    },
  },
  {
    title: "Say what the API answers",
    async walk({ page, take }) {
      await card(page, "BoxOffice").getByText("/book-seat").dblclick();
      await page.getByRole("textbox", { name: "Route GET /book-seat" }).fill("POST /bookings");
      await page.keyboard.press("Enter");
      await expect(card(page, "BoxOffice")).toContainText("/bookings");
      await expect(card(page, "BoxOffice")).toContainText("POST");
      await take("tour-seven");
    },
  },
  {
    title: "Write the code",
    async walk(tour) {
      const { page } = tour;
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      for (const [id, file] of [
        ["BookSeat", "bookSeat.ts"],
        ["Confirm", "confirm.ts"],
        ["SendMail", "sendMail.ts"],
      ] as const) {
        await page.getByRole("tab", { name: "Canvas" }).click();
        await card(page, id).dblclick();
        const tab = page.getByRole("tab", { name: file });
        await expect(tab).toHaveAttribute("aria-selected", "true");
        await expect(page.locator(".view-lines").first()).toContainText(`Hello from ${id}`);
        await paste(page, page, codeIn(tour.text, `src/${file}`));
        await expect(page.locator(".view-lines").first()).not.toContainText("Hello from");
        if (file === "bookSeat.ts") await tour.take("tour-code");
        await page.keyboard.press("ControlOrMeta+s");
        await expect.poll(() => savedText(tour, file)).toBe(codeIn(tour.text, `src/${file}`));
      }
      await expect(dock(page, "Problems")).toHaveText(/^Problems ?1?$/);
    },
  },
  {
    title: "Run it",
    async walk({ page }) {
      await page.getByRole("tab", { name: "Canvas" }).click();
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await expect(page.getByRole("contentinfo").getByRole("status")).toContainText("Running");
    },
  },
  {
    title: "Send a request",
    async walk({ page }) {
      await card(page, "BoxOffice").click();
      await dock(page, "Requests").click();
      await expect(page.getByText('"ada@example.com"')).toBeVisible();
      await sendButton(page).click();
      await expect(page.getByText("201 Created")).toBeVisible();
      await expect(card(page, "Bookings")).toContainText("1 item");
      await expect(card(page, "SendMail")).toContainText("1 call");
    },
  },
  {
    title: "Follow it",
    async walk({ page, take }) {
      await page.getByRole("button", { name: "Open trace" }).click();
      const hops = page.getByRole("tree", { name: "Hops" });
      await expect(hops.getByRole("treeitem")).toHaveCount(10);
      await hops.getByRole("treeitem", { name: /PutItem/ }).click();
      await page.getByRole("tab", { name: "Item" }).click();
      await expect(page.getByLabel("Before and after")).toContainText("ada@example.com");
      await take("tour-trace");
    },
  },
  {
    title: "Step, and change a message on its way",
    async walk({ page, take }) {
      await dock(page, "Requests").click();
      await page.keyboard.press("F8");
      await sendButton(page).click();
      await expect(held(page, "POST /bookings of BoxOffice")).toBeVisible();
      await page.keyboard.press("F10");
      await expect(held(page, "Invoke of BookSeat")).toBeVisible();
      await page.keyboard.press("F10");
      const item = held(page, "PutItem of Bookings");
      await expect(item).toBeVisible();
      await item.getByText('"ada@example.com"').click();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("ControlOrMeta+c");
      const message = await page.evaluate<string>("navigator.clipboard.readText()");
      await paste(page, item, message.replace("ada@example.com", "nobody"));
      await expect(item).toContainText("1 value changed");
      await take("tour-held");
      await page.keyboard.press("F5");
      await expect(item).toBeHidden();
      await expect(card(page, "SendMail")).toContainText("1 err");
    },
  },
  {
    title: "Watch it fail",
    async walk({ page, take }) {
      const skip = page.getByRole("button", { name: "Skip to the next due thing" });
      await expect(card(page, "Mails")).toContainText("1 in flight");
      await skip.click();
      await expect(card(page, "SendMail")).toContainText("2 err");
      await expect(card(page, "Mails")).toContainText("1 in flight");
      await skip.click();
      await expect(card(page, "SendMail")).toContainText("3 err");
      await expect(card(page, "Mails")).toContainText("1 in flight");
      await skip.click();
      await expect(card(page, "UnsentMails")).toContainText("depth 1");
      await expect(page.getByText("A message died: moved to UnsentMails")).toBeVisible();
      await take("tour-dead");
      await page.getByRole("button", { name: "Look at it" }).click();
      await expect(page.getByRole("grid")).toContainText('"to":"nobody"');
      await dock(page, "Logs").click();
      await expect(page.getByText("nobody is no mail address").first()).toBeVisible();
    },
  },
  {
    title: "Take it away",
    async walk({ page }) {
      for (const [form, file] of [
        ["PNG", "theatre.png"],
        ["PDF", "theatre.pdf"],
        ["Mermaid", "theatre.mmd"],
      ] as const) {
        await page.getByRole("button", { name: "Export and more" }).click();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("menuitem", { name: `Export the design as ${form}` }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(file);
        expect((await readFile(await download.path())).length).toBeGreaterThan(500);
      }
    },
  },
];

interface Growth {
  readonly from: string;
  readonly side: "right" | "left" | "bottom";
  /** From the middle of that side to where the line is let go. */
  readonly by: { readonly x: number; readonly y: number };
  readonly choose: string;
  readonly name: string;
  /** Of what is offered. */
  readonly picture?: string;
}

/** Drags a line out of a card, lets it go where nothing stands, and chooses what to add there. */
async function grow({ page, take }: Tour, { from, side, by, choose, name, picture }: Growth): Promise<void> {
  await card(page, from).hover();
  const port = card(page, from).locator(`.port[data-side=${side}]`);
  await port.hover();
  const box = await port.boundingBox();
  if (box === null) throw new Error(`${from} has no port at its ${side}.`);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + by.x, box.y + box.height / 2 + by.y, { steps: 8 });
  await page.mouse.up();
  const offers = page.getByRole("dialog", { name: `Add after ${from}` });
  await offers.getByRole("combobox").fill(choose.toLowerCase());
  await expect(offers.getByRole("option", { selected: true })).toHaveCount(1);
  await expect(offers.getByRole("option").first()).toContainText(choose);
  if (picture !== undefined) await take(picture);
  await page.keyboard.press("Enter");
  await nameIt(page, name);
}

/** Types the name of what was just drawn: its field is open. */
async function nameIt(page: Page, name: string): Promise<void> {
  const field = page.getByRole("textbox", { name: /^New name of / });
  await field.fill(name);
  await field.press("Enter");
  await expect(card(page, name)).toBeVisible();
}

/** In place of all that stands in an editor. */
async function paste(page: Page, where: Page | Locator, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await where.locator(".view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
}

function savedText({ folder }: Tour, file: string): Promise<string> {
  return readFile(path.join(folder, "theatre/src", file), "utf8");
}

function card(page: Page, id: string): Locator {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

function dock(page: Page, title: string): Locator {
  return page.getByRole("tablist", { name: "Dock" }).getByRole("tab", { name: title });
}

function sendButton(page: Page): Locator {
  return page.getByRole("button", { name: /^Send( (Ctrl|⌘).*)?$/ });
}

function held(page: Page, hop: string): Locator {
  return page.getByRole("dialog", { name: `Held: ${hop}`, exact: true });
}
