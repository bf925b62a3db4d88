import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetDistributionCommand,
  GetInvalidationCommand,
  ListDistributionsCommand,
  ListInvalidationsCommand,
} from "@aws-sdk/client-cloudfront";
import { describe, expect, it, onTestFinished } from "vitest";
import { isPathMatch } from "../../../src/runtime/services/cloudfront/distribution.ts";
import { services } from "../../../src/runtime/services/index.ts";
import { send } from "../../support/http.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";

/** An origin that counts what reaches it and answers as the test says. */
async function startOrigin(answer: (request: IncomingMessage, response: ServerResponse, count: number) => void) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { asked, port: (server.address() as AddressInfo).port };
}

const cached = "MinTTL: 0, DefaultTTL: 60, MaxTTL: 600, ForwardedValues: { QueryString: false }";

async function distribution(originPort: number, behavior = cached, more = "") {
  const runtime = await runtimeWith(services);
  await runtime.deploy({
    stackName: "web",
    projectDirectory: temporaryFolder(),
    templatePath: "template.yaml",
    parameters: {},
    templateText: `
Resources:
  Web:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - { Id: origin, DomainName: 127.0.0.1, CustomOriginConfig: { OriginProtocolPolicy: http-only, HTTPPort: ${originPort} } }
        DefaultCacheBehavior: { TargetOriginId: origin, ViewerProtocolPolicy: allow-all, ${behavior} }
${more}`,
  });
  runtime.clock.pause();
  const { url } = runtime.urls().find((one) => one.kind === "distribution")!;
  const get = (path: string, options: Parameters<typeof send>[1] = {}) => send(new URL(path, url).href, options);
  const { name } = runtime.kernel.resources.all().find((one) => one.service === "cloudfront")!;
  return { runtime, get, id: name, client: new CloudFrontClient(clientOptions(runtime)) };
}

