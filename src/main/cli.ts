import { Command } from "commander";

// One file per command; only the chosen one is loaded, so that `contrail run` starts fast.

const program = new Command("contrail").description("Draw a serverless system, run it on your own machine, and step through every event.").showHelpAfterError("Add --help for how to use it.");

program
  .command("open", { isDefault: true })
  .argument("[dir]", "project folder or template file", ".")
  .description("open the Studio on a project")
  .option("--example <id>", "open a copy of an example that comes with Contrail (orders)")
  .option("--no-run", "do not deploy and run the design at once")
  .option("--port <number>", "port of the Studio (default: any free one)", parsePort, 0)
  .option("--endpoint-port <number>", "port of the AWS endpoint (default: any free one)", parsePort, 0)
  .option("--parameter <Key=Value...>", "values for the template's parameters", collectParameters, {})
  .addHelpText("after", "\nExamples:\n  contrail open                      the project in this folder\n  contrail open ../shop --no-run     look first, run later\n  contrail open --example orders")
  .action(async (directory: string, options) => (await import("./commands/open.ts")).open(directory, options));

program
  .command("run")
  .argument("[dir|template]", "project folder or template file", ".")
  .description("run a design without a window: prints the AWS endpoint, keeps nothing unless --data says where")
  .option("--endpoint-port <number>", "port of the AWS endpoint; 0: any free one", parsePort, 0)
  .option("--parameter <Key=Value...>", "values for the template's parameters", collectParameters, {})
  .option("--json", "print one line of JSON on stdout when ready, or when it failed")
  .option("--data <dir>", "keep tables, queues and traces in this folder")
  .option("--region <region>", "region of the account", "us-east-1")
  .option("--account-id <id>", "account number, 12 digits", parseAccountId, "000000000000")
  .option("--stack-name <name>", "name of the stack (default: the folder's name)")
  .option("--seed <number>", "repeat ids and randomness", Number)
  .option("--no-trace", "record no traces")
  .option("--empty", "an account without a stack")
  .option("--hold", "serve the AWS APIs first; deploy when a line {\"deploy\":true,\"parameters\":{…}} comes on stdin")
  .addHelpText("after", "\nExamples:\n  contrail run\n  contrail run shop/template.yaml --endpoint-port 4566 --parameter Stage=dev\n  contrail run --empty --json\n  aws --endpoint-url http://127.0.0.1:4566 dynamodb list-tables")
  .action(async (target: string, options) => (await import("./commands/run.ts")).run(target, options));

program
  .command("check")
  .argument("[dir]", "project folder or template file", ".")
  .description("print problems as file:line:col severity message; exit 1 when there are errors")
  .option("--parameter <Key=Value...>", "values for the template's parameters", collectParameters, {})
  .addHelpText("after", "\nExamples:\n  contrail check\n  contrail check shop/template.yaml")
  .action(async (directory: string, options) => (await import("./commands/check.ts")).check(directory, options));

await program.parseAsync().catch((error: unknown) => {
  console.error(`contrail: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) program.error(`${text} is not a port (0 to 65535).`);
  return port;
}

function parseAccountId(text: string): string {
  if (!/^\d{12}$/.test(text)) program.error(`${text} is not an account number (12 digits).`);
  return text;
}

function collectParameters(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) program.error(`--parameter takes Key=Value, not ${text}.`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
