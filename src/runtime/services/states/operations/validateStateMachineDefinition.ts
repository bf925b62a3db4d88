import type { ValidateStateMachineDefinitionInput, ValidateStateMachineDefinitionOutput } from "@aws-sdk/client-sfn";
import { validateDefinition, validationAnswer } from "../../../../model/asl/validate/validateDefinition.ts";
import { missing } from "../errors.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html */
export function validateStateMachineDefinition() {
  return (input: ValidateStateMachineDefinitionInput): ValidateStateMachineDefinitionOutput => {
    if (input.definition === undefined) throw missing("definition");
    const { result, diagnostics, truncated } = validationAnswer(validateDefinition(input.definition, input.type ?? "STANDARD"), {
      ...(input.severity !== undefined && { severity: input.severity }),
      ...(input.maxResults !== undefined && { maxResults: input.maxResults }),
    });
    return { result, diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic })), truncated };
  };
}
