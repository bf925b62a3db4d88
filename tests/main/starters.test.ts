import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { starterLanguages, starterPatterns } from "../../src/model/starters.ts";
import { copyStarter, starterList } from "../../src/main/starters.ts";
import { services } from "../../src/runtime/services/index.ts";
import { eventually } from "../support/eventually.ts";
import { runtimeWith, temporaryFolder } from "../support/runtime.ts";

async function run(pattern: (typeof starterPatterns)[number], language: (typeof starterLanguages)[number]) {
  const projectDirectory = temporaryFolder();
  await copyStarter(pattern, language, projectDirectory);
  const runtime = await runtimeWith(services);
  const templateText = await readFile(path.join(projectDirectory, "template.yaml"), "utf8");
  const deployed = await runtime.deploy({
    stackName: pattern,
    projectDirectory,
    templatePath: "template.yaml",
    templateText,
    parameters: {},
  });
  expect(deployed.problems.filter((problem) => problem.severity !== "info")).toEqual([]);
  return { runtime, outputs: deployed.outputs };
}

describe.each(starterLanguages)("in %s", (language) => {
  it("an HTTP API keeps items", async ({ skip }) => {
    if (language === "python" && spawnSync("python3", ["-c", "import boto3"]).status !== 0) skip("this machine's Python has no boto3");
    const { runtime } = await run("api", language);
    const request = (method: string, target: string, body = "") =>
      runtime.request({ resource: "Api", method, path: target, headers: [["content-type", "application/json"]], body });
    expect(await request("PUT", "/items/a", '{"text":"hello"}')).toMatchObject({ status: 200 });
    const read = await request("GET", "/items/a");
    expect(JSON.parse(read.body)).toEqual({ id: "a", text: "hello" });
    expect(await request("GET", "/items/none")).toMatchObject({ status: 404 });
  });

  it("a worker does its jobs, and fails those without a text", async () => {
    const { runtime, outputs } = await run("worker", language);
    const send = (body: string) =>
      runtime.invokeAsStudio({
        service: "sqs",
        operation: "SendMessage",
        input: { QueueUrl: outputs["QueueUrl"] ?? "", MessageBody: body },
      });
    await send('{"text":"hello"}');
    await eventually(() => expect(runtime.traces.logs({ text: "job done", limit: 5 })).toHaveLength(1));
    await send("{}");
    await eventually(() => expect(runtime.traces.logs({ text: "job failed", limit: 5 })).toHaveLength(1));
  });

  it("a workflow accepts and refuses", async () => {
    const { runtime, outputs } = await run("workflow", language);
    const ends = async (amount: number): Promise<unknown> => {
      const start = { stateMachineArn: outputs["WorkflowArn"] ?? "", input: JSON.stringify({ amount }) };
      const { output } = await runtime.invokeAsStudio({ service: "states", operation: "StartExecution", input: start });
      const { executionArn } = output as { executionArn: string };
      const status = async (): Promise<unknown> => {
        const described = await runtime.invokeAsStudio({ service: "states", operation: "DescribeExecution", input: { executionArn } });
        return (described.output as { status: string }).status;
      };
      return eventually(async () => {
        await runtime.clock.advance(61_000);
        expect(await status()).not.toBe("RUNNING");
        return status();
      });
    };
    expect(await ends(10)).toBe("SUCCEEDED");
    expect(await ends(5_000)).toBe("FAILED");
  });
});

it("each pattern has its picture", async () => {
  const tiles = (await starterList()).map(({ pattern, miniature }) => [pattern, miniature.tiles.map((tile) => tile.id)]);
  expect(tiles).toEqual([
    ["api", ["Api", "Items", "ItemsTable"]],
    ["worker", ["Jobs", "DeadJobs", "Work"]],
    ["workflow", ["Workflow", "Check"]],
  ]);
});
