import { apigatewayLimits } from "../../../../model/limits/apigateway.ts";
import type { Caller, Kernel, SocketPeer } from "../../../kernel/service.ts";
import type { HttpApi, Stage } from "../apis.ts";

/** One client of a WebSocket API, for as long as it is connected. */
export interface Connection {
  readonly id: string;
  readonly apiId: string;
  readonly stage: string;
  /** Virtual milliseconds. */
  readonly connectedAt: number;
  lastActiveAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** Whom its messages come from; each begins a trace of its own. */
  readonly client: Caller;
  peer: SocketPeer | null;
  stopTimers(): void;
}

/** The clients that are connected; nothing of them outlives the runtime. */
export class Connections {
  readonly #byId = new Map<string, Connection>();
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  find(api: HttpApi, stage: string, id: string): Connection | undefined {
    const connection = this.#byId.get(id);
    return connection?.apiId === api.id && connection.stage === stage ? connection : undefined;
  }

  /** Not to be found before its $connect route has let it in. */
  make(api: HttpApi, stage: Stage, source: Pick<Connection, "sourceIp" | "userAgent" | "client">): Connection {
    const now = this.#kernel.clock.now();
    const id = `${this.#kernel.ids.base36(15)}=`;
    return { ...source, id, apiId: api.id, stage: stage.name, connectedAt: now, lastActiveAt: now, peer: null, stopTimers: () => {} };
  }

  /** From here on it can be sent to, and its times run. */
  add(connection: Connection, peer: SocketPeer): void {
    connection.peer = peer;
    this.#byId.set(connection.id, connection);
    const { clock } = this.#kernel;
    const end = connection.connectedAt + apigatewayLimits.webSocketLifetimeSeconds.value * 1000;
    const cancelEnd = clock.at(end, { title: "A WebSocket's two hours end" }, () => peer.close(1001, "Going away"));
    let cancelIdle = (): void => {};
    const expectIdle = (): void => {
      const at = connection.lastActiveAt + apigatewayLimits.webSocketIdleSeconds.value * 1000;
      cancelIdle = clock.at(at, { title: "A WebSocket has been idle" }, () => {
        if (clock.now() - connection.lastActiveAt >= apigatewayLimits.webSocketIdleSeconds.value * 1000) peer.close(1001, "Going away");
        else expectIdle();
      });
    };
    expectIdle();
    connection.stopTimers = () => {
      cancelEnd();
      cancelIdle();
    };
  }

  remove(connection: Connection): void {
    connection.stopTimers();
    this.#byId.delete(connection.id);
  }

  touch(connection: Connection): void {
    connection.lastActiveAt = this.#kernel.clock.now();
  }
}
