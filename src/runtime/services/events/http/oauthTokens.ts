// Access tokens that connections got for their client credentials: kept until they expire, or until an endpoint refuses them.
import type { ConnectionHttpParameters } from "@aws-sdk/client-eventbridge";
import { isJsonObject, type Json } from "../../../../model/json.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Authorization, Connection } from "./connections.ts";
import { sendTo } from "./sendTo.ts";

type OAuth = Extract<Authorization, { readonly type: "OAUTH_CLIENT_CREDENTIALS" }>;

interface Token {
  /** Virtual milliseconds; the token is not used in its last minute. */
  readonly expiresAt: number;
  /** `Bearer …` */
  readonly header: string;
}

const defaultLifeSeconds = 3_600;
const marginMilliseconds = 60_000;

export class OAuthTokens {
  readonly #tokens = new Map<string, Token>();

  /** The Authorization header. */
  async header(connection: Connection, authorization: OAuth, call: Call): Promise<string> {
    const known = this.#tokens.get(connection.arn);
    if (known !== undefined && known.expiresAt > call.now()) return known.header;
    const token = await ask(authorization, call);
    this.#tokens.set(connection.arn, token);
    return token.header;
  }

  /** An endpoint refused it, or the connection changed. */
  forget(connectionArn: string): boolean {
    return this.#tokens.delete(connectionArn);
  }
}

async function ask({ endpoint, method, clientId, clientSecret, parameters }: OAuth, call: Call): Promise<Token> {
  const credentials: [string, string][] = [
    ["grant_type", "client_credentials"],
    ["client_id", clientId],
    ["client_secret", clientSecret],
  ];
  const url = new URL(endpoint);
  for (const [name, value] of pairsOf(parameters.QueryStringParameters)) url.searchParams.append(name, value);
  const form = new URLSearchParams([...credentials, ...pairsOf(parameters.BodyParameters)]);
  if (method === "GET") for (const [name, value] of form) url.searchParams.append(name, value);
  const answer = await sendTo(
    url,
    {
      method,
      headers: [
        ["accept", "application/json"],
        ...(method === "GET" ? [] : [["content-type", "application/x-www-form-urlencoded"] as const]),
        ...pairsOf(parameters.HeaderParameters).map(([name, value]) => [name.toLowerCase(), value] as const),
      ],
      body: Buffer.from(method === "GET" ? "" : form.toString()),
    },
    call,
  );
  const json = readJson(answer.body);
  if (answer.status >= 400 || !isJsonObject(json) || typeof json["access_token"] !== "string")
    throw new AwsError(
      "ConnectionNotAuthorized",
      `The authorization endpoint ${endpoint} gave no access token: it answered ${answer.status}.`,
      {
        status: 401,
        members: { isRetried: answer.status >= 500 },
      },
    );
  const { access_token: token, expires_in: seconds } = json;
  const life = typeof seconds === "number" ? seconds : defaultLifeSeconds;
  return { header: `Bearer ${token}`, expiresAt: call.now() + Math.max(life * 1_000 - marginMilliseconds, 0) };
}

export function pairsOf(list: ConnectionHttpParameters["HeaderParameters"]): [string, string][] {
  return (list ?? []).flatMap(({ Key: key, Value: value }) => (key === undefined ? [] : [[key, value ?? ""]]));
}

function readJson(body: Uint8Array): Json | undefined {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8")) as Json;
  } catch {
    return undefined;
  }
}
