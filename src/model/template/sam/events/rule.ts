// EventBridge rules: schedules and patterns, for functions and state machines alike.
import type { Json, JsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext, SamResource } from "../context.ts";
import { getAtt, mapOf, ref } from "../json.ts";

/** A target's id has 64 characters at most; the name gives way, the suffix stays. */
export function targetId(id: string, suffix: string): string {
  return id.slice(0, 64 - suffix.length) + suffix;
}

/** Emits the rule, with a dead-letter queue when asked for; returns the rule's logical ID. */
export function emitRule(context: SamContext, resource: SamResource, id: string, given: JsonObject, base: JsonObject): string {
  if (given.State !== undefined && given.Enabled !== undefined) fail("State and Enabled cannot both be set.", "sam.event");
  const ruleId = id;
  const target: JsonObject = { ...base, ...(mapOf(given.Target).Id === undefined ? {} : { Id: mapOf(given.Target).Id ?? null }) };
  for (const name of ["Input", "InputPath", "InputTransformer", "RetryPolicy"]) {
    const value = given[name];
    if (value !== undefined) target[name] = value;
  }
  const deadLetters = deadLetterArn(context, resource, id, given.DeadLetterConfig, getAtt(ruleId, "Arn"));
  if (deadLetters !== undefined) target.DeadLetterConfig = { Arn: deadLetters };
  emit(
    context,
    resource.id,
    ruleId,
    "AWS::Events::Rule",
    {
      Name: given.RuleName ?? given.Name,
      Description: given.Description,
      EventBusName: given.EventBusName,
      EventPattern: given.Pattern,
      ScheduleExpression: given.Schedule,
      State: given.State ?? (given.Enabled === undefined ? undefined : enabledState(given.Enabled)),
      Targets: [target],
    },
    resource.passedOn,
  );
  return ruleId;
}

function enabledState(enabled: Json): Json {
  return enabled === true || enabled === "true" ? "ENABLED" : enabled === false || enabled === "false" ? "DISABLED" : enabled;
}

/** ARN of the dead-letter queue: a given one, or a queue made with the policy it needs. */
export function deadLetterArn(
  context: SamContext,
  resource: SamResource,
  id: string,
  config: Json | undefined,
  ruleArn: Json,
): Json | undefined {
  if (config === undefined) return undefined;
  const given = mapOf(config);
  if (given.Arn !== undefined && given.Type !== undefined) fail("DeadLetterConfig takes Arn or Type, not both.", "sam.event");
  if (given.Arn !== undefined) return given.Arn;
  if (given.Type !== "SQS") fail("DeadLetterConfig needs Arn, or Type: SQS.", "sam.event");
  const queueId = typeof given.QueueLogicalId === "string" ? given.QueueLogicalId : `${id}Queue`;
  emit(context, resource.id, queueId, "AWS::SQS::Queue", {}, resource.passedOn);
  const arn = getAtt(queueId, "Arn");
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
            Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
          },
        ],
      },
      Queues: [ref(queueId)],
    },
    resource.passedOn,
  );
  return arn;
}
