import type { DescribeConnectionResponse } from "@aws-sdk/client-eventbridge";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import { isChanged, unlessGone } from "./unlessGone.ts";

/** AWS::Events::Connection: Ref gives the name. */
export const connectionProvider: ResourceProvider = {
  async create(resource, call) {
    const { Name: given } = resource.properties;
    const name = typeof given === "string" ? given : physicalName(resource, call.kernel.ids, 64);
    await call.invoke("events", "CreateConnection", { Name: name, ...settingsOf(resource) });
    return await described(name, call);
  },
  async update(resource, previous, call) {
    if (isChanged(resource.properties, previous.properties, ["Name"])) return "replace";
    await call.invoke("events", "UpdateConnection", { Name: previous.physicalId, ...settingsOf(resource) });
    return await described(previous.physicalId, call);
  },
  async delete(previous, call) {
    await unlessGone(call.invoke("events", "DeleteConnection", { Name: previous.physicalId }));
  },
};

function settingsOf({ properties }: StackResource) {
  const { Description, AuthorizationType, AuthParameters } = properties;
  return { Description, AuthorizationType, AuthParameters };
}

async function described(name: string, call: Call): Promise<Deployed> {
  const { ConnectionArn: arn = "", SecretArn: secret = "" } = await call.invoke<DescribeConnectionResponse>(
    "events",
    "DescribeConnection",
    {
      Name: name,
    },
  );
  return { physicalId: name, attributes: { Arn: arn, ArnForPolicy: arn.slice(0, arn.lastIndexOf("/")), SecretArn: secret } };
}
