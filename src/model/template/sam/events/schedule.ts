// ScheduleV2: EventBridge Scheduler, with the role it assumes.
import type { Json, JsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext, SamResource } from "../context.ts";
import { getAtt, isSet, setOnly } from "../json.ts";
import { allow, assumeRoleBy } from "../role.ts";
import { deadLetterQueue } from "./rule.ts";
import { words } from "../../../words.ts";

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
  if (isSet(given.OmitName) && isSet(given.Name)) fail(words("OmitName cannot be set with Name."), "sam.event");
  const isRoleMade = !isSet(given.RoleArn);
  const own: JsonObject = { Arn: target.arn, RoleArn: isSet(given.RoleArn) ? given.RoleArn : getAtt(roleId, "Arn") };
  for (const name of ["Input", "RetryPolicy"]) {
    const value = given[name];
    if (value !== undefined && value !== null) own[name] = value;
  }
  const policies: JsonObject[] = [allow(`${id}${target.policyName}Policy`, target.action, target.arn)];
  if (given.DeadLetterConfig !== undefined && given.DeadLetterConfig !== null) {
    const { arn } = deadLetterQueue(context, resource, id, given.DeadLetterConfig);
    own.DeadLetterConfig = { Arn: arn };
    if (isSet(arn)) policies.push(allow(`${id}SQSPolicy`, "sqs:SendMessage", arn));
  }
  emit(
    context,
    resource.id,
    id,
    "AWS::Scheduler::Schedule",
    {
      Name: isSet(given.OmitName) ? undefined : isSet(given.Name) ? given.Name : id,
      Description: given.Description,
      ScheduleExpression: given.ScheduleExpression,
      ScheduleExpressionTimezone: given.ScheduleExpressionTimezone,
      StartDate: given.StartDate,
      EndDate: given.EndDate,
      FlexibleTimeWindow: isSet(given.FlexibleTimeWindow) ? given.FlexibleTimeWindow : { Mode: "OFF" },
      GroupName: given.GroupName,
      KmsKeyArn: given.KmsKeyArn,
      State: setOnly(given.State),
      Target: own,
    },
    resource.passedOn,
  );
  if (!isRoleMade) return;
  emit(
    context,
    resource.id,
    roleId,
    "AWS::IAM::Role",
    {
      AssumeRolePolicyDocument: assumeRoleBy("scheduler.amazonaws.com"),
      Policies: policies,
      PermissionsBoundary: setOnly(given.PermissionsBoundary),
    },
    resource.passedOn,
  );
}
