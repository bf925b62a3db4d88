import type { ConnectionHttpParameters, CreateConnectionAuthRequestParameters } from "@aws-sdk/client-eventbridge";
import type { ServiceEnvironment } from "../../../kernel/service.ts";
import { Records } from "../../../storage/records.ts";
import { constraint, notFound, validation } from "../errors.ts";
import { arnOf } from "../names.ts";

/** How to speak to an HTTP endpoint: what authorizes the caller, and what is sent along. */
export interface Connection {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  /** AWS keeps the secrets there; here they stay with the connection. */
  readonly secretArn: string;
  readonly description?: string;
  readonly authorization: Authorization;
  /** Undefined: none were given, which the API tells from an empty list. */
  readonly parameters?: ConnectionHttpParameters;
  readonly state: "AUTHORIZING" | "AUTHORIZED" | "DEAUTHORIZED";
  /** Why no token was given. */
  readonly stateReason?: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly authorizedAt: number;
}

export type Authorization =
  | { readonly type: "BASIC"; readonly username: string; readonly password: string }
  | { readonly type: "API_KEY"; readonly name: string; readonly value: string }
  | {
      readonly type: "OAUTH_CLIENT_CREDENTIALS";
      readonly endpoint: string;
      readonly method: "GET" | "POST" | "PUT";
      readonly clientId: string;
      readonly clientSecret: string;
      readonly parameters: ConnectionHttpParameters;
    };

export class Connections {
  readonly #records: Records<Connection>;
  readonly #environment: ServiceEnvironment;

  constructor(environment: ServiceEnvironment) {
    this.#records = new Records(environment.database, "events", "connection");
    this.#environment = environment;
  }

  find(region: string, name: string): Connection | undefined {
    return this.#records.get(`${region}/${name}`);
  }

  get(region: string, name: string): Connection {
    const connection = this.find(region, name);
    if (connection === undefined) throw notFound(`Failed to describe the connection(s). Connection '${name}' does not exist.`);
    return connection;
  }

  findByArn(arn: string): Connection | undefined {
    return this.#records.all().find((connection) => connection.arn === arn);
  }

  /** By name. */
  all(region: string): Connection[] {
    return this.#records
      .all()
      .filter((connection) => connection.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The ARN of a new one, and of its secret. */
  arns(region: string, name: string): Pick<Connection, "arn" | "secretArn"> {
    const { kernel, accountId } = this.#environment;
    const id = kernel.ids.uuid();
    return {
      arn: arnOf({ region, accountId }, `connection/${name}/${id}`),
      secretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:events!connection/${name}/${id}-${kernel.ids.base36(6)}`,
    };
  }

  save(connection: Connection): void {
    this.#records.put(`${connection.region}/${connection.name}`, connection);
  }

  delete({ region, name }: Connection): void {
    this.#records.delete(`${region}/${name}`);
  }
}

/** What the API gives, which has one kind of credentials in full; of an update, what it leaves out is as before. */
export function readAuthorization(
  type: string | undefined,
  given: CreateConnectionAuthRequestParameters | undefined,
  before?: Authorization,
): Authorization {
  const wanted = type ?? before?.type;
  switch (wanted) {
    case "BASIC": {
      const old = before?.type === "BASIC" ? before : undefined;
      const { Username: username = old?.username, Password: password = old?.password } = given?.BasicAuthParameters ?? {};
      if (username === undefined || password === undefined) throw missing("BasicAuthParameters", wanted);
      return { type: wanted, username, password };
    }
    case "API_KEY": {
      const old = before?.type === "API_KEY" ? before : undefined;
      const { ApiKeyName: name = old?.name, ApiKeyValue: value = old?.value } = given?.ApiKeyAuthParameters ?? {};
      if (name === undefined || value === undefined) throw missing("ApiKeyAuthParameters", wanted);
      return { type: wanted, name, value };
    }
    case "OAUTH_CLIENT_CREDENTIALS": {
      const old = before?.type === "OAUTH_CLIENT_CREDENTIALS" ? before : undefined;
      const oauth = given?.OAuthParameters;
      const endpoint = oauth?.AuthorizationEndpoint ?? old?.endpoint;
      const method = oauth?.HttpMethod ?? old?.method;
      const clientId = oauth?.ClientParameters?.ClientID ?? old?.clientId;
      const clientSecret = oauth?.ClientParameters?.ClientSecret ?? old?.clientSecret;
      if (endpoint === undefined || method === undefined || clientId === undefined || clientSecret === undefined)
        throw missing("OAuthParameters", wanted);
      return { type: wanted, endpoint, method, clientId, clientSecret, parameters: oauth?.OAuthHttpParameters ?? old?.parameters ?? {} };
    }
    default:
      throw constraint(wanted, "authorizationType", "Member must not be null");
  }
}

function missing(member: string, type: string) {
  return validation(`Parameter AuthParameters is not valid. Reason: ${member} must be given in full for the authorization type ${type}.`);
}
