import type { AliasConfiguration, GetAliasRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { aliasConfigurationOf } from "../aliases.ts";
import { aliasNotFound } from "../errors.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { aliasOf } from "../store.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export function getAlias(functions: Functions) {
  return (input: GetAliasRequest, call: Call): AliasConfiguration => {
    const given = parseFunctionName(input.FunctionName);
    const record = functions.store.findHere(given, call.region);
    if (record === undefined) throw aliasNotFound(functions.store.arnOf({ ...given, qualifier: input.Name }, call.region));
    return aliasConfigurationOf(record, aliasOf(record, input.Name ?? ""));
  };
}
