import type { CreateActivityOutput } from "@aws-sdk/client-sfn";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { ResourceProvider } from "../../../kernel/service.ts";
import { apiTags, text } from "./properties.ts";

/** AWS::StepFunctions::Activity: Ref gives the ARN. */
export function activityProvider(): ResourceProvider {
  return {
    async create(resource, call) {
      const name = text(resource.properties["Name"]) ?? physicalName(resource, call.kernel.ids, 80);
      const { activityArn = "" } = await call.invoke<CreateActivityOutput>("states", "CreateActivity", {
        name,
        tags: apiTags(resource.properties["Tags"]),
      });
      return { physicalId: activityArn, attributes: { Arn: activityArn, Name: name } };
    },
    async delete({ physicalId }, call) {
      await call.invoke("states", "DeleteActivity", { activityArn: physicalId });
    },
  };
}
