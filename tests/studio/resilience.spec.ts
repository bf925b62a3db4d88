// Without a project, without a server, with broken files, under load: always a clear state and a way on.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { send } from "../support/http.ts";
import {
  card,
  chooseTarget,
  command,
  dockTab,
  endStudio,
  expect,
  openRunning,
  picture,
  runStatus,
  sendButton,
  startStudio,
  test,
} from "./support.ts";

test.describe("without a project", () => {
  test.use({ example: null });

  test("the welcome screen leads to an example, a new project and any folder", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(page.getByRole("heading", { name: "Contrail" })).toBeVisible();
    await picture(page, "welcome-1");
    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.getByRole("dialog", { name: "Search or run a command" }).getByRole("option", { name: "New project" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Orders/ }).click();
    // nine cards, three notes
    await expect(page.locator(".react-flow__node")).toHaveCount(12);
    await command(page, "New project…");
    await page.getByRole("textbox", { name: "Name of the project" }).fill("shop");
    await page.getByRole("textbox", { name: "Path" }).fill(path.dirname(studio.home));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("list", { name: "Folders" })).toContainText("home");
    await picture(page, "welcome-2-new-project");
    await page.getByRole("button", { name: "Create here" }).click();
    await expect(page.getByText("Draw the first resource")).toBeVisible();
    await picture(page, "welcome-3-empty-canvas");
    await page.getByRole("button", { name: /^Add a resource/ }).click();
    await page.getByRole("combobox", { name: "Add to the canvas" }).fill("function");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(card(page, "Function")).toBeVisible();

    await command(page, "Open folder…");
    await page.getByRole("textbox", { name: "Path" }).fill(path.resolve("resources/examples"));
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /orders/ }).click();
    await expect(page.getByRole("textbox", { name: "Path" })).toHaveValue(/orders$/);
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(studio.complaints).toEqual([]);
  });
});

test("stopped and run again: said clearly, nothing lost", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await chooseTarget(page, "POST /orders");
  // the example body is complete once the handler's code has been read
  await expect(page.getByText("tea-01")).toBeVisible();
  await sendButton(page).click();
  await expect(page.getByText("201 Created")).toBeVisible();
  await page.getByRole("button", { name: /^Stop/ }).click();
  await expect(runStatus(page)).toHaveText("Not running");
  await picture(page, "resilience-1-stopped");
  await page.getByRole("button", { name: /^Run and send/ }).click();
  await expect(card(page, "Orders")).toContainText("2 items");
});

test("the connection is cut: typed text stays, the page comes back by itself", async ({ studio }) => {
  const { page } = studio;
  let cut = (): void => {};
  await page.routeWebSocket(/\/studio/, (socket) => {
    socket.connectToServer();
    cut = () => void socket.close();
  });
  await openRunning(studio);
  // the example body is complete once the handler's code has been read
  await expect(page.getByText("tea-01")).toBeVisible();
  await page.getByLabel("Path and query").fill("/orders?typed=1");
  cut();
  await expect(page.getByRole("alert").filter({ hasText: "does not answer" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "does not answer" })).toBeHidden();
  await expect(runStatus(page)).toContainText("Running");
  await sendButton(page).click();
  await expect(page.getByText("201 Created")).toBeVisible();

  // gone for good: said, and what was typed is still there
  studio.process.kill("SIGKILL");
  await expect(page.getByRole("alert").filter({ hasText: "does not answer" })).toBeVisible();
  await expect(page.getByLabel("Path and query")).toHaveValue("/orders?typed=1");
  await picture(page, "resilience-2-gone");
});

