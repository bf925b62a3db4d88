import { crc32 } from "node:zlib";
import { bucketOfHost } from "../../model/hosts.ts";
import { AwsError } from "../kernel/awsError.ts";
import { MessageDropped } from "../kernel/messageDropped.ts";
import type { Caller } from "../kernel/service.ts";
import { BodyTooLarge, chunkTrailers, isChunked, plainBody } from "./body.ts";
import type { GatewayOptions } from "./gateway.ts";
import { answersQuery, isQueuePath, queryModelOfQueues, queryModelOfVersion, queryModels } from "./locate.ts";
import type { Location } from "./locate.ts";
import type { Model, Operation } from "./model.ts";
import { defaultMaxRequestBytes } from "./models.ts";
import type { ModelSettings } from "./models.ts";
import { awsJson } from "./protocols/awsJson.ts";
import type { Protocol, WireRequest, WireResponse } from "./protocols/protocol.ts";
import { parseForm } from "./protocols/form.ts";
import { checkPreSigned } from "./preSigned.ts";
import { matchRoute } from "./route.ts";

type WireProtocol = "awsJson" | "rpcv2Cbor" | "awsQuery" | "restJson" | "restXml";

/** Protocols beside JSON are loaded when first spoken, to keep the start short. */
const protocols: Readonly<Record<WireProtocol, () => Promise<Protocol>>> = {
  awsJson: () => Promise.resolve(awsJson),
  rpcv2Cbor: async () => (await import("./protocols/rpcv2Cbor.ts")).rpcv2Cbor,
  awsQuery: async () => (await import("./protocols/awsQuery.ts")).awsQuery,
  restJson: async () => (await import("./protocols/restJson.ts")).restJson,
  restXml: async () => (await import("./protocols/restXml.ts")).restXml,
};

const loadedModels = new Map<ModelSettings, Promise<Model>>();

/** A found operation: everything that is needed to read its input and to write its answer. */
interface Found {
  readonly model: Model;
  readonly operation: Operation;
  readonly request: WireRequest;
}

export function maxRequestBytes(location: Location): number {
  const settings = "settings" in location ? [location.settings] : location.candidates;
  return Math.max(...settings.map((one) => one?.maxRequestBytes ?? defaultMaxRequestBytes), defaultMaxRequestBytes);
}

/** Runs one AWS operation from request to answer; whatever goes wrong is answered in the request's own protocol. "dropped": no answer. */
export async function callOperation(
  request: WireRequest & { readonly host: string },
  location: Location,
  caller: Caller,
  options: GatewayOptions,
): Promise<WireResponse | "dropped"> {
  const requestId = options.kernel.ids.uuid();
  let model: Model | null = null;
  try {
    const found = await find(request, location);
    model = found.model;
    const { operation } = found;
    const { service } = model.settings;
    const isKnown = options.services.get(service)?.operations[operation.name] !== undefined;
    if (!isKnown) throw notRunLocally(location, model, operation.name);
    const wire = await readable(found);
    const protocol = await protocols[protocolOf(location, model)]();
    const input = await protocol.read(wire, model, operation);
    const output = await options.kernel.invoke(service, operation.name, input, caller);
    return finish(await protocol.write(output, model, operation, { requestId, request: wire }), model, requestId);
  } catch (error) {
    if (error instanceof MessageDropped) return "dropped";
    return await failed(error, model, request, location, requestId, options);
  }
}

/** The request with its body as the operation takes it: a stream where it takes one and the request brings one. */
async function readable({ model, operation, request }: Found): Promise<WireRequest> {
  const maxBytes = model.settings.maxRequestBytes ?? defaultMaxRequestBytes;
  if (request.stream !== undefined) {
    if (takesStream(operation)) return request;
    return { ...request, body: await wholeOf(request.stream, maxBytes), stream: undefined };
  }
  const body = await plainBody(request.body, request.headers, maxBytes, model.settings.isBucketAddressed === true);
  if (body === request.body) return request;
  const headers = isChunked(request.headers) ? { ...request.headers, ...chunkTrailers(request.body) } : request.headers;
  return { ...request, body, headers };
}

function takesStream({ input }: Operation): boolean {
  if (!input.isStructSchema()) return false;
  for (const [, member] of input.structIterator()) if (member.getMergedTraits().httpPayload && member.isStreaming()) return true;
  return false;
}

