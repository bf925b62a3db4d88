import { StudioError } from "../../model/studioApi.ts";
import type { CallHandlers } from "./calls.ts";
import { words } from "../../model/words.ts";

export const socketCalls: CallHandlers<"socket.connect" | "socket.send" | "socket.close"> = {
  "socket.connect": async ({ resource, query }, { session }) => {
    const address = session
      .requireRuntime()
      .urls()
      .find(({ logicalId }) => logicalId === resource);
    if (address === undefined)
      throw new StudioError(
        "not-running",
        words("{{resource}} has no address. Press Run, and see Problems if the deploy fails.", { resource }),
      );
    return { id: await session.sockets.connect(address.url, query) };
  },
  "socket.send": ({ id, text }, { session }) => {
    session.sockets.send(id, text);
    return null;
  },
  "socket.close": ({ id }, { session }) => {
    session.sockets.close(id);
    return null;
  },
};
