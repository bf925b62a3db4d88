import type { DeleteAliasRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** Deleting what is not there succeeds: https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html */
export function deleteAlias(functions: Functions) {
  return (input: DeleteAliasRequest, call: Call): Record<string, never> => {
    const record = functions.store.findHere(parseFunctionName(input.FunctionName), call.region);
    if (record?.aliases.some((alias) => alias.name === input.Name) === true)
      functions.save({ ...record, aliases: record.aliases.filter((alias) => alias.name !== input.Name) });
    return {};
  };
}
