import type { UpdateStateMachineInput, UpdateStateMachineOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { checkLogGroup, readLogging } from "../describe.ts";
import { validation } from "../errors.ts";
import { versionArn } from "../machines.ts";
import { publish } from "../publish.ts";
import type { States } from "../states.ts";
import { checkDefinition, checkRole } from "./createStateMachine.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html */
export function updateStateMachine(states: States) {
  return async (input: UpdateStateMachineInput, call: Call): Promise<UpdateStateMachineOutput> => {
    const given = input.loggingConfiguration && readLogging(input.loggingConfiguration);
    if (given !== undefined) await checkLogGroup(given, call);
    const { type } = states.machines.get(input.stateMachineArn);
    const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
    if (definition === undefined && roleArn === undefined && loggingConfiguration === undefined && tracingConfiguration === undefined)
      throw new AwsError(
        "MissingRequiredParameter",
        "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
      );
    const isPublished = input.publish === true;
    if (input.versionDescription !== undefined && !isPublished)
      throw validation("Version description can only be set when publish is true");
    const text = definition === undefined ? undefined : await checkDefinition(definition, type, states);
    // whoever updated it meanwhile was first
    const machine = states.machines.get(input.stateMachineArn);
    const logging = given ?? machine.logging;
    const isTracing = tracingConfiguration === undefined ? machine.isTracing : tracingConfiguration.enabled === true;
    const role = roleArn === undefined ? machine.roleArn : checkRole(roleArn);
    const isNewText = text !== undefined && text !== states.machines.definitionText(machine.definitionId);
    const isChanged =
      isNewText ||
      role !== machine.roleArn ||
      isTracing !== machine.isTracing ||
      JSON.stringify(logging) !== JSON.stringify(machine.logging);
    const now = call.now();
    const updated = isChanged
      ? states.machines.save({
          ...machine,
          definitionId: isNewText ? states.machines.define(text) : machine.definitionId,
          roleArn: role,
          logging,
          isTracing,
          updatedAt: now,
          revisionId: call.kernel.ids.uuid(),
        })
      : machine;
    const ref = states.machines.ref(machine);
    call.target(ref);
    if (isChanged) call.effect({ action: "update", resource: ref, key: machine.name });
    return {
      updateDate: new Date(now),
      ...(updated.revisionId !== null && { revisionId: updated.revisionId }),
      ...(isPublished && { stateMachineVersionArn: versionArn(updated, publish(states, updated, input.versionDescription, now).number) }),
    };
  };
}
