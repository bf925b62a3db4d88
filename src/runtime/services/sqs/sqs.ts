import type { ServiceEnvironment } from "../../kernel/service.ts";
import { migrate } from "../../storage/database.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { Deduplication } from "./deduplication.ts";
import { missingParameter } from "./errors.ts";
import { Messages } from "./messages.ts";
import type { Queue } from "./queues.ts";
import { Queues } from "./queues.ts";
import { sqsTables } from "./tables.ts";

/** What every operation of this service works with. */
export interface Sqs {
  readonly environment: ServiceEnvironment;
  readonly queues: Queues;
  readonly messages: Messages;
  readonly deduplication: Deduplication;
}

export function openSqs(environment: ServiceEnvironment): Sqs {
  const { database, kernel, accountId } = environment;
  migrate(database, "sqs", sqsTables);
  return {
    environment,
    queues: new Queues(database, kernel, accountId),
    messages: new Messages(database),
    deduplication: new Deduplication(database),
  };
}

export function urlOf(sqs: Sqs, queue: Queue): string {
  return `${sqs.environment.endpoint()}/${sqs.environment.accountId}/${queue.name}`;
}

/** The last part of a queue URL of any style: path on any host, the legacy host form, LocalStack's and AWS's own. */
export function queueNameOf(queueUrl: string | undefined): string {
  if (queueUrl === undefined || queueUrl === "") throw missingParameter("QueueUrl");
  const match = /\/([^/?#]+)\/?$/.exec(queueUrl);
  if (match?.[1] === undefined) {
    throw new AwsError("InvalidAddress", `The address ${queueUrl} is not valid for this endpoint.`);
  }
  return match[1];
}

export function queueAt(sqs: Sqs, queueUrl: string | undefined, region: string): Queue {
  return sqs.queues.get(region, queueNameOf(queueUrl));
}
