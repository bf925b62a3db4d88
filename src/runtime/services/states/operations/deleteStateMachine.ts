import type { DeleteStateMachineInput, DeleteStateMachineOutput } from "@aws-sdk/client-sfn";
import type { Call } from "../../../kernel/service.ts";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html: one that is not there is no error. */
export function deleteStateMachine(states: States) {
  return (input: DeleteStateMachineInput, call: Call): DeleteStateMachineOutput => {
    const { region, name } = parseArnOf(input.stateMachineArn, "stateMachine", "stateMachineArn");
    const machine = states.machines.find(region, name);
    if (machine === undefined || machine.arn !== input.stateMachineArn) return {};
    const ref = states.machines.ref(machine);
    call.target(ref);
    states.machines.delete(machine);
    call.effect({ action: "delete", resource: ref, key: name });
    return {};
  };
}
