import type { PublishStateMachineVersionOutput } from "@aws-sdk/client-sfn";
import type { ResourceProvider } from "../../../kernel/service.ts";
import { text } from "./properties.ts";

/** AWS::StepFunctions::StateMachineVersion: a new one for each revision of the machine. */
export function versionProvider(): ResourceProvider {
  return {
    async create({ properties }, call) {
      const revisionId = text(properties["StateMachineRevisionId"]);
      const { stateMachineVersionArn = "" } = await call.invoke<PublishStateMachineVersionOutput>("states", "PublishStateMachineVersion", {
        stateMachineArn: text(properties["StateMachineArn"]),
        ...(revisionId !== undefined && { revisionId }),
        ...(text(properties["Description"]) !== undefined && { description: text(properties["Description"]) }),
      });
      return { physicalId: stateMachineVersionArn, attributes: { Arn: stateMachineVersionArn } };
    },
    async delete({ physicalId }, call) {
      await call.invoke("states", "DeleteStateMachineVersion", { stateMachineVersionArn: physicalId });
    },
  };
}
