import type { HttpResponse } from "../../../model/http.ts";
import type { Call } from "../../kernel/service.ts";

/** An answer of API Gateway itself: always a JSON object with a message. */
export function messageAnswer(status: number, message: string, headers: HttpResponse["headers"] = []): HttpResponse {
  return { status, headers: [["content-type", "application/json"], ...headers], body: Buffer.from(JSON.stringify({ message })) };
}

/** Says in the trace why: AWS tells the caller nothing but a fixed sentence. */
export function explain(call: Call, code: string, message: string, fault: "client" | "server" = "server"): void {
  call.fail({ code, message, fault });
  call.log({ at: call.now(), level: "error", message });
}

/** Names and values that may stand in an HTTP header. */
export function isHeader(name: string, value: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}

/** `12/Mar/2020:19:03:58 +0000` */
export function logTime(milliseconds: number): string {
  const [, day = "", month = "", year = "", time = ""] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(milliseconds).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
