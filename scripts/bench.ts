// `npm run bench [group…]`: what things cost, as ratios to a limit measured in the same run. Groups: see below.
import { build } from "./build.ts";
import type { Row } from "./bench/row.ts";

const groups: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  kernel: async () => (await import("./bench/kernel.ts")).kernelRows(),
  lambda: async () => (await import("./bench/lambda.ts")).lambdaRows(),
  dynamodb: async () => (await import("./bench/dynamodb.ts")).dynamodbRows(),
  sqs: async () => (await import("./bench/sqs.ts")).sqsRows(),
  states: async () => (await import("./bench/states.ts")).statesRows(),
  startup: async () => (await import("./bench/startup.ts")).startupRows(),
  requests: async () => (await import("./bench/requests.ts")).requestRows(),
  studio: async () => (await import("./bench/studio.ts")).studioRows(),
  design: async () => (await import("./bench/design.ts")).designRows(),
};

/** Groups that run the sources as they are. */
const withoutBuild = new Set(["design", "states"]);

const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (groups[name] === undefined) {
    console.error(`There is no group ${name}. Groups: ${Object.keys(groups).join(", ")}.`);
    process.exit(1);
  }
}
if (wanted.length === 0 || wanted.some((name) => !withoutBuild.has(name))) await build({ ifNeeded: true });
console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}\n`);
console.log(line("", "value", "limit", "ratio", "aim"));
for (const [name, measure] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const row of await measure()) {
    console.log(
      line(
        row.name,
        `${number(row.value)} ${row.unit}`,
        row.limit === null ? "" : number(row.limit),
        row.ratio === null ? "" : row.ratio.toFixed(2),
        row.aim ?? "",
      ),
    );
  }
}

function line(name: string, value: string, limit: string, ratio: string, aim: string): string {
  return `${name.padEnd(68)}${value.padStart(20)}${limit.padStart(12)}${ratio.padStart(8)}  ${aim}`;
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en-US").replaceAll(",", " ") : value.toFixed(value >= 10 ? 1 : 2);
}
