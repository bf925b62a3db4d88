import type { Concurrency, PutFunctionConcurrencyRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { functionNotFound, invalidParameter, onlyFunctions } from "../errors.ts";
import { accountConcurrency, leastUnreserved } from "../functions.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export function putFunctionConcurrency(functions: Functions) {
  return (input: PutFunctionConcurrencyRequest, call: Call): Concurrency => {
    const given = parseFunctionName(input.FunctionName);
    if (given.qualifier !== undefined) throw onlyFunctions();
    const record = functions.store.findHere(given, call.region);
    if (record === undefined) throw functionNotFound(functions.store.arnOf({ ...given, qualifier: "$LATEST" }, call.region));
    const reserved = input.ReservedConcurrentExecutions ?? 0;
    const others = functions.store
      .all()
      .filter((other) => other !== record && other.latest.region === call.region)
      .reduce((sum, other) => sum + (other.reservedConcurrency ?? 0), 0);
    if (accountConcurrency - others - reserved < leastUnreserved) {
      throw invalidParameter(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
      );
    }
    functions.save({ ...record, reservedConcurrency: reserved });
    return { ReservedConcurrentExecutions: reserved };
  };
}
