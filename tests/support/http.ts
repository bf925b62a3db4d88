import { request as httpRequest } from "node:http";
import { connect } from "node:net";

export interface PlainAnswer {
  readonly status: number;
  /** Lower-case names; repeated headers stand several times. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly text: string;
  header(name: string): string | undefined;
  json(): any;
}

export interface PlainRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** One HTTP exchange with the runtime: any Host (names below .localhost need no resolver), headers as they are, path untouched. */
export function send(url: string, { method = "GET", headers = {}, body, signal }: PlainRequest = {}): Promise<PlainAnswer> {
  const [, host = "", path = "/"] = /^http:\/\/([^/]+)(\/.*)?$/.exec(url) ?? [];
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: "127.0.0.1", port: Number(/:(\d+)$/.exec(host)?.[1]), path, method, headers: { host, ...headers }, agent: false, signal },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const raw = incoming.rawHeaders;
          const pairs = raw.flatMap((name, index): [string, string][] =>
            index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ""]] : [],
          );
          const bytes = Buffer.concat(chunks);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: pairs,
            body: bytes,
            text: bytes.toString("utf8"),
            header: (name) => pairs.find(([key]) => key === name)?.[1],
            json: () => JSON.parse(bytes.toString("utf8")),
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Bytes on a bare connection, for what no HTTP client would send; gives all that comes back until the server closes. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk.toString("utf8")));
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
  });
}