test("a hundred quick requests do not make the Studio wait", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await chooseTarget(page, "POST /orders");
  // the example body is complete once the handler's code has been read
  await expect(page.getByText("tea-01")).toBeVisible();
  await sendButton(page).click();
  await expect(page.getByText("201 Created")).toBeVisible();
  const body = JSON.stringify({ customer: "ada", lines: [{ product: "tea", quantity: 1, price: 2 }] });
  const answers = Array.from({ length: 100 }, () =>
    send(`${studio.apiUrl.replace(/\/$/, "")}/orders`, { method: "POST", body, headers: { "content-type": "application/json" } }),
  );
  // meanwhile: a frame is never long in coming, and a click is answered
  const longest = await page.evaluate<number>(`new Promise((resolve) => {
    let longest = 0, last = performance.now(); const end = last + 1500;
    const frame = (now) => { longest = Math.max(longest, now - last); last = now; if (now < end) requestAnimationFrame(frame); else resolve(longest); };
    requestAnimationFrame(frame);
  })`);
  expect(longest).toBeLessThan(500);
  await card(page, "Web").click();
  await expect(page.getByRole("complementary", { name: "Inspector" }).getByRole("heading", { level: 2 })).toHaveText("Web");
  expect((await Promise.all(answers)).map((answer) => answer.status).filter((status) => status !== 201)).toEqual([]);
  await expect(card(page, "Orders")).toContainText("101 items");
  await page.getByRole("tab", { name: "Timeline" }).click();
  await picture(page, "resilience-3-load");
  expect(studio.complaints).toEqual([]);
});

test.describe("a canvas file that cannot be read", () => {
  test.use({ files: { ".contrail/canvas.json": "{ not json" } });

  test("is told and left as it is until the person decides", async ({ studio }) => {
    const { page } = studio;
    await openRunning(studio);
    const told = page.getByRole("alert").filter({ hasText: "Positions could not be read" });
    await expect(told).toBeVisible();
    await picture(page, "resilience-4-canvas-file");
    await card(page, "Web").click();
    await page.keyboard.press("Alt+ArrowDown");
    expect(await studio.read(".contrail/canvas.json")).toBe("{ not json");
    await told.getByRole("button", { name: "Replace it" }).click();
    await expect
      .poll(
        async () =>
          (
            JSON.parse(await studio.read(".contrail/canvas.json").then((text) => (text.startsWith("{ not") ? "{}" : text))) as {
              version?: number;
            }
          ).version,
      )
      .toBe(1);
  });
});

test.describe("a template that is larger than can be opened", () => {
  test.use({ files: { "template.yaml": `Resources:\n${"  Jobs: { Type: AWS::SQS::Queue }\n".repeat(700_000)}` } });

  test("is refused with the limit, and everything else goes on", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(page.getByText("This could not be opened")).toBeVisible();
    await expect(page.getByText(/template\.yaml has \d+(\.\d)? MB\. Contrail reads templates of up to 2 MB/)).toBeVisible();
    await picture(page, "resilience-7-too-large");
    await page.getByRole("button", { name: /^Orders/ }).click();
    // nine cards, three notes
    await expect(page.locator(".react-flow__node")).toHaveCount(12);
    expect(studio.complaints).toEqual([]);
  });
});

test.describe("a template that cannot be read", () => {
  test.use({ files: { "template.yaml": "Resources:\n  Jobs: [\n" } });

  test("opens all the same, says where it is broken, and runs once it is mended", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(page.getByRole("alert").filter({ hasText: "does not parse" })).toBeVisible();
    await picture(page, "resilience-5-broken-template");
    await writeFile(path.join(studio.project, "template.yaml"), "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n");
    await expect(card(page, "Jobs")).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: "does not parse" })).toBeHidden();
  });
});

test("what keeps a second Studio from running the same project is told where people look, and can be tried again", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  const second = await startStudio(studio.project, studio.home, []);
  try {
    await page.goto(second.url);
    const told = page.getByRole("alert").filter({ hasText: "It does not run" });
    await expect(told).toContainText("is in use by a running Contrail");
    await dockTab(page, "Problems").click();
    await expect(page.getByRole("region", { name: "template.yaml" })).toContainText("is in use by a running Contrail");
    await picture(page, "resilience-6-in-use");
    await endStudio(studio.process);
    await told.getByRole("button", { name: "Try again" }).click();
    await expect(runStatus(page)).toContainText("Running");
    await expect(told).toBeHidden();
  } finally {
    await endStudio(second.process);
  }
});

test("without its token the page is not let in, and says so", async ({ studio }) => {
  const { page } = studio;
  await page.goto(new URL("/", studio.url).href);
  await expect(page.getByRole("alert")).toContainText("does not let this page in");
  await expect(page.locator(".react-flow__node")).toHaveCount(0);
});
