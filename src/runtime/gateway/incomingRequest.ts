import type { IncomingMessage } from "node:http";
import { hostKind } from "../../model/hosts.ts";
import type { HttpRequest } from "../../model/http.ts";

/** A request as it came in. The names as sent stay out of what is recorded: they are in `headers` in lower case. */
export class IncomingRequest implements HttpRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: HttpRequest["headers"];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: "http" | "https";
  readonly #rawHeaders: readonly string[];

  constructor(message: IncomingMessage, host: string, path: string, rawQuery: string, body: Buffer) {
    this.method = message.method ?? "GET";
    this.host = host;
    this.path = path;
    this.rawQuery = rawQuery;
    this.headers = headerPairs(message.rawHeaders);
    this.body = body;
    this.sourceIp = sourceIp(message);
    // Hosts of AWS are reached over https only; calls to them are redirected here in plain HTTP.
    this.protocol = hostKind(host) === "aws" ? "https" : "http";
    this.#rawHeaders = message.rawHeaders;
  }

  get headerNames(): readonly string[] {
    return this.#rawHeaders.filter((_text, index) => index % 2 === 0);
  }
}

function headerPairs(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([(raw[index] ?? "").toLowerCase(), raw[index + 1] ?? ""]);
  return pairs;
}

function sourceIp(message: IncomingMessage): string {
  const address = message.socket.remoteAddress ?? "127.0.0.1";
  return address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
}
