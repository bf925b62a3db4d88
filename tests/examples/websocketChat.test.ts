import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { runExample, type RunningExample } from "../support/example.ts";
import { connectSocket } from "../support/socket.ts";

function enter({ runtime, nameOf }: RunningExample, query: string) {
  return connectSocket(`${runtime.endpoint.replace("http:", "ws:")}/_aws/execute-api/${nameOf("Chat")}/live?${query}`);
}

it("lets people in a room hear each other, and nobody else", async () => {
  const example = await runExample("websocket-chat");
  const ada = await enter(example, "name=Ada&room=tea");
  const grace = await enter(example, "name=Grace&room=tea");
  const alan = await enter(example, "name=Alan&room=coffee");

  ada.say({ action: "say", text: "hello" });
  await ada.hears({ from: "Ada", text: "hello" });
  await grace.hears({ from: "Ada", text: "hello" });
  expect(alan.heard).toEqual([]);
  alan.say({ action: "dance" });
  await alan.hears({ help: 'Send {"action":"say","text":"hello"}.' });
});

it("keeps out who has no name, and forgets who leaves", async () => {
  const example = await runExample("websocket-chat");
  expect((await enter(example, "room=tea")).status).toBe(401);
  const ada = await enter(example, "name=Ada");
  expect(await example.items("People")).toMatchObject([{ name: "Ada", room: "lobby" }]);
  ada.socket.close();
  await eventually(async () => expect(await example.items("People")).toEqual([]));
});

it("forgets those who are gone without a word when somebody speaks", async () => {
  const example = await runExample("websocket-chat");
  const ada = await enter(example, "name=Ada&room=tea");
  const ghost = { connection: { S: "gone=" }, room: { S: "tea" }, name: { S: "Ghost" } };
  const put = { TableName: example.nameOf("People"), Item: ghost };
  await example.runtime.invokeAsStudio({ service: "dynamodb", operation: "PutItem", input: put });
  ada.say({ action: "say", text: "anybody?" });
  await ada.hears({ from: "Ada", text: "anybody?" });
  await eventually(async () => expect(await example.items("People")).toMatchObject([{ name: "Ada" }]));
});

it("ends a connection on which nobody says anything for ten minutes", async () => {
  const example = await runExample("websocket-chat");
  const ada = await enter(example, "name=Ada");
  await example.runtime.clock.advance(9 * 60_000);
  ada.say({ action: "say", text: "still here" });
  await ada.hears({ from: "Ada", text: "still here" });
  await example.runtime.clock.advance(9 * 60_000);
  expect(ada.socket.readyState).toBe(ada.socket.OPEN);
  await example.runtime.clock.advance(61_000);
  expect(await ada.closes()).toMatchObject({ code: 1001 });
  await eventually(async () => expect(await example.items("People")).toEqual([]));
});
