// EventBridge rules: schedules and patterns, for functions and state machines alike.
import type { Json, JsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext, SamResource } from "../context.ts";
import { getAtt, isSet, mapOf, ref } from "../json.ts";
import { words } from "../../../words.ts";

/** A target's id has 64 characters at most; the name gives way, the suffix stays. */
export function targetId(id: string, suffix: string): string {
  return id.slice(0, 64 - suffix.length) + suffix;
}

export interface RuleRequest {
  readonly id: string;
  readonly type: "Schedule" | "CloudWatchEvent" | "EventBridgeRule";
  readonly given: JsonObject;
  /** What and as whom the rule invokes. */
  readonly target: JsonObject;
}

/** Emits the rule, with a dead-letter queue when asked for. */
export function emitRule(context: SamContext, resource: SamResource, { id, type, given, target: base }: RuleRequest): void {
  const isSchedule = type === "Schedule";
  if (isSet(given.State) && given.Enabled !== undefined && given.Enabled !== null)
    fail(words("{{one}} and {{other}} cannot both be set.", { one: "State", other: "Enabled" }), "sam.event");
  const ownId = mapOf(given.Target).Id;
  const target: JsonObject = { ...base, ...(ownId === undefined ? {} : { Id: ownId }) };
  for (const name of isSchedule ? ["Input", "RetryPolicy"] : ["Input", "InputPath", "InputTransformer", "RetryPolicy"]) {
    const value = given[name];
    if (value !== undefined && value !== null) target[name] = value;
  }
  if (given.DeadLetterConfig !== undefined && given.DeadLetterConfig !== null)
    target.DeadLetterConfig = { Arn: ruleDeadLetterArn(context, resource, id, given.DeadLetterConfig) };
  const isEnabled = given.Enabled ?? undefined;
  emit(
    context,
    resource.id,
    id,
    "AWS::Events::Rule",
    {
      Name: isSchedule ? given.Name : given.RuleName,
      Description: isSchedule ? given.Description : undefined,
      EventBusName: isSchedule ? undefined : given.EventBusName,
      EventPattern: isSchedule ? undefined : given.Pattern,
      ScheduleExpression: isSchedule ? given.Schedule : undefined,
      State: isEnabled !== undefined ? (isSet(isEnabled) ? "ENABLED" : "DISABLED") : isSet(given.State) ? given.State : undefined,
      Targets: [target],
    },
    resource.passedOn,
  );
}

/** The queue of the user, or one that is made; `isMade` says which. */
export function deadLetterQueue(
  context: SamContext,
  resource: SamResource,
  id: string,
  config: Json,
): { readonly arn: Json; readonly queueId: string | undefined } {
  const given = mapOf(config);
  const has = (name: string): boolean => Object.hasOwn(given, name);
  if (has("Arn") && has("Type")) fail(words("DeadLetterConfig takes Arn or Type, not both."), "sam.event");
  if (has("Type") ? given.Type !== "SQS" : !has("Arn")) fail(words("DeadLetterConfig needs Arn, or Type: SQS."), "sam.event");
  if (given.Arn !== undefined && given.Arn !== null) return { arn: given.Arn, queueId: undefined };
  const name = given.QueueLogicalId;
  if (name !== undefined && name !== null && typeof name !== "string")
    fail(words("{{property}} should be text.", { property: "QueueLogicalId" }), "sam.event");
  const queueId = typeof name === "string" && name !== "" ? name : `${id}Queue`;
  emit(context, resource.id, queueId, "AWS::SQS::Queue", {}, resource.passedOn);
  return { arn: getAtt(queueId, "Arn"), queueId };
}

function ruleDeadLetterArn(context: SamContext, resource: SamResource, id: string, config: Json): Json {
  const { arn, queueId } = deadLetterQueue(context, resource, id, config);
  if (queueId === undefined) return arn;
  emit(
    context,
    resource.id,
    `${id}QueuePolicy`,
    "AWS::SQS::QueuePolicy",
    {
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Action: "sqs:SendMessage",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Resource: arn,
            Condition: { ArnEquals: { "aws:SourceArn": getAtt(id, "Arn") } },
          },
        ],
      },
      Queues: [ref(queueId)],
    },
    resource.passedOn,
  );
  return arn;
}
