// What bin/contrail.cmd runs on Windows: builds when needed, then hands over to the command line.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.ts";

await build({ ifNeeded: true });
const cli = path.resolve(import.meta.dirname, "../out/main/cli.js");
process.argv.splice(1, 1, cli);
await import(pathToFileURL(cli).href);
