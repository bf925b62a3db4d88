import type { Call, OperationHandler } from "./service.ts";

/** What does one operation of AWS for a service whose state is given. */
export type OperationOf<State> = (state: State, input: Parameters<OperationHandler>[0], call: Call) => unknown;

/** Operations by AWS's name, for the state that all of them work with; `nothing` is the output of those that give none. */
export function bindOperations<State>(
  state: State,
  operations: Readonly<Record<string, OperationOf<State>>>,
  nothing?: object,
): Readonly<Record<string, OperationHandler>> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]): [string, OperationHandler] => [
      name,
      nothing === undefined
        ? (input, call) => operation(state, input, call)
        : async (input, call) => (await operation(state, input, call)) ?? nothing,
    ]),
  );
}
