import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { createRuntime, DeployError, type Deployment, type Runtime } from "../../runtime/index.ts";
import { locateProject, stackNameFor } from "../project/project.ts";
import { watchProject } from "../project/watch.ts";
import { endWithProcess } from "./open.ts";

interface RunOptions {
  readonly endpointPort: number;
  readonly parameter: Record<string, string>;
  readonly json?: boolean;
  readonly data?: string;
  readonly region: string;
  readonly accountId: string;
  readonly stackName?: string;
  readonly seed?: number;
  readonly trace: boolean;
  readonly empty?: boolean;
  readonly hold?: boolean;
}

const deployLine = z.object({ deploy: z.literal(true), parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}) });

/** Headless: stdout carries only the line that says it is ready; everything else goes to stderr. */
export async function run(target: string, options: RunOptions): Promise<void> {
  const log = (line: string): void => console.error(line);
  let stopWatching: () => Promise<void> = async () => {};
  let runtime: Runtime | undefined;
  try {
    const location = options.empty === true ? null : await locateProject(target);
    runtime = await createRuntime({
      ...(options.data !== undefined && { dataDirectory: path.resolve(options.data) }),
      ...(options.seed !== undefined && { seed: options.seed }),
      region: options.region,
      accountId: options.accountId,
      endpointPort: options.endpointPort,
      isTracing: options.trace,
      log,
    });
    const running: Runtime = runtime;
    endWithProcess(async () => {
      await stopWatching();
      await running.close();
    });

    let stackName: string | null = null;
    if (location !== null) {
      let parameters = options.parameter;
      if (options.hold === true) {
        process.stdout.write(`${JSON.stringify({ held: true, endpoint: running.endpoint })}\n`);
        parameters = { ...parameters, ...(await readDeployLine()) };
      }
      stackName = options.stackName ?? stackNameFor(location.directory);
      const name = stackName;
      const deployment = async (): Promise<Deployment> => ({
        stackName: name,
        projectDirectory: location.directory,
        templatePath: location.templatePath,
        templateText: await readFile(path.join(location.directory, location.templatePath), "utf8"),
        parameters,
      });
      const result = await running.deploy(await deployment());
      for (const problem of result.problems) log(`${problem.severity}: ${problem.message}`);
      stopWatching = watchProject(location.directory, (paths) => void keepInStep(running, paths, path.join(location.directory, location.templatePath), deployment, log));
    }
    announce(options, running, stackName);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof DeployError) for (const problem of error.problems) log(`${problem.file}:${problem.range?.start.line ?? 1}: ${problem.severity}: ${problem.message}`);
    if (options.json === true) process.stdout.write(`${JSON.stringify({ error: message })}\n`);
    else log(`contrail: ${message}`);
    await runtime?.close();
    process.exit(1);
  }
}

function announce(options: RunOptions, runtime: Runtime, stackName: string | null): void {
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ ready: true, endpoint: runtime.endpoint, stackName, region: runtime.region, accountId: runtime.accountId })}\n`);
    return;
  }
  const rows = [["AWS endpoint", runtime.endpoint] as const, ...runtime.urls().map((url) => [url.logicalId, url.url] as const)];
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n"));
}

/** The first line on stdin that is a deploy command; end of input without one is an error. */
async function readDeployLine(): Promise<Record<string, string>> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    const parsed = deployLine.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`Expected a line {"deploy":true,"parameters":{…}} on stdin, got ${line.slice(0, 200)}`);
    return parsed.data.parameters;
  }
  throw new Error('stdin ended before a line {"deploy":true} came.');
}

async function keepInStep(runtime: Runtime, paths: readonly string[], templatePath: string, deployment: () => Promise<Deployment>, log: (line: string) => void): Promise<void> {
  try {
    if (paths.includes(templatePath)) await runtime.deploy(await deployment());
    const code = paths.filter((file) => file !== templatePath);
    const changes = code.length === 0 ? [] : await runtime.codeChanged(code);
    for (const change of changes) {
      log(change.problems.length === 0 ? `${change.logicalId}: new code` : `${change.logicalId}: ${change.problems.map((problem) => problem.message).join("; ")} (the code from before keeps running)`);
    }
  } catch (error) {
    log(`contrail: ${error instanceof Error ? error.message : String(error)} (the stack from before keeps running)`);
  }
}
