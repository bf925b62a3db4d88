import type { PutRuleResponse } from "@aws-sdk/client-eventbridge";
import { isJsonObject, type JsonObject } from "../../../../model/json.ts";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import { busNameOf } from "../names.ts";
import { indexName } from "../rules.ts";
import { updateTags } from "./tags.ts";

/** AWS::Events::Rule with its targets: Ref gives the name, with the bus in front where it is not the default one. */
export const ruleProvider: ResourceProvider = {
  async create(resource, call) {
    const { Name: given, Tags: tags } = resource.properties;
    const name = typeof given === "string" ? given : physicalName(resource, call.kernel.ids, 64);
    return await put(name, resource, { ...(tags !== undefined && { Tags: tags }) }, call);
  },
  async update(resource, previous, call) {
    const isReplaced = ["Name", "EventBusName"].some(
      (name) => JSON.stringify(resource.properties[name]) !== JSON.stringify(previous.properties[name]),
    );
    if (isReplaced) return "replace";
    const name = nameOf(previous.physicalId);
    const deployed = await put(name, resource, {}, call);
    const kept = new Set(targetIds(resource));
    const gone = targetIds(previous).filter((id) => !kept.has(id));
    if (gone.length > 0) await call.invoke("events", "RemoveTargets", { Rule: name, EventBusName: busOf(resource), Ids: gone });
    await updateTags(String(deployed.attributes["Arn"]), resource.properties["Tags"], previous.properties["Tags"], call);
    return deployed;
  },
  async delete(previous, call) {
    const place = { EventBusName: busOf(previous) };
    const name = nameOf(previous.physicalId);
    const ids = targetIds(previous);
    try {
      if (ids.length > 0) await call.invoke("events", "RemoveTargets", { Rule: name, ...place, Ids: ids });
      await call.invoke("events", "DeleteRule", { Name: name, ...place });
    } catch (error) {
      if (!(error instanceof Error && error.name === "ResourceNotFoundException")) throw error;
    }
  },
};

async function put(name: string, resource: StackResource, more: JsonObject, call: Call): Promise<Deployed> {
  const { EventPattern: pattern, ScheduleExpression, State, Description, RoleArn } = resource.properties;
  const bus = busOf(resource);
  const { RuleArn: arn = "" } = await call.invoke<PutRuleResponse>("events", "PutRule", {
    Name: name,
    EventBusName: bus,
    EventPattern: pattern === undefined || typeof pattern === "string" ? pattern : JSON.stringify(pattern),
    ScheduleExpression,
    State,
    Description,
    RoleArn,
    ...more,
  });
  const targets = targetsOf(resource).map(typed);
  if (targets.length > 0) await call.invoke("events", "PutTargets", { Rule: name, EventBusName: bus, Targets: targets });
  const busName = busNameOf(bus);
  return {
    physicalId: busName === "default" ? name : `${busName}|${name}`,
    attributes: { Arn: arn },
    ref: {
      service: "events",
      type: "AWS::Events::Rule",
      name: indexName({ bus: busName, name }),
      region: call.region,
      logicalId: resource.logicalId,
      arn,
    },
  };
}

function nameOf(physicalId: string): string {
  return physicalId.slice(physicalId.indexOf("|") + 1);
}

function busOf({ properties }: StackResource): string | undefined {
  return typeof properties["EventBusName"] === "string" ? properties["EventBusName"] : undefined;
}

function targetsOf({ properties }: StackResource): JsonObject[] {
  const targets = properties["Targets"];
  return Array.isArray(targets) ? targets.filter(isJsonObject) : [];
}

function targetIds(resource: StackResource): string[] {
  return targetsOf(resource).map(({ Id: id }) => String(id));
}

/** Numbers may stand as text in a template. */
function typed(target: JsonObject): JsonObject {
  const { RetryPolicy: policy } = target;
  if (!isJsonObject(policy)) return target;
  return { ...target, RetryPolicy: Object.fromEntries(Object.entries(policy).map(([name, value]) => [name, Number(value)])) };
}
