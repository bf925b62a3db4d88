// A runtime in a process of its own, for tests that kill it: begins when a line comes in, then prints its endpoint on one line.
import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { startRuntime } from "../../../src/runtime/startRuntime.ts";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";

// Where a folder for it is given, the next process loads faster.
flushCompileCache();
await once(process.stdin, "data");
const runtime = await startRuntime([dynamodbService, sqsService], { dataDirectory: process.argv[2] ?? "", seed: 1 });
console.log(runtime.endpoint);
