import { execFileSync } from "node:child_process";
import { cp, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runtimeWith } from "./support/runtime.ts";
import { services } from "../src/runtime/services/index.ts";
import { temporaryFolder } from "./support/folder.ts";

const examples = path.resolve(import.meta.dirname, "../resources/examples");

/** Deploys a copy of an example, as a user would run it. */
async function run(example: string) {
  const folder = await temporaryFolder();
  const projectDirectory = path.join(folder, example);
  await cp(path.join(examples, example), projectDirectory, { recursive: true });
  const runtime = await runtimeWith(services);
  const templateText = await readFile(path.join(projectDirectory, "template.yaml"), "utf8");
  const deployed = await runtime.deploy({
    stackName: example,
    projectDirectory,
    templatePath: "template.yaml",
    templateText,
    parameters: {},
  });
  const request = async (resource: string, method: string, target: string, body?: unknown) => {
    const answer = await runtime.request({
      resource,
      method,
      path: target,
      headers: [["content-type", "application/json"]],
      body: body === undefined ? "" : JSON.stringify(body),
    });
    return {
      ...answer,
      json: answer.body === "" ? null : (JSON.parse(answer.body) as Record<string, unknown>),
      header: (name: string) => answer.headers.find(([key]) => key.toLowerCase() === name)?.[1],
    };
  };
  return { runtime, deployed, request };
}

const order = { customer: "Ada", lines: [{ product: "lamp", quantity: 2, price: 40 }] };

describe("every example", async () => {
  const names = (await readdir(examples, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  it.each(names)("%s deploys without a problem", async (name) => {
    const { deployed } = await run(name);
    expect(deployed.problems.filter((problem) => problem.severity !== "info")).toEqual([]);
    expect(deployed.difference.added.length).toBeGreaterThan(0);
  });
});

describe("orders", () => {
  it("takes an order, stores it, and fulfils it through the queue", async () => {
    const { runtime, request } = await run("orders");
    const created = await request("OrdersApi", "POST", "/orders", order);
    expect(created).toMatchObject({ status: 201, json: { status: "placed", total: 80, stage: "dev" } });

    const id = String(created.json?.["id"]);
    await expect
      .poll(async () => (await request("OrdersApi", "GET", `/orders/${id}`)).json?.["status"], { timeout: 10_000 })
      .toBe("fulfilled");
    expect((await request("OrdersApi", "GET", "/orders?status=fulfilled")).json).toMatchObject({ orders: [{ id, customer: "Ada" }] });

    const trace = runtime.traces.get(created.traceId ?? "");
    expect(trace.map((span) => `${span.service} ${span.operation}`)).toEqual(
      expect.arrayContaining(["apigateway POST /orders", "dynamodb PutItem", "sqs SendMessage", "dynamodb UpdateItem"]),
    );
    const worker = trace.find((span) => span.service === "lambda" && span.target?.logicalId === "Fulfil");
    expect(worker, "the worker's invocation belongs to the trace of the request").toBeDefined();
  });

  it("refuses what is no order, and knows no order that is not there", async () => {
    const { request } = await run("orders");
    expect(await request("OrdersApi", "POST", "/orders", { customer: "Ada" })).toMatchObject({ status: 400 });
    expect(await request("OrdersApi", "GET", "/orders/none")).toMatchObject({ status: 404 });
    expect(await request("OrdersApi", "GET", "/nowhere")).toMatchObject({ status: 404, json: { message: "Not Found" } });
  });

  it("is cached at the edge for as long as the handler says", async () => {
    const { runtime, request } = await run("orders");
    const created = await request("Web", "POST", "/orders", order);
    expect(created.status).toBe(201);
    const target = `/orders/${String(created.json?.["id"])}`;

    expect((await request("Web", "GET", target)).header("x-cache")).toBe("Miss from cloudfront");
    await runtime.clock.advance(3_000);
    const hit = await request("Web", "GET", target);
    expect(hit.header("x-cache")).toBe("Hit from cloudfront");
    expect(Number(hit.header("age"))).toBeGreaterThanOrEqual(3);
    await runtime.clock.advance(301_000);
    expect((await request("Web", "GET", target)).header("x-cache")).not.toBe("Hit from cloudfront");
  });

  it("puts an order that fails three times into the dead-letter queue, in no real time", async () => {
    const { runtime, request } = await run("orders");
    const dear = { customer: "Grace", lines: [{ product: "engine", quantity: 1, price: 20_000 }] };
    const { json } = await request("OrdersApi", "POST", "/orders", dear);
    const depth = async () => {
      const dead = runtime.kernel.resources.all().find((resource) => resource.logicalId === "OrderDLQ");
      return (await runtime.inspect("sqs", dead?.name ?? "", runtime.region, { view: "messages", limit: 10 })).rows;
    };
    await expect
      .poll(
        async () => {
          await runtime.clock.advance(61_000);
          return (await depth()).length;
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBe(1);
    expect(JSON.stringify(await depth())).toContain(String(json?.["id"]));
  });

  it("is clean for AWS's own linter, where that is installed", ({ skip }) => {
    const template = path.join(examples, "orders/template.yaml");
    try {
      execFileSync("cfn-lint", ["--version"], { stdio: "ignore" });
    } catch {
      skip("cfn-lint is not installed");
    }
    expect(execFileSync("cfn-lint", [template], { encoding: "utf8" })).toBe("");
  });
});
