import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { runExample } from "../support/example.ts";

const moon = { title: "On the moon", text: "It is quiet there." };

it("keeps an article for an hour, whatever stands behind the question mark, then asks whether it changed", async () => {
  const { runtime, request } = await runExample("cdn-cache");
  await request("Site", "PUT", "/articles/moon", moon);
  // the invalidation that the first writing makes is through
  await eventually(() => expect(runtime.traces.logs({ text: "forgotten at the edge", limit: 5 })).toHaveLength(1));

  expect(await request("Edge", "GET", "/articles/moon")).toMatchObject({ status: 200, json: moon });
  await runtime.clock.advance(30 * 60_000);
  const hit = await request("Edge", "GET", "/articles/moon?utm_source=letter");
  expect(hit.header("x-cache")).toBe("Hit from cloudfront");
  expect(Number(hit.header("age"))).toBeGreaterThanOrEqual(1800);

  await runtime.clock.advance(31 * 60_000);
  const revalidated = await request("Edge", "GET", "/articles/moon");
  expect(revalidated).toMatchObject({ status: 200, json: moon });
  expect(revalidated.header("x-cache")).toBe("RefreshHit from cloudfront");
});

it("forgets an article when its row changes", async () => {
  const { runtime, request } = await runExample("cdn-cache");
  await request("Edge", "PUT", "/articles/moon", moon);
  await eventually(() => expect(runtime.traces.logs({ text: "forgotten at the edge", limit: 5 })).toHaveLength(1));
  await request("Edge", "GET", "/articles/moon");
  expect((await request("Edge", "GET", "/articles/moon")).header("x-cache")).toBe("Hit from cloudfront");

  await request("Edge", "PUT", "/articles/moon", { ...moon, text: "Not any more." });
  await eventually(async () => expect((await request("Edge", "GET", "/articles/moon")).json).toMatchObject({ text: "Not any more." }));
});

it("keeps searches apart by word and language only", async () => {
  const { request } = await runExample("cdn-cache");
  const search = async (query: string, language: string) =>
    request("Edge", "GET", `/search?${query}`, undefined, { "accept-language": language });
  expect(await search("q=moon&ref=a", "en")).toMatchObject({ status: 200, json: { heading: "Found" } });
  expect((await search("q=moon&ref=b", "en")).header("x-cache")).toBe("Hit from cloudfront");
  expect(await search("q=moon&ref=b", "de")).toMatchObject({ json: { heading: "Gefunden" } });
  expect((await search("q=sun", "en")).header("x-cache")).toBe("Miss from cloudfront");
});

it("never keeps an account", async () => {
  const { request } = await runExample("cdn-cache");
  const account = (cookie: string) => request("Edge", "GET", "/account", undefined, { cookie });
  expect(await account("reader=ada")).toMatchObject({ status: 200, json: { reader: "ada" } });
  expect(await account("reader=grace")).toMatchObject({ status: 200, json: { reader: "grace" } });
  expect(await account("")).toMatchObject({ status: 401 });
});

it("answers for a page that is not there for ten seconds", async () => {
  const { runtime, request } = await runExample("cdn-cache");
  const first = await request("Edge", "GET", "/articles/mars");
  expect(first.status).toBe(404);
  const invocations = (): number => runtime.traces.list({ logicalId: "ReadArticle", limit: 50 }).length;
  await request("Edge", "GET", "/articles/mars");
  expect(invocations()).toBe(1);
  await runtime.clock.advance(11_000);
  expect((await request("Edge", "GET", "/articles/mars")).status).toBe(404);
  await eventually(() => expect(invocations()).toBe(2));
});
