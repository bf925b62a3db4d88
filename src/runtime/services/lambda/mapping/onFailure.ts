// What a mapping of a stream sends to its on-failure destination: where the records are, not the records themselves.
import type { ResourceRef } from "../../../../model/trace.ts";
import type { Caller } from "../../../kernel/service.ts";
import { notRunLocally } from "../errors.ts";
import { functionArn, functionRef } from "../function.ts";
import type { Functions } from "../functions.ts";
import type { Mapping } from "./mapping.ts";
import type { StreamRecord } from "./streamSource.ts";

export interface GivenUp {
  readonly mapping: Mapping;
  readonly shard: string;
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  readonly invocations: number;
  /** Absent: the function never got it. */
  readonly lastTry: { readonly functionError: string | undefined; readonly executedVersion: string } | undefined;
  readonly records: readonly StreamRecord[];
}

export async function sendToDestination(destination: string, given: GivenUp, functions: Functions, caller: Caller): Promise<void> {
  const { kernel } = functions.service;
  const [, , service, region = caller.region, accountId = caller.accountId, name = ""] = destination.split(":");
  const body = JSON.stringify(describe(given, functions));
  const { functionName } = given.mapping;
  const sender: ResourceRef =
    kernel.resources.find("lambda", functionName, given.mapping.region) ?? functionRef(functionName, given.mapping.region);
  const onBehalf: Caller = { ...caller, region, actor: { type: "resource", resource: sender } };
  switch (service) {
    case "sqs": {
      const queueUrl = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
      await kernel.invoke("sqs", "SendMessage", { QueueUrl: queueUrl, MessageBody: body }, onBehalf);
      return;
    }
    case "sns":
      await kernel.invoke("sns", "Publish", { TopicArn: destination, Message: body }, onBehalf);
      return;
    default:
      throw notRunLocally(`on-failure destinations of ${service ?? destination}`);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
function describe({ mapping, shard, condition, invocations, lastTry, records }: GivenUp, functions: Functions) {
  const { ids, clock } = functions.service.kernel;
  const [first, last] = [records.at(0), records.at(-1)];
  return {
    requestContext: {
      requestId: ids.uuid(),
      functionArn: functionArn({ name: mapping.functionName, region: mapping.region, accountId: mapping.accountId }, mapping.qualifier),
      condition,
      approximateInvokeCount: invocations,
    },
    ...(lastTry && { responseContext: { statusCode: 200, ...lastTry } }),
    version: "1.0",
    timestamp: new Date(clock.now()).toISOString(),
    DDBStreamBatchInfo: {
      shardId: shard,
      startSequenceNumber: first?.id,
      endSequenceNumber: last?.id,
      approximateArrivalOfFirstRecord: first && new Date(first.writtenAt).toISOString(),
      approximateArrivalOfLastRecord: last && new Date(last.writtenAt).toISOString(),
      batchSize: records.length,
      streamArn: mapping.eventSourceArn,
    },
  };
}
