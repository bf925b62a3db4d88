import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateConnectionCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
  type CreateConnectionCommandInput,
} from "@aws-sdk/client-eventbridge";
import { expect, onTestFinished, test } from "vitest";
import { createRuntime } from "../../../src/runtime/index.ts";
import { clientOptions } from "../../support/runtime.ts";
import { Machines, statesClient } from "./statesRuntime.ts";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server of this machine that tells what it was asked. */
async function server(answer: (seen: Seen, response: ServerResponse) => void) {
  const seen: Seen[] = [];
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  return { seen, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

async function account() {
  const runtime = await createRuntime({ seed: 1 });
  onTestFinished(() => runtime.close());
  const events = new EventBridgeClient(clientOptions(runtime));
  onTestFinished(() => events.destroy());
  const machines = new Machines(statesClient(runtime));
  const connect = async (input: Pick<CreateConnectionCommandInput, "AuthorizationType" | "AuthParameters">): Promise<string> => {
    const { ConnectionArn: arn = "" } = await events.send(new CreateConnectionCommand({ Name: "api", ...input }));
    return arn;
  };
  const run = async (parameters: object) => {
    const machine = await machines.create(`m${machinesMade++}`, {
      StartAt: "Call",
      States: { Call: { Type: "Task", Resource: "arn:aws:states:::http:invoke", Parameters: parameters, End: true } },
    });
    return machines.ended(await machines.start(machine));
  };
  return { runtime, events, connect, run };
}

let machinesMade = 0;
const basic = { AuthorizationType: "BASIC", AuthParameters: { BasicAuthParameters: { Username: "ada", Password: "secret" } } } as const;

test("an HTTP Task sends what it is told with the connection's credentials, and gives the whole answer", async () => {
  const { connect, run, events } = await account();
  const { seen, url } = await server((_, response) => {
    response.writeHead(201, { "content-type": "application/json", "x-kind": "new" });
    response.end('{"id": 7}');
  });
  const ConnectionArn = await connect({
    ...basic,
    AuthParameters: {
      ...basic.AuthParameters,
      InvocationHttpParameters: {
        HeaderParameters: [{ Key: "X-Tenant", Value: "shop" }],
        QueryStringParameters: [{ Key: "v", Value: "2 b" }],
        BodyParameters: [{ Key: "via", Value: "contrail", IsValueSecret: true }],
      },
    },
  });

  const ended = await run({
    ApiEndpoint: `${url}/orders`,
    Method: "POST",
    InvocationConfig: { ConnectionArn },
    Headers: { "X-Tenant": "mine", "X-Own": "yes" },
    QueryParameters: { q: ["a", "b"], v: "1" },
    RequestBody: { total: 5 },
  });

  expect(ended).toMatchObject({ status: "SUCCEEDED" });
  expect(JSON.parse(ended.output ?? "")).toMatchObject({
    Headers: { "content-type": ["application/json"], "x-kind": ["new"] },
    ResponseBody: { id: 7 },
    StatusCode: 201,
    StatusText: "Created",
  });
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ method: "POST", url: "/orders?q=a&q=b&v=2%20b", body: '{"total":5,"via":"contrail"}' });
  expect(seen[0]?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from("ada:secret").toString("base64")}`,
    "x-tenant": "shop",
    "x-own": "yes",
    "user-agent": "Amazon|StepFunctions|HttpInvoke|us-east-1",
  });
  const described = await events.send(new DescribeConnectionCommand({ Name: "api" }));
  expect(described).toMatchObject({
    AuthorizationType: "BASIC",
    ConnectionState: "AUTHORIZED",
    AuthParameters: { BasicAuthParameters: { Username: "ada" } },
  });
  expect(JSON.stringify(described.AuthParameters)).not.toMatch(/secret|contrail/);
});

test("an API key goes in its header, and a body as a form", async () => {
  const { connect, run } = await account();
  const { seen, url } = await server((_, response) => response.end("thanks"));
  const ConnectionArn = await connect({
    AuthorizationType: "API_KEY",
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "X-Api-Key", ApiKeyValue: "k" } },
  });

  const ended = await run({
    ApiEndpoint: url,
    Method: "PUT",
    Authentication: { ConnectionArn },
    Headers: { "Content-Type": "application/x-www-form-urlencoded" },
    RequestBody: { name: "A B", tags: ["x", "y"], at: { city: "Bern" } },
    Transform: { RequestBodyEncoding: "URL_ENCODED" },
  });

  expect(JSON.parse(ended.output ?? "")).toMatchObject({ ResponseBody: "thanks", StatusCode: 200 });
  expect(seen[0]).toMatchObject({ method: "PUT", body: "name=A%20B&tags%5B0%5D=x&tags%5B1%5D=y&at%5Bcity%5D=Bern" });
  expect(seen[0]?.headers["x-api-key"]).toBe("k");
});

test("client credentials are changed for a token, once, and again when it is refused", async () => {
  const { connect, run } = await account();
  let tokens = 0;
  const { seen, url } = await server((one, response) => {
    if (one.url.startsWith("/token"))
      return response.end(JSON.stringify({ access_token: `t${++tokens}`, token_type: "Bearer", expires_in: 3600 }));
    response.statusCode = one.headers.authorization === "Bearer t1" && one.url === "/strict" ? 401 : 200;
    return response.end(one.headers.authorization);
  });
  const ConnectionArn = await connect({
    AuthorizationType: "OAUTH_CLIENT_CREDENTIALS",
    AuthParameters: {
      OAuthParameters: {
        ClientParameters: { ClientID: "me", ClientSecret: "s" },
        AuthorizationEndpoint: `${url}/token`,
        HttpMethod: "POST",
        OAuthHttpParameters: { BodyParameters: [{ Key: "scope", Value: "all" }] },
      },
    },
  });
  const ask = async (path: string): Promise<unknown> => {
    const { output = "" } = await run({ ApiEndpoint: `${url}${path}`, Method: "GET", InvocationConfig: { ConnectionArn } });
    return (JSON.parse(output) as { ResponseBody: unknown }).ResponseBody;
  };

  expect(await ask("/a")).toBe("Bearer t1");
  expect(await ask("/b")).toBe("Bearer t1");
  expect(await ask("/strict")).toBe("Bearer t2");

  const [first] = seen.filter((one) => one.url === "/token");
  expect(Object.fromEntries(new URLSearchParams(first?.body))).toEqual({
    grant_type: "client_credentials",
    client_id: "me",
    client_secret: "s",
    scope: "all",
  });
});

test("what goes wrong has the names that AWS gives it", async () => {
  const { connect, run } = await account();
  const { url } = await server((one, response) => {
    response.statusCode = Number(one.url.slice(1));
    response.end("no such thing");
  });
  const ConnectionArn = await connect(basic);
  const call = { Method: "GET", InvocationConfig: { ConnectionArn } };

  expect(await run({ ...call, ApiEndpoint: `${url}/404` })).toMatchObject({
    status: "FAILED",
    error: "States.Http.StatusCode.404",
    cause: "no such thing",
  });
  expect(await run({ ...call, ApiEndpoint: "http://127.0.0.1:1/" })).toMatchObject({ status: "FAILED", error: "States.Http.Socket" });
  expect(await run({ ...call, ApiEndpoint: `${url}/200`, Headers: { Authorization: "x" } })).toMatchObject({
    status: "FAILED",
    error: "States.Runtime",
  });
  expect(await run({ ...call, ApiEndpoint: `${url}/200`, InvocationConfig: { ConnectionArn: `${ConnectionArn}x` } })).toMatchObject({
    status: "FAILED",
    error: "Events.ConnectionResource.ResourceNotFound",
  });
});
