import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import type { Json } from "../../src/model/json.ts";
import { services } from "../../src/runtime/services/index.ts";
import { runtimeWith, temporaryFolder } from "./runtime.ts";

export const examplesFolder = path.resolve(import.meta.dirname, "../../resources/examples");

/** Deploys a copy of an example, as a user would run it. */
export async function runExample(example: string) {
  const projectDirectory = path.join(temporaryFolder(), example);
  await cp(path.join(examplesFolder, example), projectDirectory, { recursive: true });
  const runtime = await runtimeWith(services);
  const templateText = await readFile(path.join(projectDirectory, "template.yaml"), "utf8");
  const deployed = await runtime.deploy({
    stackName: example,
    projectDirectory,
    templatePath: "template.yaml",
    templateText,
    parameters: {},
  });

  const nameOf = (logicalId: string): string => {
    const found = runtime.kernel.resources.all().find((resource) => resource.logicalId === logicalId);
    if (found === undefined) throw new Error(`${example} has no ${logicalId}.`);
    return found.name;
  };
  const rowsOf = async (service: string, logicalId: string, view: string) =>
    (await runtime.inspect(service, nameOf(logicalId), runtime.region, { view, limit: 100 })).rows;

  return {
    runtime,
    deployed,
    nameOf,
    /** A request to an API or a distribution, by logical ID. */
    async request(resource: string, method: string, target: string, body?: unknown, headers: Record<string, string> = {}) {
      const answer = await runtime.request({
        resource,
        method,
        path: target,
        headers: Object.entries({ "content-type": "application/json", ...headers }),
        body: body === undefined ? "" : JSON.stringify(body),
      });
      return {
        ...answer,
        json: answer.body === "" ? null : (JSON.parse(answer.body) as Record<string, Json>),
        header: (name: string) => answer.headers.find(([key]) => key.toLowerCase() === name)?.[1],
      };
    },
    /** What the Data panel shows of a queue. */
    messages: (queue: string) => rowsOf("sqs", queue, "messages"),
    /** Of a table, as plain JSON. */
    items: async (table: string) =>
      (await rowsOf("dynamodb", table, "items")).map((row) => (row.detail as { item: Record<string, Json> }).item),
  };
}

export type RunningExample = Awaited<ReturnType<typeof runExample>>;
