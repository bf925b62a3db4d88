// ScheduleV2: EventBridge Scheduler, with the role it assumes.
import type { Json, JsonObject } from "../../../json.ts";
import { emit } from "../context.ts";
import type { SamContext, SamResource } from "../context.ts";
import { getAtt, mapOf } from "../json.ts";
import { allow, assumeRoleBy } from "../role.ts";

interface ScheduleTarget {
  readonly resource: SamResource;
  readonly arn: Json;
  /** What the schedule does to its target. */
  readonly action: string;
  /** Part of the policy's name: `Lambda`, `StartExecution`. */
  readonly policyName: string;
}

export function emitScheduleV2(context: SamContext, target: ScheduleTarget, id: string, given: JsonObject): void {
  const { resource } = target;
  const roleId = `${id}Role`;
  const own: JsonObject = { Arn: target.arn, RoleArn: given.RoleArn ?? getAtt(roleId, "Arn") };
  if (given.Input !== undefined) own.Input = given.Input;
  if (given.RetryPolicy !== undefined) own.RetryPolicy = given.RetryPolicy;
  const policies: JsonObject[] = [allow(`${id}${target.policyName}Policy`, target.action, target.arn)];
  if (given.DeadLetterConfig !== undefined) {
    const config = mapOf(given.DeadLetterConfig);
    let arn = config.Arn ?? null;
    if (config.Arn === undefined) {
      const queueId = typeof config.QueueLogicalId === "string" ? config.QueueLogicalId : `${id}Queue`;
      emit(context, resource.id, queueId, "AWS::SQS::Queue", {}, resource.passedOn);
      arn = getAtt(queueId, "Arn");
    }
    own.DeadLetterConfig = { Arn: arn };
    policies.push(allow(`${id}SQSPolicy`, "sqs:SendMessage", arn));
  }
  emit(
    context,
    resource.id,
    id,
    "AWS::Scheduler::Schedule",
    {
      Name: given.OmitName === true ? undefined : (given.Name ?? id),
      Description: given.Description,
      ScheduleExpression: given.ScheduleExpression,
      ScheduleExpressionTimezone: given.ScheduleExpressionTimezone,
      StartDate: given.StartDate,
      EndDate: given.EndDate,
      FlexibleTimeWindow: given.FlexibleTimeWindow ?? { Mode: "OFF" },
      GroupName: given.GroupName,
      KmsKeyArn: given.KmsKeyArn,
      State: given.State,
      Target: own,
    },
    resource.passedOn,
  );
  if (given.RoleArn !== undefined) return;
  emit(
    context,
    resource.id,
    roleId,
    "AWS::IAM::Role",
    {
      AssumeRolePolicyDocument: assumeRoleBy("scheduler.amazonaws.com"),
      Policies: policies,
      PermissionsBoundary: given.PermissionsBoundary,
    },
    resource.passedOn,
  );
}
