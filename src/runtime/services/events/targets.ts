// How an event comes to a target: by one operation of the target's service, or in a way of its own.
import { readArn, targetCall } from "../../../model/events/targetCall.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { callerIn } from "../../kernel/callerIn.ts";
import type { Caller } from "../../kernel/service.ts";
import type { Delivery } from "./deliveries.ts";
import type { Events } from "./events.ts";

type Deliver = (events: Events, delivery: Delivery, caller: Caller) => Promise<unknown>;

/** By the service in the target's ARN. */
const ownWays: Readonly<Record<string, Deliver>> = {};

export async function deliverTo(events: Events, delivery: Delivery, caller: Caller): Promise<unknown> {
  const { target, input, event } = delivery;
  const own = ownWays[readArn(target.Arn)?.service ?? ""];
  if (own !== undefined) return await own(events, delivery, caller);
  const call = targetCall(
    {
      arn: target.Arn,
      messageGroupId: target.SqsParameters?.MessageGroupId,
      partitionKeyPath: target.KinesisParameters?.PartitionKeyPath,
      executionName: `${event.id}_${delivery.id}`,
    },
    input,
    event.id,
  );
  if (call === undefined)
    throw new AwsError(
      "UnknownOperationException",
      `Contrail does not deliver events to ${target.Arn} locally. Give the rule a function, a queue or a topic as a target beside it.`,
    );
  return await events.environment.kernel.invoke(call.service, call.operation, call.input, callerIn(call.region, caller));
}
