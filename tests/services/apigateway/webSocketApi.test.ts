import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { expect, it } from "vitest";
import { clientOptions } from "../../support/runtime.ts";
import { connectSocket } from "../../support/socket.ts";
import { type ApiRuntime, apiRuntime } from "./apiRuntime.ts";

/** Routes by key, each to a function; `reply` sends back what the function says. */
function template(routes: Readonly<Record<string, string>>, { reply = false } = {}): string {
  const parts = Object.entries(routes).map(
    ([key, target], index) => `
  Integration${index}:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${target}.Arn}/invocations"
  Route${index}:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: ${JSON.stringify(key)}
      Target: !Sub "integrations/\${Integration${index}}"
      ${reply ? "RouteResponseSelectionExpression: $default" : ""}`,
  );
  return `Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: { Name: live, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.kind }
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: { ApiId: !Ref Api, StageName: live, AutoDeploy: true, StageVariables: { colour: blue } }
${parts.join("")}`;
}

function connect({ runtime, apiId }: ApiRuntime, rest = "/live", protocols?: string[]) {
  return connectSocket(`${runtime.endpoint.replace("http:", "ws:")}/_aws/execute-api/${apiId}${rest}`, protocols);
}

function management({ runtime, apiId }: ApiRuntime): ApiGatewayManagementApiClient {
  return new ApiGatewayManagementApiClient({ ...clientOptions(runtime), endpoint: `${runtime.endpoint}/_aws/execute-api/${apiId}/live` });
}

type Heard = { requestContext: Record<string, unknown>; body?: string; stageVariables?: unknown };

it("takes messages to the route that they name, and replies where the route says so", async () => {
  const world = await apiRuntime(template({ order: "Echo", $default: "Named" }, { reply: true }));
  const client = await connect(world);
  client.say({ kind: "order", id: 1 });
  await expect.poll(() => client.heard.length, { timeout: 10_000 }).toBe(1);
  const [event] = client.heard as Heard[];
  expect(event).toMatchObject({
    body: '{"kind":"order","id":1}',
    isBase64Encoded: false,
    stageVariables: { colour: "blue" },
    requestContext: { routeKey: "order", eventType: "MESSAGE", messageDirection: "IN", stage: "live", apiId: world.apiId },
  });
  expect(event?.requestContext["connectionId"]).toMatch(/=$/);
});

it("answers Forbidden where no route takes a message, and says when a function fails", async () => {
  const world = await apiRuntime(template({ fail: "Throws" }));
  const client = await connect(world);
  client.say("no JSON at all");
  await expect.poll(() => client.heard, { timeout: 10_000 }).toMatchObject([{ message: "Forbidden" }]);
  client.say({ kind: "fail" });
  await expect.poll(() => client.heard.slice(1), { timeout: 10_000 }).toMatchObject([{ message: "Internal server error" }]);
});

it("lets nobody in at another stage, through a $connect that fails, or over plain HTTP", async () => {
  const world = await apiRuntime(template({ $connect: "Throws" }));
  expect((await connect(world, "/other")).status).toBe(403);
  expect((await connect(world)).status).toBe(502);
  expect((await world.request("/live")).status).toBe(403);
});

it("sends to a client, looks at it and ends it by the SDK's own client; gone is gone", async () => {
  const world = await apiRuntime(template({ order: "Echo" }, { reply: true }));
  const client = await connect(world);
  client.say({ kind: "order" });
  await expect.poll(() => client.heard.length, { timeout: 10_000 }).toBe(1);
  const ConnectionId = String((client.heard as Heard[])[0]?.requestContext["connectionId"]);

  const api = management(world);
  await api.send(new PostToConnectionCommand({ ConnectionId, Data: JSON.stringify({ pushed: true }) }));
  await expect.poll(() => client.heard[1]).toEqual({ pushed: true });
  const looked = await api.send(new GetConnectionCommand({ ConnectionId }));
  expect(looked.ConnectedAt?.getTime()).toBeLessThanOrEqual(looked.LastActiveAt?.getTime() ?? 0);
  expect(looked.Identity?.SourceIp).toBe("127.0.0.1");

  await api.send(new DeleteConnectionCommand({ ConnectionId }));
  expect(await client.closes()).toMatchObject({ code: 1000 });
  await expect(api.send(new PostToConnectionCommand({ ConnectionId, Data: "late" }))).rejects.toBeInstanceOf(GoneException);
});

it("ends every connection after two hours, however lively it is", async () => {
  const world = await apiRuntime(template({ order: "Named" }, { reply: true }));
  const client = await connect(world);
  for (let minutes = 0; minutes < 115; minutes += 5) {
    client.socket.ping();
    client.say({ kind: "other" });
    const heard = minutes / 5 + 1;
    await expect.poll(() => client.heard.length, { timeout: 10_000 }).toBe(heard);
    await world.runtime.clock.advance(5 * 60_000);
  }
  expect(client.socket.readyState).toBe(client.socket.OPEN);
  await world.runtime.clock.advance(6 * 60_000);
  expect(await client.closes()).toMatchObject({ code: 1001 });
});

it("ends a connection whose message is larger than 128 KB", async () => {
  const world = await apiRuntime(template({ order: "Named" }));
  const client = await connect(world);
  client.say("x".repeat(128 * 1024 + 1));
  expect(await client.closes()).toMatchObject({ code: 1009 });
});
