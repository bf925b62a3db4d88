import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createClientSockets } from "../../src/main/clientSockets.ts";

test("whatever is typed behind the address, the connection goes to this machine, with the API's name", async () => {
  const asked: string[] = [];
  const server = createServer().on("upgrade", (request, socket) => {
    asked.push(`${request.headers.host?.replace(/:\d+$/, "")} ${request.url}`);
    socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const sockets = createClientSockets(() => {});
  try {
    for (const rest of ["@elsewhere.invalid/a", "?name=Ada", "/room", ""])
      await expect(sockets.connect(`ws://chat.localhost:${port}/`, rest)).rejects.toThrow("refused the connection with 403");
    expect(asked).toEqual([
      "chat.localhost /@elsewhere.invalid/a",
      "chat.localhost /?name=Ada",
      "chat.localhost /room",
      "chat.localhost /",
    ]);
  } finally {
    server.close();
  }
});
