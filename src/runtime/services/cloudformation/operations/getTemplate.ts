import type { GetTemplateInput, GetTemplateOutput } from "@aws-sdk/client-cloudformation";
import { stackNamed, type CloudFormation } from "../cloudFormation.ts";
import type { Call } from "../../../kernel/service.ts";

/** Original: as written · Processed: with SAM's transform applied. */
export function getTemplate(cloudFormation: CloudFormation, input: GetTemplateInput, call: Call): GetTemplateOutput {
  const stack = stackNamed(cloudFormation, input.StackName, call.region);
  return {
    TemplateBody: input.TemplateStage === "Processed" ? JSON.stringify(stack.processedTemplate) : stack.originalTemplate,
    StagesAvailable: ["Original", "Processed"],
  };
}
