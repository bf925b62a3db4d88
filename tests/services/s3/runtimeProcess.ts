// A runtime in a process of its own, for tests that kill it or weigh it: prints its endpoint, then its largest resident size in kilobytes when asked.
import { startRuntime } from "../../../src/runtime/startRuntime.ts";
import { s3Service } from "../../../src/runtime/services/s3/service.ts";

const runtime = await startRuntime([s3Service], { dataDirectory: process.argv[2] ?? "" });
console.log(runtime.endpoint);
process.stdin.on("data", () => console.log(process.resourceUsage().maxRSS));
