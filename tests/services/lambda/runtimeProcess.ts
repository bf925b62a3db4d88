// A runtime in a process of its own, for tests that kill it: prints its endpoint on one line.
import { startRuntime } from "../../../src/runtime/startRuntime.ts";
import { lambda } from "../../../src/runtime/services/lambda/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";

const runtime = await startRuntime([lambda, sqsService], { dataDirectory: process.argv[2] ?? "", seed: 1 });
console.log(runtime.endpoint);
