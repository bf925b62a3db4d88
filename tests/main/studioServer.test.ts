import { request } from "node:http";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import WebSocket from "ws";
import { StudioSession } from "../../src/main/session.ts";
import { startStudioServer } from "../../src/main/studioServer.ts";
import { temporaryFolder } from "../support/folder.ts";

const token = "correct-horse-battery-staple";

async function startServer() {
  const folder = await temporaryFolder({
    "renderer/index.html": "<!doctype html><title>Contrail</title>",
    "renderer/assets/a.js": "1",
    "secret.txt": "secret",
    "project/template.yaml": "Resources: {}\n",
  });
  const session = new StudioSession({ log() {} });
  const server = await startStudioServer({
    session,
    shell: { kind: "browser", version: "0" },
    port: 0,
    rendererDirectory: path.join(folder, "renderer"),
    token,
  });
  onTestFinished(async () => {
    await server.close();
    await session.close();
  });
  return { folder, session, server };
}

function get(
  port: number,
  target: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: target, headers }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on("error", reject)
      .end();
  });
}

function connect(url: string, headers: Record<string, string> = {}): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers });
    onTestFinished(() => socket.terminate());
    socket.on("open", () => resolve(socket));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", () => resolve(0));
  });
}

function call(socket: WebSocket, message: unknown): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    socket.on("message", (data) => {
      const answer = JSON.parse(String(data)) as Record<string, unknown>;
      if ("id" in answer) resolve(answer);
    });
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  });
}

describe("the Studio server", () => {
  it("serves the page with a strict policy, and nothing outside its folder", async () => {
    const { server } = await startServer();
    const page = await get(server.port, "/");
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining("Contrail") });
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.headers["content-security-policy"]).not.toContain("unsafe-eval");
    for (const outside of ["/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/%00", "/%zz"]) {
      const answer = await get(server.port, outside);
      expect(answer.status, outside).toBeGreaterThanOrEqual(400);
      expect(answer.body, outside).not.toContain("secret");
    }
  });

  it("answers only under its own name, so that no other site can rebind to it", async () => {
    const { server } = await startServer();
    expect((await get(server.port, "/", { host: "evil.example" })).status).toBe(403);
    expect((await get(server.port, "/", { host: `127.0.0.1:${server.port + 1}` })).status).toBe(403);
    expect((await get(server.port, "/", { host: `localhost:${server.port}` })).status).toBe(200);
  });

  it("opens its API only with the token, from its own page or a program", async () => {
    const { server } = await startServer();
    const url = `ws://127.0.0.1:${server.port}/studio?token=`;
    expect(await connect(url)).toBe(403);
    expect(await connect(`${url}wrong`)).toBe(403);
    expect(await connect(url + token, { origin: "http://evil.example" })).toBe(403);
    expect(await connect(url + token, { host: "evil.example" })).toBe(403);
    expect(await connect(url + token, { origin: `http://127.0.0.1:${server.port}` })).toBeInstanceOf(WebSocket);
    expect(await connect(url + token)).toBeInstanceOf(WebSocket);
  });

  it("answers bad calls with an error that says what was wrong, and goes on", async () => {
    const { server } = await startServer();
    const socket = await connect(`ws://127.0.0.1:${server.port}/studio?token=${token}`);
    if (!(socket instanceof WebSocket)) throw new Error("no connection");
    expect(await call(socket, "{ not json")).toMatchObject({ id: null, error: { code: "bad-input" } });
    const other = await connect(`ws://127.0.0.1:${server.port}/studio?token=${token}`);
    if (!(other instanceof WebSocket)) throw new Error("no connection");
    expect(await call(other, { id: 1, call: "no.such", input: {} })).toMatchObject({ id: 1, error: { code: "unknown-call" } });
    const third = await connect(`ws://127.0.0.1:${server.port}/studio?token=${token}`);
    if (!(third instanceof WebSocket)) throw new Error("no connection");
    expect(await call(third, { id: 2, call: "file.read", input: { path: 5 } })).toMatchObject({ id: 2, error: { code: "bad-input" } });
  });

  it("reads and writes the open project, tells of changes, and says when there is none", async () => {
    const { server, folder, session } = await startServer();
    const events: string[] = [];
    session.onEvent((event) => events.push(event));
    const open = async () => {
      const socket = await connect(`ws://127.0.0.1:${server.port}/studio?token=${token}`);
      if (!(socket instanceof WebSocket)) throw new Error("no connection");
      return socket;
    };
    expect(await call(await open(), { id: 1, call: "file.read", input: { path: "template.yaml" } })).toMatchObject({
      error: { code: "no-project" },
    });
    expect(await call(await open(), { id: 2, call: "project.open", input: { path: path.join(folder, "project") } })).toMatchObject({
      output: { name: "project", templatePath: "template.yaml" },
    });
    expect(events).toContain("project.opened");
    const read = await call(await open(), { id: 3, call: "file.read", input: { path: "template.yaml" } });
    expect(read).toMatchObject({ output: { text: "Resources: {}\n" } });
    const { version } = read["output"] as { version: string };
    expect(
      await call(await open(), {
        id: 4,
        call: "file.write",
        input: { path: "template.yaml", text: "Resources: {} # mine\n", baseVersion: version },
      }),
    ).toMatchObject({ output: { version: expect.any(String) } });
    expect(
      await call(await open(), { id: 5, call: "file.write", input: { path: "template.yaml", text: "x", baseVersion: version } }),
    ).toMatchObject({ error: { code: "conflict" } });
    expect(await call(await open(), { id: 6, call: "run.difference", input: {} })).toMatchObject({ error: { code: "not-running" } });
  });
});
