import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { appFolder, appVersion } from "../appFolder.ts";
import { openableExample } from "../examples.ts";
import { StudioSession } from "../session.ts";
import { startStudioServer, type StudioServer } from "../studioServer.ts";
import { portOf, rememberPort } from "../userFolder.ts";

interface OpenOptions {
  readonly example?: string;
  readonly run: boolean;
  readonly port: number;
  readonly endpointPort: number;
  readonly parameter: Record<string, string>;
  readonly stackName?: string;
  readonly configEnv?: string;
}

/** Serves the Studio on a project until it is told to end, and prints the addresses. */
export async function open(target: string, options: OpenOptions): Promise<void> {
  // a folder without a template gets the welcome screen; one that is not there is a slip of the pen
  if (options.example === undefined && !existsSync(target))
    throw new Error(`${target} does not exist. The commands are open, run, check, transform, edit and export; --help tells more.`);
  const session = new StudioSession({
    log: (line) => console.error(line),
    runtime: { endpointPort: options.endpointPort },
    settings: { stackName: options.stackName, configEnv: options.configEnv },
  });
  const server = await onUsualPort(options, path.resolve(target), (port) =>
    startStudioServer({
      session,
      shell: { kind: "browser", version: appVersion() },
      port,
      rendererDirectory: path.join(appFolder(), "out", "renderer"),
      token: randomBytes(24).toString("base64url"),
    }),
  );
  endWithProcess(async () => {
    await server.close();
    await session.close();
  });

  // a deploy may wait long for a custom resource: the Studio can be looked at meanwhile
  const early = setTimeout(() => console.log(`\n  Studio  ${server.url}\n\n  Still deploying; further addresses follow.`), 3_000);
  try {
    await session.open(options.example === undefined ? target : await openableExample(options.example));
    if (Object.keys(options.parameter).length > 0)
      await session.setParameters({ ...(await session.project()).parameters, ...options.parameter });
    if (options.run) await session.run();
  } catch (error) {
    // the Studio is there all the same: its welcome screen offers other projects
    console.error(`contrail: ${error instanceof Error ? error.message : String(error)}`);
  }
  clearTimeout(early);
  printAddresses(server.url, session);
}

/** Where it stood last time if that is free: a page that was left open goes on there. */
async function onUsualPort(
  { port, example }: OpenOptions,
  target: string,
  start: (port: number) => Promise<StudioServer>,
): Promise<StudioServer> {
  const key = example === undefined ? target : `example ${example}`;
  const usual = port === 0 ? portOf(key) : undefined;
  if (usual !== undefined)
    // taken by another, or by a Studio that is open on the same project
    return await start(usual).catch(() => start(0));
  const server = await start(port);
  rememberPort(key, server.port);
  return server;
}

function printAddresses(studioUrl: string, session: StudioSession): void {
  const rows: [string, string][] = [["Studio", studioUrl]];
  const state = session.runState;
  if (session.runtime !== null) rows.push(["AWS endpoint", session.runtime.endpoint]);
  if (state.type === "running") for (const url of state.urls) rows.push([url.logicalId, url.url]);
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n")}\n`);
  if (state.type === "failed") console.log(`  The design does not run yet: ${state.message}\n`);
  console.log("  Ctrl-C ends it.");
}

/** Ends cleanly on SIGINT and SIGTERM, and within five seconds in any case. */
export function endWithProcess(close: () => Promise<void>): void {
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(1), 4_500).unref();
    void close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  // a fault of ours in one piece of work is told, and everything else goes on
  process.on("unhandledRejection", (error) =>
    console.error(`contrail: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  );
}
