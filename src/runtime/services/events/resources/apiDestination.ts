import type { CreateApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import { isChanged, unlessGone } from "./unlessGone.ts";

/** AWS::Events::ApiDestination: Ref gives the name. */
export const apiDestinationProvider: ResourceProvider = {
  async create(resource, call) {
    const { Name: given } = resource.properties;
    const name = typeof given === "string" ? given : physicalName(resource, call.kernel.ids, 64);
    const answer = await call.invoke<CreateApiDestinationResponse>("events", "CreateApiDestination", {
      Name: name,
      ...settingsOf(resource),
    });
    return described(name, answer.ApiDestinationArn ?? "");
  },
  async update(resource, previous, call) {
    if (isChanged(resource.properties, previous.properties, ["Name"])) return "replace";
    const name = previous.physicalId;
    const answer = await call.invoke<CreateApiDestinationResponse>("events", "UpdateApiDestination", {
      Name: name,
      ...settingsOf(resource),
    });
    return described(name, answer.ApiDestinationArn ?? "");
  },
  async delete(previous, call) {
    await unlessGone(call.invoke("events", "DeleteApiDestination", { Name: previous.physicalId }));
  },
};

function settingsOf({ properties }: StackResource) {
  const { Description, ConnectionArn, InvocationEndpoint, HttpMethod, InvocationRateLimitPerSecond: rate } = properties;
  return {
    Description,
    ConnectionArn,
    InvocationEndpoint,
    HttpMethod,
    ...(rate !== undefined && { InvocationRateLimitPerSecond: Number(rate) }),
  };
}

function described(name: string, arn: string): Deployed {
  return { physicalId: name, attributes: { Arn: arn, ArnForPolicy: arn.slice(0, arn.lastIndexOf("/")) } };
}
