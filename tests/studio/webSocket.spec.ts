// A WebSocket API from the Requests panel: connected to, spoken to by route, heard, ended.
import AxeBuilder from "@axe-core/playwright";
import { card, expect, picture, replaceText, runStatus, sendButton, setTheme, test } from "./support.ts";

test.use({ example: "websocket-chat" });

test("two people connect to the chat, one says something, both hear it, one leaves", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(runStatus(page)).toContainText("Running");
  await card(page, "Chat").click();
  const dock = page.getByRole("region", { name: "Dock" });
  const query = dock.getByRole("textbox", { name: "Path and query" });
  const log = dock.getByRole("log", { name: "Messages" });
  const connections = dock.getByRole("group", { name: "Connections" });

  // whoever gives no name is not let in, and is told so
  await expect(dock.getByText("Not connected")).toBeVisible();
  await dock.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(dock.getByRole("alert")).toContainText("401");

  await query.fill("?name=Ada&room=tea");
  await dock.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(log).toContainText("Connected");
  await connections.getByRole("button", { name: "Another connection" }).click();
  await query.fill("?name=Grace&room=tea");
  await dock.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(connections.getByRole("button", { name: "name=Grace&room=tea" })).toHaveAttribute("aria-pressed", "true");

  // the route is chosen, and fills in what chooses it
  await dock.getByRole("combobox", { name: "Route" }).click();
  await page.getByRole("option", { name: "say" }).click();
  await replaceText(page, "Message", '{ "action": "say", "text": "Tea is ready" }');
  await sendButton(page).click();
  await expect(log.getByLabel("sent")).toHaveCount(1);
  await expect(log.getByRole("listitem").filter({ has: page.getByLabel("received") })).toContainText('"from": "Grace"');
  await connections.getByRole("button", { name: "name=Ada&room=tea" }).click();
  await expect(log).toContainText("Tea is ready");
  await expect(log.getByLabel("sent")).toHaveCount(0);
  await picture(page, "web-socket");
  for (const theme of ["light", "dark"] as const) {
    await setTheme(page, theme);
    const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Dock"]').exclude(".monaco-editor").analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  }

  // the end is seen on both sides: here, and by the route of the API that is told
  await dock.getByRole("button", { name: "Disconnect" }).click();
  await expect(log).toContainText("Ended: 1000");
  await expect(sendButton(page)).toBeDisabled();
  await expect(card(page, "Leave")).toContainText("1 call");
  await connections.getByRole("button", { name: "Take ?name=Ada&room=tea off the list" }).click();
  await expect(connections.getByRole("button", { name: "name=Ada&room=tea" })).toBeHidden();
  expect(studio.complaints).toEqual([]);
});
