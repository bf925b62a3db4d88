// Requests of user code to AWS's hosts come back to the runtime over plain HTTP, the Host kept: handlers that name
// amazonaws.com, AWS SDK v2 and pre-signed URLs work as they are. Requests to the runtime carry the invocation's trace.
import http from "node:http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const awsHosts = /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|on\.aws|api\.aws|cloudfront\.net)$/;
// SDKs put `sync-` before the host of Step Functions' StartSyncExecution.
const localHosts = /^(?:sync-)?(?:127\.0\.0\.1|\[?::1\]?|(?:.+\.)?localhost)$/;
const traceHeader = "x-amzn-trace-id";

export function redirectAwsHosts(endpointUrl: string): void {
  const endpoint = new URL(endpointUrl);
  const agent = new http.Agent({ keepAlive: true });
  const original = { httpRequest: http.request, httpsRequest: https.request, fetch: globalThis.fetch };
  const isOurs = (hostname: string, port: string): boolean =>
    awsHosts.test(hostname) || (port === endpoint.port && localHosts.test(hostname));

  /** What the provided SDK sends: already to the endpoint, already with its trace. */
  const isSettled = (options: string | URL | RequestOptions): boolean =>
    typeof options === "object" &&
    !(options instanceof URL) &&
    (options.host ?? options.hostname) === endpoint.hostname &&
    String(options.port) === endpoint.port &&
    typeof options.headers === "object" &&
    Reflect.has(options.headers, "X-Amzn-Trace-Id");

  const redirected = (request: typeof http.request, secure: boolean) =>
    function (first: string | URL | RequestOptions, second?: unknown, third?: unknown): ClientRequest {
      if (!secure && isSettled(first)) return Reflect.apply(request, http, [first, second, third]) as ClientRequest;
      const { options, callback } = normalize(first, second, third);
      const { hostname, port } = targetOf(options, secure);
      if (!isOurs(hostname, port)) return Reflect.apply(request, secure ? https : http, [first, second, third]) as ClientRequest;
      const isDefaultPort = port === (secure ? "443" : "80");
      const headers = headersOf(options.headers);
      if (!hasHeader(headers, "host")) headers["Host"] = isDefaultPort ? hostname : `${hostname}:${port}`;
      const trace = process.env["_X_AMZN_TRACE_ID"];
      if (trace !== undefined && !hasHeader(headers, traceHeader)) headers["X-Amzn-Trace-Id"] = trace;
      // an agent made for HTTPS refuses plain HTTP
      const isOwnAgentUsable = !secure && options.agent !== undefined;
      return original.httpRequest(
        {
          ...options,
          protocol: "http:",
          host: endpoint.hostname,
          hostname: endpoint.hostname,
          port: endpoint.port,
          headers,
          agent: isOwnAgentUsable ? options.agent : agent,
          servername: undefined,
        } as RequestOptions,
        callback,
      );
    };

  http.request = redirected(original.httpRequest, false) as typeof http.request;
  https.request = redirected(original.httpsRequest as typeof http.request, true) as typeof https.request;
  http.get = getOf(http.request);
  https.get = getOf(https.request as typeof http.request) as typeof https.get;
  syncBuiltinESMExports();

  const dispatcher = endpointDispatcher(endpoint, isOurs);
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!isOurs(url.hostname, portOf(url))) return original.fetch(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    const trace = process.env["_X_AMZN_TRACE_ID"];
    if (trace !== undefined && !headers.has(traceHeader)) headers.set(traceHeader, trace);
    const more = { dispatcher } as RequestInit;
    return input instanceof Request
      ? original.fetch(new Request(input, { ...init, headers }), more)
      : original.fetch(input, { ...init, headers, ...more });
  };
}

interface Dispatcher {
  dispatch(options: { readonly origin?: string | URL }, handler: unknown): boolean;
}

type Connect = (options: unknown, connected: (error: Error | null, socket?: net.Socket) => void) => void;

/**
 * What carries fetch's requests: fetch sends no Host but its URL's, so the URL stays and only the connection leads to the
 * runtime. Node shows its own dispatcher to libraries under this symbol: https://github.com/nodejs/undici#undicisetglobaldispatcherdispatcher
 */
function endpointDispatcher(endpoint: URL, isOurs: (hostname: string, port: string) => boolean): Dispatcher {
  const connect: Connect = (_options, connected) => {
    const socket = net.connect({ host: endpoint.hostname, port: Number(endpoint.port), noDelay: true });
    socket.once("connect", () => connected(null, socket));
    socket.once("error", connected);
  };
  let ours: Dispatcher | undefined;
  return {
    dispatch(options, handler) {
      const usual = Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.1")) as Dispatcher;
      const origin = new URL(options.origin ?? endpoint);
      // a redirect may lead elsewhere
      if (!isOurs(origin.hostname, portOf(origin))) return usual.dispatch(options, handler);
      ours ??= new (usual.constructor as new (options: { connect: Connect }) => Dispatcher)({ connect });
      return ours.dispatch({ ...options, origin: `http://${origin.host}` }, handler);
    },
  };
}

function portOf(url: URL): string {
  return url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
}

function getOf(request: typeof http.request): typeof http.get {
  return ((...values: Parameters<typeof http.request>) => {
    const made = request(...values);
    made.end();
    return made;
  }) as typeof http.get;
}

/** The three ways to call request() in one: later options win over the URL's. */
function normalize(
  first: string | URL | RequestOptions,
  second: unknown,
  third: unknown,
): { options: RequestOptions; callback: ((response: IncomingMessage) => void) | undefined } {
  const callback = [second, third].find((value) => typeof value === "function") as ((response: IncomingMessage) => void) | undefined;
  if (typeof first !== "string" && !(first instanceof URL)) return { options: first, callback };
  const url = new URL(first);
  const given = typeof second === "object" && second !== null ? (second as RequestOptions) : {};
  const auth = url.username === "" ? {} : { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` };
  return {
    options: { protocol: url.protocol, hostname: url.hostname, port: url.port, path: url.pathname + url.search, ...auth, ...given },
    callback,
  };
}

function targetOf(options: RequestOptions, secure: boolean): { hostname: string; port: string } {
  const [hostname = "localhost", portInHost] = splitHost(options.hostname ?? options.host ?? "localhost");
  const port =
    options.port === undefined || options.port === null || options.port === ""
      ? (portInHost ?? String(options.defaultPort ?? (secure ? 443 : 80)))
      : String(options.port);
  return { hostname, port };
}

function splitHost(host: string): [string, string?] {
  const match = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(host);
  return match?.[1] === undefined ? [host] : [match[1].toLowerCase(), match[2]];
}

function headersOf(headers: RequestOptions["headers"]): Record<string, http.OutgoingHttpHeader> {
  if (headers === undefined) return {};
  if (!Array.isArray(headers)) {
    const result: Record<string, http.OutgoingHttpHeader> = {};
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) result[name] = value;
    return result;
  }
  const result: Record<string, http.OutgoingHttpHeader> = {};
  for (let index = 0; index + 1 < headers.length; index += 2) result[String(headers[index])] = headers[index + 1] ?? "";
  return result;
}

function hasHeader(headers: Record<string, unknown>, name: string): boolean {
  return Object.keys(headers).some((key) => key.toLowerCase() === name);
}
