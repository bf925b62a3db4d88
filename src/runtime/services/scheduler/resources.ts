import type { CreateScheduleGroupOutput, CreateScheduleOutput } from "@aws-sdk/client-scheduler";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";

/** AWS::Scheduler::Schedule: Ref gives the name. */
export const scheduleProvider: ResourceProvider = {
  async create(resource, call) {
    const { Name: given } = resource.properties;
    const name = typeof given === "string" ? given : physicalName(resource, call.kernel.ids, 64);
    const { ScheduleArn: arn = "" } = await call.invoke<CreateScheduleOutput>("scheduler", "CreateSchedule", inputOf(name, resource));
    return described(name, resource, arn, call);
  },
  async update(resource, previous, call) {
    if (["Name", "GroupName"].some((name) => JSON.stringify(resource.properties[name]) !== JSON.stringify(previous.properties[name])))
      return "replace";
    const name = previous.physicalId;
    const { ScheduleArn: arn = "" } = await call.invoke<CreateScheduleOutput>("scheduler", "UpdateSchedule", inputOf(name, resource));
    return described(name, resource, arn, call);
  },
  async delete(previous, call) {
    await unlessGone(call.invoke("scheduler", "DeleteSchedule", { Name: previous.physicalId, GroupName: groupOf(previous) }));
  },
};

/** AWS::Scheduler::ScheduleGroup: Ref gives the name. */
export const scheduleGroupProvider: ResourceProvider = {
  async create(resource, call) {
    const { Name: given, Tags: tags } = resource.properties;
    const name = typeof given === "string" ? given : physicalName(resource, call.kernel.ids, 64);
    const { ScheduleGroupArn: arn = "" } = await call.invoke<CreateScheduleGroupOutput>("scheduler", "CreateScheduleGroup", {
      Name: name,
      ...(tags !== undefined && { Tags: tags }),
    });
    return { physicalId: name, attributes: { Arn: arn, State: "ACTIVE", CreationDate: new Date(call.now()).toISOString() } };
  },
  async delete(previous, call) {
    await unlessGone(call.invoke("scheduler", "DeleteScheduleGroup", { Name: previous.physicalId }));
  },
};

function inputOf(name: string, { properties }: StackResource): Record<string, unknown> {
  const { StartDate: start, EndDate: end, Target: target, FlexibleTimeWindow: window } = properties;
  return {
    ...properties,
    Name: name,
    ...(typeof start === "string" && { StartDate: new Date(start) }),
    ...(typeof end === "string" && { EndDate: new Date(end) }),
    FlexibleTimeWindow: withNumbers(window),
    Target: isJsonObject(target) ? { ...target, RetryPolicy: withNumbers(target["RetryPolicy"]) } : target,
  };
}

/** Numbers may stand as text in a template. */
function withNumbers(value: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, typeof member === "string" && /^\d+$/.test(member) ? Number(member) : member]),
  );
}

function groupOf({ properties }: Pick<StackResource, "properties">): string {
  return typeof properties["GroupName"] === "string" ? properties["GroupName"] : "default";
}

function described(name: string, resource: StackResource, arn: string, call: Call): Deployed {
  return {
    physicalId: name,
    attributes: { Arn: arn },
    ref: {
      service: "scheduler",
      type: "AWS::Scheduler::Schedule",
      name: `${groupOf(resource)}/${name}`,
      region: call.region,
      logicalId: resource.logicalId,
      arn,
    },
  };
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) throw error;
  }
}