async function wholeOf(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export async function refuse(error: unknown, request: WireRequest, location: Location, options: GatewayOptions): Promise<WireResponse> {
  return failed(error, null, request, location, options.kernel.ids.uuid(), options);
}

async function failed(
  error: unknown,
  model: Model | null,
  request: WireRequest,
  location: Location,
  requestId: string,
  options: GatewayOptions,
): Promise<WireResponse> {
  const awsError = asAwsError(error, options);
  const protocol = await protocols[protocolOf(location, model)]();
  return finish(await protocol.fail(awsError, model, { requestId, request }), model, requestId);
}

function asAwsError(error: unknown, options: GatewayOptions): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof BodyTooLarge)
    return new AwsError("RequestEntityTooLargeException", "Request size exceeded the limit of this operation.", { status: 413 });
  if (error instanceof URIError) return new AwsError("SerializationException", "The request's URI holds a malformed percent-encoding.");
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return new AwsError("SerializationException", "The request is nested too deeply.");
  options.log?.(`gateway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new AwsError("InternalFailure", "The request processing has failed because of an unknown error, exception or failure.", {
    status: 500,
    cause: error,
  });
}

async function find(request: WireRequest & { readonly host: string }, location: Location): Promise<Found> {
  if (location.protocol === "awsQuery") return findByAction(request, location);
  if (location.protocol === "rest") return findByUri(request, location);
  if (!location.settings) throw unknownService(location.asked);
  const model = await modelOf(location.settings);
  const operation = model.operations.get(location.operation);
  if (!operation) throw new AwsError("UnknownOperationException", `${location.asked} is not an operation of ${model.settings.service}.`);
  return { model, operation, request };
}

async function findByAction(request: WireRequest, location: Location & { protocol: "awsQuery" }): Promise<Found> {
  const form = parseForm(request.body.length > 0 ? request.body.toString("utf8") : request.query.toString());
  const version = typeof form.Version === "string" ? form.Version : undefined;
  const action = typeof form.Action === "string" ? form.Action : "";
  const isAtQueue = isQueuePath(request.path);
  const settings =
    location.candidates.find((one) => one.version === version) ??
    location.candidates[0] ??
    queryModelOfVersion(version) ??
    (isAtQueue ? queryModelOfQueues() : null) ??
    (location.asked === "" && version === undefined ? await queryModelOfAction(action, form.QueueUrl !== undefined) : undefined);
  if (!settings)
    throw new AwsError(
      "InvalidAction",
      `Contrail does not run the service "${location.asked}" (API version ${version ?? "not given"}) locally.`,
    );
  if (settings.isQueryCompatible && form.Action === undefined) throw new AwsError("UnknownOperationException", "", { status: 404 });
  const model = await modelOf(settings);
  const operation = model.operations.get(action);
  const isElsewhere = isAtQueue && settings.accountOperations?.includes(action) === true;
  if (!operation || isElsewhere)
    throw new AwsError("InvalidAction", `The action ${action === "" ? "(none)" : action} is not valid for this endpoint.`);
  return { model, operation, request };
}

/** For what names neither its service nor a version, as scripts do that sign nothing: few actions are of two services. */
async function queryModelOfAction(action: string, isOfQueue: boolean): Promise<ModelSettings | undefined> {
  const loaded = await Promise.all(queryModels.map(modelOf));
  const found = loaded.filter(({ operations }) => operations.has(action)).map(({ settings }) => settings);
  return found.find(({ isQueryCompatible = false }) => isQueryCompatible === isOfQueue) ?? found[0];
}

async function findByUri(request: WireRequest & { readonly host: string }, location: Location & { protocol: "rest" }): Promise<Found> {
  if (location.candidates.length === 0) {
    if (location.asked === "")
      throw new AwsError(
        "MissingAuthenticationToken",
        "Missing Authentication Token: the request names no service. Sign it, or use the host of an API, function URL or distribution.",
        { status: 403 },
      );
    throw unknownService(location.asked);
  }
  for (const settings of location.candidates) {
    const model = await modelOf(settings);
    if (settings.isBucketAddressed) {
      checkPreSigned(request.query);
      const { path, bucket } = bucketAndPath(request.host, request.path);
      const routes = model.routes.filter((route) => route.operation.isOfBucket === (bucket !== undefined));
      const match = matchRoute(routes, request.method, path, request.query, request.headers);
      // A key is all that follows, slashes at its end and empty parts with it.
      const labels = { ...match?.labels, ...(match && "Key" in match.labels && { Key: decodeURIComponent(path.slice(1)) }) };
      if (match) return { model, operation: match.route.operation, request: { ...request, match: { ...match, labels }, bucket } };
      continue;
    }
    const match = matchRoute(model.routes, request.method, request.path, request.query, request.headers);
    if (match) return { model, operation: match.route.operation, request: { ...request, match } };
  }
  throw new AwsError("UnknownOperationException", `No operation of ${location.asked} answers ${request.method} ${request.path}.`, {
    status: 404,
  });
}

/** By host where that names a bucket (`photos.localhost` too, as SDKs make it of an endpoint on localhost), else the path's first part. */
export function bucketAndPath(host: string, path: string): { readonly bucket: string | undefined; readonly path: string } {
  const inHost = bucketOfHost(host) ?? /^(?!s3[.-])(.+(?<!^s3))\.localhost$/.exec(host)?.[1] ?? null;
  if (inHost !== null) return { bucket: inHost, path };
  const match = /^\/([^/]+)(\/.*)?$/.exec(path);
  return { bucket: match?.[1] === undefined ? undefined : decodeURIComponent(match[1]), path: match?.[2] ?? "/" };
}

function modelOf(settings: ModelSettings): Promise<Model> {
  let loading = loadedModels.get(settings);
  if (!loading) {
    // With the first request, not with the process: reading schemas needs a library that takes longer to load than the gateway.
    loading = import("./model.ts").then(({ loadModel }) => loadModel(settings));
    loadedModels.set(settings, loading);
  }
  return loading;
}

function protocolOf(location: Location, model: Model | null): WireProtocol {
  if (location.protocol !== "rest") return location.protocol;
  return (model?.settings.protocol ?? location.candidates[0]?.protocol) === "restXml" ? "restXml" : "restJson";
}

function unknownService(asked: string): AwsError {
  return new AwsError("UnknownOperationException", `Contrail does not run the service of "${asked}" locally.`, { status: 400 });
}

function notRunLocally(location: Location, model: Model, operation: string): AwsError {
  const message = `Contrail does not run ${model.settings.service} ${operation} locally yet.`;
  if (location.protocol === "awsQuery" && answersQuery(model.settings)) return new AwsError("InvalidAction", message);
  return new AwsError("UnknownOperationException", message, { status: location.protocol === "rest" ? 404 : 400 });
}

function finish(response: WireResponse, model: Model | null, requestId: string): WireResponse {
  response.headers["x-amzn-requestid"] = requestId;
  if (model?.settings.isBucketAddressed) response.headers["x-amz-request-id"] = requestId;
  if (model?.settings.isChecksummed) response.headers["x-amz-crc32"] = String(crc32(response.body));
  return response;
}
