import type { CreateEventBusResponse } from "@aws-sdk/client-eventbridge";
import type { Json } from "../../../../model/json.ts";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import { busNameOf } from "../names.ts";
import { updateTags } from "./tags.ts";

/** AWS::Events::EventBus: Ref gives the name. */
export const eventBusProvider: ResourceProvider = {
  async create(resource, call) {
    const { Name: given, Tags: tags } = resource.properties;
    const name = typeof given === "string" ? given : physicalName(resource, call.kernel.ids);
    const { EventBusArn: arn = "" } = await call.invoke<CreateEventBusResponse>("events", "CreateEventBus", {
      Name: name,
      ...settingsOf(resource),
      ...(tags !== undefined && { Tags: tags }),
    });
    await setPolicy(name, resource.properties["Policy"], call);
    return describe(name, arn, call);
  },
  async update(resource, previous, call) {
    if (JSON.stringify(resource.properties["Name"]) !== JSON.stringify(previous.properties["Name"])) return "replace";
    const name = previous.physicalId;
    await call.invoke("events", "UpdateEventBus", { Name: name, ...settingsOf(resource) });
    if (JSON.stringify(resource.properties["Policy"]) !== JSON.stringify(previous.properties["Policy"]))
      await setPolicy(name, resource.properties["Policy"], call);
    const arn = String(previous.attributes["Arn"]);
    await updateTags(arn, resource.properties["Tags"], previous.properties["Tags"], call);
    return describe(name, arn, call);
  },
  async delete(previous, call) {
    await call.invoke("events", "DeleteEventBus", { Name: previous.physicalId });
  },
};

function settingsOf({ properties }: StackResource) {
  const { Description, KmsKeyIdentifier, DeadLetterConfig, EventSourceName } = properties;
  return { Description, KmsKeyIdentifier, DeadLetterConfig, EventSourceName };
}

async function setPolicy(name: string, policy: Json | undefined, call: Call): Promise<void> {
  if (policy !== undefined && policy !== null)
    await call.invoke("events", "PutPermission", {
      EventBusName: name,
      Policy: typeof policy === "string" ? policy : JSON.stringify(policy),
    });
}

function describe(name: string, arn: string, call: Call): Deployed {
  return {
    physicalId: name,
    attributes: { Arn: arn, Name: name },
    ref: { service: "events", type: "AWS::Events::EventBus", name: busNameOf(name), region: call.region, arn },
  };
}
