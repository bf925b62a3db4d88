import type { CreateStateMachineAliasOutput } from "@aws-sdk/client-sfn";
import type { JsonObject } from "../../../../model/json.ts";
import type { ResourceProvider } from "../../../kernel/service.ts";
import { lowerKeys, object, text } from "./properties.ts";

/** AWS::StepFunctions::StateMachineAlias: by routes, or by a version that takes all (gradual deployment is not simulated). */
export function aliasProvider(): ResourceProvider {
  return {
    async create({ properties, logicalId }, call) {
      const { stateMachineAliasArn = "" } = await call.invoke<CreateStateMachineAliasOutput>("states", "CreateStateMachineAlias", {
        name: text(properties["Name"]) ?? logicalId,
        ...settings(properties),
      });
      return { physicalId: stateMachineAliasArn, attributes: { Arn: stateMachineAliasArn } };
    },
    async update({ properties }, previous, call) {
      if (text(properties["Name"]) !== text(previous.properties["Name"])) return "replace";
      await call.invoke("states", "UpdateStateMachineAlias", { stateMachineAliasArn: previous.physicalId, ...settings(properties) });
      return previous;
    },
    async delete({ physicalId }, call) {
      await call.invoke("states", "DeleteStateMachineAlias", { stateMachineAliasArn: physicalId });
    },
  };
}

function settings(properties: JsonObject): Record<string, unknown> {
  const routes = properties["RoutingConfiguration"];
  const version = object(properties["DeploymentPreference"])?.["StateMachineVersionArn"];
  const description = text(properties["Description"]);
  return {
    routingConfiguration: Array.isArray(routes)
      ? routes.map((route) => {
          const given = object(lowerKeys(route)) ?? {};
          return { ...given, weight: Number(given["weight"]) };
        })
      : [{ stateMachineVersionArn: version, weight: 100 }],
    ...(description !== undefined && { description }),
  };
}
