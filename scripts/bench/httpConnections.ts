// Requests of one process over a few raw keep-alive connections: the client takes as little of the machine as it can.
import { connect, type Socket } from "node:net";

export interface HttpConnections {
  /** Sends all, each connection its next when the answer is complete; gives the answers' bodies. Throws where one is no 200. */
  sendAll(requests: readonly string[]): Promise<readonly string[]>;
  close(): void;
}

export function openConnections(port: number, count: number): HttpConnections {
  const connections = Array.from({ length: count }, () => new Connection(port));
  return {
    async sendAll(requests) {
      const bodies: string[] = [];
      let next = 0;
      const work = async (connection: Connection): Promise<void> => {
        while (next < requests.length) {
          const index = next++;
          bodies[index] = await connection.send(requests[index] ?? "");
        }
      };
      await Promise.all(connections.map(work));
      return bodies;
    },
    close() {
      for (const connection of connections) connection.close();
    },
  };
}

/** An operation of the AWS JSON protocol as bytes of HTTP. */
export function operationRequest(service: string, target: string, input: unknown): string {
  const body = JSON.stringify(input);
  return [
    "POST / HTTP/1.1",
    "Host: 127.0.0.1",
    "Content-Type: application/x-amz-json-1.0",
    `X-Amz-Target: ${target}`,
    `Authorization: AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}

class Connection {
  readonly #socket: Socket;
  #received = "";
  #answered: ((body: string) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1").setNoDelay(true).setEncoding("latin1");
    this.#socket.on("error", (error) => this.#failed?.(error));
    this.#socket.on("close", () => this.#failed?.(new Error("The server closed the connection.")));
    this.#socket.on("data", (chunk) => this.#read(String(chunk)));
  }

  send(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const head = this.#received.slice(0, headEnd);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    const body = this.#received.slice(headEnd + 4);
    if (body.length < length) return;
    this.#received = "";
    if (head.startsWith("HTTP/1.1 200")) this.#answered?.(body);
    else this.#failed?.(new Error(`${head.split("\r\n")[0]}: ${body}`));
  }
}
