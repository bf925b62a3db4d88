import { deadLetterCall } from "../../../model/eventBridge/targetCall.ts";
import { defaultRetryPolicy } from "../../../model/eventBridge/retries.ts";
import { RetriedDeliveries, type DeliveryWork, type RetriedDelivery } from "../../kernel/retriedDeliveries.ts";
import type { BusEvent } from "./event.ts";
import type { Events } from "./events.ts";
import type { RuleTarget } from "./rules.ts";
import { deliverTo } from "./targets/deliverTo.ts";

/** What is on its way from a rule to one of its targets. */
export interface Delivery extends RetriedDelivery {
  readonly bus: string;
  readonly rule: string;
  readonly ruleArn: string;
  readonly target: RuleTarget;
  readonly event: BusEvent;
  /** What the target gets. */
  readonly input: string;
  /** The event came from a rule of another bus: it goes to no further one. */
  readonly isForwarded: boolean;
}

export function openDeliveries(events: Events): RetriedDeliveries<Delivery> {
  const work: DeliveryWork<Delivery> = {
    service: "events",
    table: "events_deliveries",
    sender: ({ region, bus, rule }) => events.rules.ref({ region, bus, name: rule }),
    targetArn: ({ target }) => target.Arn,
    shown: ({ target, attempts, input }) => ({ target: target.Arn, attempt: attempts + 1, input }),
    policy: ({ target: { RetryPolicy: policy } }) => ({
      maximumRetryAttempts: policy?.MaximumRetryAttempts ?? defaultRetryPolicy.maximumRetryAttempts,
      maximumEventAgeSeconds: policy?.MaximumEventAgeInSeconds ?? defaultRetryPolicy.maximumEventAgeSeconds,
    }),
    deliver: (delivery, input, call) => deliverTo(events, { ...delivery, input }, call),
    deadLetter({ target, event, ruleArn, attempts }, fault, condition) {
      const queueArn = target.DeadLetterConfig?.Arn;
      if (queueArn === undefined) return undefined;
      return deadLetterCall(queueArn, JSON.stringify(event), {
        RULE_ARN: ruleArn,
        TARGET_ARN: target.Arn,
        ERROR_CODE: fault.code,
        ERROR_MESSAGE: fault.message,
        EXHAUSTED_RETRY_CONDITION: condition,
        RETRY_ATTEMPTS: String(attempts - 1),
      });
    },
  };
  return new RetriedDeliveries(events.environment, work);
}
