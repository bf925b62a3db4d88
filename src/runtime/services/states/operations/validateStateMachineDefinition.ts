import type { ValidateStateMachineDefinitionInput, ValidateStateMachineDefinitionOutput } from "@aws-sdk/client-sfn";
import { validateDefinition, validationAnswer } from "../../../../model/asl/validate/validateDefinition.ts";
import { readExpressionsAhead } from "../../../../model/asl/validate/jsonata.ts";
import { missing } from "../errors.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html */
export function validateStateMachineDefinition(states: States) {
  return async (input: ValidateStateMachineDefinitionInput): Promise<ValidateStateMachineDefinitionOutput> => {
    if (input.definition === undefined) throw missing("definition");
    const judged = await readExpressionsAhead(input.definition, states.sources);
    const { result, diagnostics, truncated } = validationAnswer(validateDefinition(input.definition, input.type ?? "STANDARD"), {
      ...(input.severity !== undefined && { severity: input.severity }),
      ...(input.maxResults !== undefined && { maxResults: input.maxResults }),
    });
    judged();
    return { result, diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic })), truncated };
  };
}
