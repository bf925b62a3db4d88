// A runtime in a process of its own, for tests that kill it: prints its endpoint on one line.
import { startRuntime } from "../../../src/runtime/startRuntime.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { statesService } from "../../../src/runtime/services/states/service.ts";

const runtime = await startRuntime([sqsService, statesService], { dataDirectory: process.argv[2] ?? "" });
console.log(runtime.endpoint);
