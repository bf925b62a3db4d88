import { serviceOfHost } from "../../model/hosts.ts";
import type { CredentialScope } from "./credentials.ts";
import { models } from "./models.ts";
import type { ModelSettings, ProtocolName } from "./models.ts";

/** What a request's headers say about its API, before its body is read and schemas are loaded. */
export type Location =
  | { readonly protocol: "awsJson"; readonly settings: ModelSettings | null; readonly operation: string; readonly asked: string }
  | { readonly protocol: "rpcv2Cbor"; readonly settings: ModelSettings | null; readonly operation: string; readonly asked: string }
  | { readonly protocol: "awsQuery"; readonly candidates: readonly ModelSettings[]; readonly asked: string }
  | { readonly protocol: "rest"; readonly candidates: readonly ModelSettings[]; readonly asked: string };

const byTarget = new Map(models.map((settings) => [settings.target, settings]));
const bySigningName = Map.groupBy(models, (settings) => settings.signingName);
const restProtocols: ReadonlySet<ProtocolName> = new Set(["restJson", "restXml"]);

export function locate(
  request: {
    readonly path: string;
    readonly host: string;
    readonly query: URLSearchParams;
    readonly headers: Readonly<Record<string, string | undefined>>;
  },
  scope: CredentialScope | null,
): Location {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) {
    const dot = target.lastIndexOf(".");
    return { protocol: "awsJson", settings: byTarget.get(target.slice(0, dot)) ?? null, operation: target.slice(dot + 1), asked: target };
  }
  if (request.headers["smithy-protocol"] === "rpc-v2-cbor") {
    const [, service = "", operation = ""] = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path) ?? [];
    return { protocol: "rpcv2Cbor", settings: byTarget.get(service) ?? null, operation, asked: `${service}.${operation}` };
  }
  const name = scope?.service ?? serviceOfHost(request.host) ?? "";
  const candidates = bySigningName.get(name) ?? [];
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const queried = candidates.filter(answersQuery);
  // A form that is put into a bucket is an object like any other.
  const mayQuery = queried.length > 0 || candidates.length === 0;
  const isQueueUrl = isQueuePath(request.path) && queried.some((settings) => settings.isQueryCompatible);
  if (mayQuery && (isForm || isQueueUrl || request.query.has("Action"))) return { protocol: "awsQuery", candidates: queried, asked: name };
  return { protocol: "rest", candidates: candidates.filter((settings) => restProtocols.has(settings.protocol)), asked: name };
}

/** Old clients of SQS send their requests to the queue's own URL. */
export function isQueuePath(path: string): boolean {
  return /^\/\d{12}\/[^/]+\/?$/.test(path);
}

export function answersQuery(settings: ModelSettings): boolean {
  return settings.protocol === "awsQuery" || settings.isQueryCompatible === true;
}

/** For query requests that say no service: the API version is different for each. */
export function queryModelOfVersion(version: string | undefined): ModelSettings | null {
  return models.find((settings) => settings.version === version && answersQuery(settings)) ?? null;
}

export const queryModels: readonly ModelSettings[] = models.filter(answersQuery);

/** For what comes unsigned to a queue's URL. */
export function queryModelOfQueues(): ModelSettings | null {
  return models.find((settings) => settings.isQueryCompatible) ?? null;
}