describe("a distribution", () => {
  it("asks the origin once and answers from the cache until the TTL is over", async () => {
    const origin = await startOrigin((_request, response, count) => response.end(`answer ${count}`));
    const { get, runtime } = await distribution(origin.port);

    const miss = await get("/page");
    expect([miss.text, miss.header("x-cache"), miss.header("age")]).toEqual(["answer 1", "Miss from cloudfront", undefined]);
    await runtime.clock.advance(59_000);
    const hit = await get("/page");
    expect([hit.text, hit.header("x-cache"), hit.header("age")]).toEqual(["answer 1", "Hit from cloudfront", "59"]);
    await runtime.clock.advance(1_000);
    expect((await get("/page")).text).toBe("answer 2");
    expect(origin.asked.length).toBe(2);
  });

  it.each([
    ["max-age=5", 5],
    ["public, s-maxage=7, max-age=100", 7],
    ["max-age=100000", 600],
    ["no-store", 0],
    ["private", 0],
  ])("keeps %s for %i seconds, within its own bounds", async (cacheControl, seconds) => {
    const origin = await startOrigin((_request, response) => response.setHeader("cache-control", cacheControl).end("x"));
    const { get, runtime } = await distribution(origin.port);
    await get("/page");
    if (seconds > 0) {
      await runtime.clock.advance(seconds * 1000 - 1);
      expect((await get("/page")).header("x-cache")).toBe("Hit from cloudfront");
      await runtime.clock.advance(1);
    }
    expect((await get("/page")).header("x-cache")).toBe("Miss from cloudfront");
  });

  it("refreshes what has an ETag without fetching it again", async () => {
    const origin = await startOrigin((request, response) => {
      response.setHeader("etag", '"v1"').setHeader("cache-control", "max-age=10");
      if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
      else response.end("body");
    });
    const { get, runtime } = await distribution(origin.port);
    await get("/page");
    await runtime.clock.advance(11_000);
    const refreshed = await get("/page");
    expect([refreshed.status, refreshed.text, refreshed.header("x-cache")]).toEqual([200, "body", "RefreshHit from cloudfront"]);
    expect((await get("/page")).header("x-cache")).toBe("Hit from cloudfront");
    const unchanged = await get("/page", { headers: { "if-none-match": '"v1"' } });
    expect([unchanged.status, unchanged.text]).toEqual([304, ""]);
  });

  it("tells answers apart by what the behavior names, and by nothing else", async () => {
    const origin = await startOrigin((request, response, count) =>
      response.end(`${count} ${request.url} ${request.headers["x-a"]} ${request.headers["x-b"]}`),
    );
    const { get } = await distribution(
      origin.port,
      "MinTTL: 60, ForwardedValues: { QueryString: true, QueryStringCacheKeys: [q], Headers: [X-A] }",
    );
    expect((await get("/p?q=1&r=1", { headers: { "x-a": "1", "x-b": "1" } })).text).toBe("1 /p?q=1 1 undefined");
    expect((await get("/p?q=1&r=2", { headers: { "x-a": "1", "x-b": "2" } })).text).toMatch(/^1 /);
    expect((await get("/p?q=2", { headers: { "x-a": "1" } })).text).toMatch(/^2 /);
    expect((await get("/p?q=1", { headers: { "x-a": "2" } })).text).toMatch(/^3 /);
  });

  it("chooses the first behavior whose pattern matches", async () => {
    const origin = await startOrigin((_request, response, count) => response.end(String(count)));
    const { get } = await distribution(
      origin.port,
      "CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac, AllowedMethods: [GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE]",
      `        CacheBehaviors:
          - { PathPattern: "images/*.jpg", TargetOriginId: origin, ViewerProtocolPolicy: allow-all, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6 }
`,
    );
    await get("/images/a/b.jpg");
    expect((await get("/images/a/b.jpg")).header("x-cache")).toBe("Hit from cloudfront");
    await get("/images/a/b.png?x=1");
    expect((await get("/images/a/b.png?x=1")).header("x-cache")).toBe("Miss from cloudfront");
    expect(origin.asked.at(-1)?.url).toBe("/images/a/b.png?x=1");
    expect((await get("/images/a/b.jpg", { method: "POST", body: "x" })).status).toBe(403);
    await get("/elsewhere", { method: "POST", body: "hello", headers: { "content-type": "text/plain", authorization: "secret" } });
    expect(origin.asked.at(-1)?.headers).toMatchObject({
      "content-type": "text/plain",
      authorization: "secret",
      host: expect.stringContaining("127.0.0.1"),
    });
  });

  it("collapses concurrent misses into one request to the origin", async () => {
    const waiting: ServerResponse[] = [];
    const origin = await startOrigin((_request, response) => void waiting.push(response));
    const { get } = await distribution(origin.port);
    const answers = Promise.all([get("/page"), get("/page"), get("/page")]);
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]?.end("once");
    expect((await answers).map((answer) => answer.text)).toEqual(["once", "once", "once"]);
    expect(origin.asked.length).toBe(1);
  });

  it("keeps errors for ten seconds, and serves what is expired while the origin fails", async () => {
    let status = 404;
    const origin = await startOrigin((_request, response) => response.writeHead(status).end("x"));
    const { get, runtime } = await distribution(origin.port);
    expect((await get("/page")).header("x-cache")).toBe("Error from cloudfront");
    status = 200;
    expect((await get("/page")).status).toBe(404);
    await runtime.clock.advance(10_000);
    expect((await get("/page")).status).toBe(200);
    status = 500;
    await runtime.clock.advance(61_000);
    expect((await get("/page")).status).toBe(200);
    expect((await get("/other")).status).toBe(500);
  });

  it("answers 502 in CloudFront's form when nobody is at the origin", async () => {
    const { get } = await distribution(1);
    const answer = await get("/page");
    expect([answer.status, answer.header("x-cache")]).toEqual([502, "Error from cloudfront"]);
    expect(answer.text).toContain("The request could not be satisfied");
  });

  it("shows a page of its own for an error, where the design says so", async () => {
    const origin = await startOrigin((request, response) =>
      request.url === "/sorry.html" ? response.end("sorry") : response.writeHead(404).end("no"),
    );
    const { get } = await distribution(
      origin.port,
      cached,
      "        CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: /sorry.html }]\n",
    );
    const answer = await get("/nowhere");
    expect([answer.status, answer.text]).toEqual([200, "sorry"]);
  });

  it("forgets what is invalidated, and tells how far an invalidation is", async () => {
    const origin = await startOrigin((_request, response, count) => response.end(String(count)));
    const { get, client, id, runtime } = await distribution(origin.port);
    await get("/a/1");
    await get("/b/1");
    const { Invalidation } = await client.send(
      new CreateInvalidationCommand({
        DistributionId: id,
        InvalidationBatch: { CallerReference: "one", Paths: { Quantity: 1, Items: ["/a/*"] } },
      }),
    );
    expect(Invalidation?.Status).toBe("InProgress");
    expect((await get("/a/1")).header("x-cache")).toBe("Miss from cloudfront");
    expect((await get("/b/1")).header("x-cache")).toBe("Hit from cloudfront");
    await runtime.clock.advance(5_000);
    expect((await client.send(new GetInvalidationCommand({ DistributionId: id, Id: Invalidation?.Id }))).Invalidation?.Status).toBe(
      "Completed",
    );
    expect((await client.send(new ListInvalidationsCommand({ DistributionId: id }))).InvalidationList?.Items).toHaveLength(1);
    await expect(
      client.send(
        new CreateInvalidationCommand({
          DistributionId: "E0",
          InvalidationBatch: { CallerReference: "x", Paths: { Quantity: 1, Items: ["/*"] } },
        }),
      ),
    ).rejects.toMatchObject({ name: "NoSuchDistribution" });
  });

  it("is described by the API, and its cache is shown", async () => {
    const origin = await startOrigin((_request, response) => response.end("x"));
    const { get, client, id, runtime } = await distribution(origin.port);
    await get("/page");
    await get("/page");
    const { Distribution } = await client.send(new GetDistributionCommand({ Id: id }));
    expect(Distribution).toMatchObject({
      Id: id,
      Status: "Deployed",
      DistributionConfig: { Enabled: true, Origins: { Quantity: 1, Items: [{ Id: "origin" }] } },
    });
    expect((await client.send(new ListDistributionsCommand({}))).DistributionList?.Items).toMatchObject([{ Id: id }]);
    const { rows } = await runtime.inspect("cloudfront", id, "us-east-1", { view: "entries", limit: 10 });
    expect(rows).toMatchObject([{ cells: { path: "/page", state: "fresh", status: 200, hits: 1 } }]);
  });
});

describe("path patterns", () => {
  it.each([
    ["*", "/anything", true],
    ["/orders/*", "/orders/1/lines", true],
    ["orders/*", "/orders/1", true],
    ["/orders/*", "/orders", false],
    ["/a?c.jpg", "/abc.jpg", true],
    ["/a?c.jpg", "/ac.jpg", false],
    ["*.jpg", "/x/y.jpg", true],
    ["/*a*b*", "/xxaxxbxx", true],
    ["/Orders", "/orders", false],
  ])("%s against %s: %s", (pattern, path, expected) => {
    expect(isPathMatch(pattern, path)).toBe(expected);
  });
});
