// Whatever is dropped, pasted, undone or changed from two sides at once: a clear message, and nothing lost.
import { card, command, endStudio, expect, openRunning, picture, runStatus, startStudio, test } from "./support.ts";

/** In the page: drops a file of the name, made by a script, as a browser hands it over. */
function dropOf(name: string, parts: string): string {
  return `{
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(${parts}, ${JSON.stringify(name)}));
    const options = { dataTransfer, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent("dragover", options));
    document.body.dispatchEvent(new DragEvent("drop", options));
  }`;
}

const text = (content: string): string => `[${JSON.stringify(content)}]`;

test.describe("without running", () => {
  test.use({ openArguments: ["--no-run"] });

  test("whatever file is dropped, what it is and what to do instead is told, and the project stays", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(card(page, "Fulfil")).toBeVisible();
    const template = await studio.read("template.yaml");
    for (const [name, parts, told] of [
      ["film.yaml", "[new Uint8Array(200_000_000)]", "film.yaml has 200.0 MB. Contrail reads templates of up to 2 MB."],
      ["photo.png", "[new Uint8Array([137, 80, 78, 71, 0, 1, 2])]", "photo.png is no template: it has no Resources."],
      ["empty.yaml", "[]", "empty.yaml is no template"],
      ["deployment.yaml", text("apiVersion: apps/v1\nkind: Deployment\nspec: {}\n"), "deployment.yaml is no template"],
      ["page.html", text("<html><script>alert(1)</script></html>"), "page.html is no template"],
      ["list.json", text("[1, 2, 3]"), "list.json is no template"],
      ["main.tf.json", text('{"resource":{"aws_sqs_queue":{}}}'), "main.tf.json is no template"],
      ["wait.asl.json", text('{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}'), "wait.asl.json defines a state machine"],
    ] as const) {
      await page.evaluate(dropOf(name, parts));
      const notice = page.getByText(told);
      await expect(notice).toBeVisible();
      if (name === "film.yaml") await picture(page, "bad-input-1-dropped");
      await page.getByRole("button", { name: "Close" }).last().click();
      await expect(notice).toBeHidden();
    }
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await studio.read("template.yaml")).toBe(template);
    expect(studio.complaints).toEqual([]);
  });

  test("whatever is pasted becomes cards, a note or a message, and undo stops at the beginning", async ({ studio }) => {
    const { page } = studio;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await studio.open();
    await expect(card(page, "Fulfil")).toBeVisible();
    const template = await studio.read("template.yaml");
    const notes = page.locator(".react-flow__node-note");
    const paste = async (write: string): Promise<void> => {
      await page.evaluate(write);
      await page.keyboard.press("ControlOrMeta+v");
    };
    const words = [
      "Resources: [broken",
      '{ "some": "json" }',
      "<b>bold</b><script>document.title = 'hurt'</script>",
      "apiVersion: v1\nkind: Service\nType: ClusterIP",
    ];
    for (const [index, one] of words.entries()) {
      await paste(`navigator.clipboard.writeText(${JSON.stringify(one)})`);
      await expect(notes).toHaveCount(index + 1);
    }
    await expect(page).not.toHaveTitle("hurt");
    await paste(`navigator.clipboard.writeText("a long story ".repeat(500_000))`);
    await expect(page.getByText(/The clipboard holds [\d,. ]+ characters that are no piece of a template/)).toBeVisible();
    await paste(`new Promise((done) => {
      const canvas = document.createElement("canvas");
      canvas.toBlob((image) => done(navigator.clipboard.write([new ClipboardItem({ "image/png": image })])));
    })`);
    await expect(page.getByText("no pictures or files")).toBeVisible();
    await expect(notes).toHaveCount(words.length);

    // more steps back and forth than there are
    for (let step = 0; step < words.length + 5; step += 1) await page.keyboard.press("ControlOrMeta+z");
    await expect(notes).toHaveCount(0);
    expect(await studio.read("template.yaml")).toBe(template);
    for (let step = 0; step < words.length + 5; step += 1) await page.keyboard.press("ControlOrMeta+Shift+z");
    await expect(notes).toHaveCount(words.length);
    expect(studio.complaints).toEqual([]);
  });

  test("ten thousand steps are listed, undone to the first and done again, and nothing is lost on the way", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await card(page, "OrderQueue").click();
    const field = page.getByRole("textbox", { name: "Visibility timeout" });
    await field.fill("50");
    await field.press("Enter");
    await expect.poll(() => studio.read("template.yaml")).toContain("VisibilityTimeout: 50");
    const template = await studio.read("template.yaml");
    // hours of work, as the window keeps it across a reload: the one step, back and forth
    await expect.poll(() => page.evaluate<string | null>('sessionStorage.getItem("contrail.history")')).toContain('"past":[{');
    await page.evaluate(`{
      const kept = JSON.parse(sessionStorage.getItem("contrail.history"));
      const [at, length, was] = kept.past[0].text;
      const is = kept.text.slice(at, at + length);
      const past = Array.from({ length: 10_000 }, (_, index) =>
        ({ ...kept.past[0], label: "Step " + (10_000 - index), text: index % 2 === 0 ? [at, length, was] : [at, was.length, is] }));
      addEventListener("pagehide", () => sessionStorage.setItem("contrail.history", JSON.stringify({ ...kept, past })));
    }`);
    await page.reload();
    await expect(card(page, "Fulfil")).toBeVisible();
    await page.getByRole("button", { name: "History" }).click();
    const history = page.getByRole("listbox", { name: "Steps of undo, newest first" });
    await expect(history.getByRole("option").first()).toContainText("Step 10000");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(card(page, "OrderQueue")).toContainText("visible 60 s");
    await expect.poll(() => studio.read("template.yaml")).toContain("VisibilityTimeout: 60");
    await history.focus();
    await page.keyboard.press("End");
    await expect(history.getByRole("option", { name: "As it was opened" })).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(history.getByRole("option", { name: "As it was opened" })).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Home");
    await expect(history.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
    await expect.poll(() => studio.read("template.yaml")).toBe(template);
    await expect(card(page, "OrderQueue")).toContainText("visible 50 s");
    expect(studio.complaints).toEqual([]);
  });

  test("two windows on one project: what both change is merged, or asked for", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    const other = await page.context().newPage();
    // what the server tells the other window can be held back, so that it changes what it does not know to be changed
    const heldBack: (() => void)[] = [];
    let isHoldingBack = false;
    await other.routeWebSocket(/\/studio/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        if (isHoldingBack) heldBack.push(() => socket.send(message));
        else socket.send(message);
      });
    });
    await other.goto(studio.url);
    await card(page, "OrderQueue").click();
    await card(other, "Fulfil").click();
    const [here, there] = [
      page.getByRole("textbox", { name: "Visibility timeout" }),
      other.getByRole("textbox", { name: "Timeout", exact: true }),
    ];
    await here.fill("45");
    await there.fill("20");
    await Promise.all([here.press("Enter"), there.press("Enter")]);
    for (const words of ["VisibilityTimeout: 45", "Timeout: 20"]) await expect.poll(() => studio.read("template.yaml")).toContain(words);
    await expect(card(other, "OrderQueue")).toContainText("visible 45 s");

    // the same line: neither is lost
    await card(other, "OrderQueue").click();
    const same = other.getByRole("textbox", { name: "Visibility timeout" });
    await expect(same).toHaveValue("45");
    isHoldingBack = true;
    await here.fill("50");
    await here.press("Enter");
    await expect.poll(() => studio.read("template.yaml")).toContain("VisibilityTimeout: 50");
    await same.fill("55");
    await same.press("Enter");
    isHoldingBack = false;
    for (const tell of heldBack) tell();
    await expect(other.getByText("Another program changed lines of template.yaml that you changed too.")).toBeVisible();
    expect(await studio.read("template.yaml")).toContain("VisibilityTimeout: 50");
    await expect(card(other, "OrderQueue")).toContainText("visible 55 s");
    await other.getByRole("button", { name: "Choose" }).click();
    await picture(other, "bad-input-3-conflict");
    await other.getByRole("button", { name: /mine/ }).first().click();
    await expect.poll(() => studio.read("template.yaml")).toContain("VisibilityTimeout: 55");
    await expect(card(page, "OrderQueue")).toContainText("visible 55 s");
    await other.close();
    expect(studio.complaints).toEqual([]);
  });
});

