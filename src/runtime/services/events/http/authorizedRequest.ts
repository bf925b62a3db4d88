// A request with what its connection adds: credentials, headers, query and members of a JSON body.
import type { HttpResponse } from "../../../../model/http.ts";
import { isJsonObject, type Json } from "../../../../model/json.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { settle } from "./authorizing.ts";
import type { Connection } from "./connections.ts";
import { pairsOf } from "./oauthTokens.ts";
import { sendTo } from "./sendTo.ts";

export interface GivenRequest {
  readonly method: string;
  /** With the query that it begins with. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Names and values, not yet encoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly timeoutMilliseconds: number;
}

/** Where both say something, the connection's value counts. A token that the endpoint refuses is asked for anew, once. */
export async function sendAuthorized(events: Events, connection: Connection, request: GivenRequest, call: Call): Promise<HttpResponse> {
  if (connection.state === "DEAUTHORIZED" && connection.stateReason === undefined)
    throw new AwsError(
      "InvalidConnectionState",
      `The connection ${connection.arn} is in the state ${connection.state}: update it with its credentials.`,
    );
  const answer = await send(events, connection, request, call);
  const isRefused = answer.status === 401 || answer.status === 407;
  return isRefused && events.tokens.forget(connection.arn) ? await send(events, connection, request, call) : answer;
}

async function send(events: Events, connection: Connection, request: GivenRequest, call: Call): Promise<HttpResponse> {
  const { parameters = {} } = connection;
  const headers = new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of pairsOf(parameters.HeaderParameters)) headers.set(name.toLowerCase(), value);
  const [name, value] = await credentials(events, connection, call);
  headers.set(name, value);
  const url = new URL(request.url);
  const query = new Map(request.query);
  const ownQuery = pairsOf(parameters.QueryStringParameters);
  for (const [key] of ownQuery) query.delete(key);
  const encoded = [...request.query.filter(([key]) => query.has(key)), ...ownQuery].map(
    ([key, text]) => `${encodeURIComponent(key)}=${encodeURIComponent(text)}`,
  );
  url.search = [url.search.slice(1), ...encoded].filter((part) => part !== "").join("&");
  const { method, timeoutMilliseconds } = request;
  return await sendTo(
    url,
    { method, headers: [...headers], body: Buffer.from(bodyOf(request.body, connection)), timeoutMilliseconds },
    call,
  );
}

async function credentials(events: Events, connection: Connection, call: Call): Promise<readonly [name: string, value: string]> {
  const { authorization } = connection;
  switch (authorization.type) {
    case "BASIC":
      return ["authorization", `Basic ${Buffer.from(`${authorization.username}:${authorization.password}`).toString("base64")}`];
    case "API_KEY":
      return [authorization.name.toLowerCase(), authorization.value];
    case "OAUTH_CLIENT_CREDENTIALS": {
      const header = await events.tokens.header(connection, authorization, call);
      settle(events, connection.arn, undefined);
      return ["authorization", header];
    }
  }
}

function bodyOf(body: string, { parameters = {}, arn }: Connection): string {
  const added = pairsOf(parameters.BodyParameters);
  if (added.length === 0) return body;
  const json: Json | undefined = body === "" ? {} : readJson(body);
  if (!isJsonObject(json))
    throw new AwsError("ValidationException", `The connection ${arn} adds members to the body, which is no JSON object.`, {
      members: { isRetried: false },
    });
  return JSON.stringify({ ...json, ...Object.fromEntries(added) });
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
