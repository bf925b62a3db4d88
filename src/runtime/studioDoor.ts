import { isUtf8 } from "node:buffer";
import type { HttpRequest } from "../model/http.ts";
import type { SpanRef } from "../model/trace.ts";
import type { Runtime } from "./index.ts";
import { AwsError } from "./kernel/awsError.ts";
import { fromJson, toJson } from "./kernel/payload.ts";
import type { Address, Caller, Kernel } from "./kernel/service.ts";

interface StudioDoor {
  readonly request: Runtime["request"];
  readonly invoke: Runtime["invokeAsStudio"];
}

/** Requests of a person in the Studio: the same doors as a client's, with the trace they began. */
export function studioDoor(parts: {
  kernel: Kernel;
  addresses: () => readonly Address[];
  region: string;
  accountId: string;
  port: number;
}): StudioDoor {
  const { kernel, addresses, region, accountId, port } = parts;

  function callerOf(inRegion: string): { caller: Caller; began: () => SpanRef | null } {
    let first: SpanRef | null = null;
    const caller: Caller = {
      cause: null,
      actor: { type: "studio" },
      region: inRegion,
      accountId,
      began(span) {
        first ??= span;
      },
    };
    return { caller, began: () => first };
  }

  return {
    async request({ resource, method, path, headers, body }) {
      const address = addresses().find((candidate) => candidate.resource.logicalId === resource || candidate.resource.name === resource);
      if (address === undefined)
        throw new AwsError("ResourceNotFound", `${resource} has no address to send a request to. Is it deployed?`, { status: 404 });
      const question = path.indexOf("?");
      const onlyPath = question < 0 ? path : path.slice(0, question);
      const bytes = Buffer.from(body, "utf8");
      const request: HttpRequest = {
        method: method.toUpperCase(),
        host: address.host,
        path: address.path.replace(/\/$/, "") + (onlyPath.startsWith("/") ? onlyPath : `/${onlyPath}`),
        rawQuery: question < 0 ? "" : path.slice(question + 1),
        headers: withDefaults(
          headers.map(([name, value]) => [name.toLowerCase(), value] as const),
          `${address.host}:${port}`,
          bytes.byteLength,
        ),
        body: bytes,
        sourceIp: "127.0.0.1",
        protocol: "http",
      };
      const { caller, began } = callerOf(address.resource.region);
      const startedAt = performance.now();
      const response = await kernel.http(request, caller);
      const answer = Buffer.from(response.body.buffer, response.body.byteOffset, response.body.byteLength);
      const isText = isUtf8(answer);
      return {
        traceId: began()?.traceId ?? null,
        status: response.status,
        headers: response.headers,
        body: answer.toString(isText ? "utf8" : "base64"),
        isBase64: !isText,
        durationMilliseconds: performance.now() - startedAt,
      };
    },
    async invoke({ service, operation, region: inRegion, input }) {
      const { caller, began } = callerOf(inRegion ?? region);
      const traceId = (): string => began()?.traceId ?? "";
      try {
        const output = await kernel.invoke(service, operation, fromJson(input, undefined), caller);
        return { traceId: traceId(), output: toJson(output), error: null };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { traceId: traceId(), output: null, error: { code: error.code, message: error.message } };
      }
    },
  };
}

function withDefaults(
  headers: readonly (readonly [string, string])[],
  host: string,
  bodyBytes: number,
): readonly (readonly [string, string])[] {
  const given = new Set(headers.map(([name]) => name));
  const defaults = [
    ["host", host],
    ["user-agent", "contrail-studio"],
    ["accept", "*/*"],
    ...(bodyBytes > 0 ? [["content-length", String(bodyBytes)]] : []),
  ] as [string, string][];
  return [...defaults.filter(([name]) => !given.has(name)), ...headers];
}