test("Contrail is killed while a form is filled in, and started again: the page goes on with it, and saves what was typed", async ({
  studio,
}) => {
  const { page } = studio;
  await openRunning(studio);
  await card(page, "OrderQueue").click();
  const field = page.getByRole("textbox", { name: "Visibility timeout" });
  await field.fill("33");
  studio.process.kill("SIGKILL");
  const banner = page
    .getByRole("alert")
    .filter({ has: page.locator("svg") })
    .first();
  await expect(banner).toContainText("The Studio server does not answer. What you typed is kept");
  await field.press("Enter");
  await expect(card(page, "OrderQueue")).toContainText("visible 33 s");
  expect(await studio.read("template.yaml")).toContain("VisibilityTimeout: 60");

  const again = await startStudio(studio.project, studio.home, []);
  try {
    await expect(banner).toContainText("Contrail was started again. What you typed is still here");
    await picture(page, "bad-input-2-started-again");
    const address = page.getByRole("textbox", { name: "Studio address" });
    await address.fill("http://127.0.0.1:1/?token=x");
    await address.press("Enter");
    await expect(banner).toContainText("That is no address of this page");
    await address.fill(again.url);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(address).toBeHidden();
    await expect.poll(() => studio.read("template.yaml")).toContain("VisibilityTimeout: 33");
    await expect(runStatus(page)).toContainText("Running");
    await command(page, "Undo");
    await expect.poll(() => studio.read("template.yaml")).toContain("VisibilityTimeout: 60");
  } finally {
    await endStudio(again.process);
  }
});
