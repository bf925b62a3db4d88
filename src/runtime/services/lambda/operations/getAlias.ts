import type { AliasConfiguration, GetAliasRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { aliasConfigurationOf } from "../aliases.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { aliasOf } from "../store.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export function getAlias(functions: Functions) {
  return (input: GetAliasRequest, call: Call): AliasConfiguration => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    return aliasConfigurationOf(record, aliasOf(record, input.Name ?? ""));
  };
}
