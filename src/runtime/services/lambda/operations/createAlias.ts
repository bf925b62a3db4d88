import type { AliasConfiguration, CreateAliasRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { aliasConfigurationOf, aliasTarget } from "../aliases.ts";
import { conflict, functionNotFound } from "../errors.ts";
import type { Alias } from "../function.ts";
import { functionArn } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export function createAlias(functions: Functions) {
  return (input: CreateAliasRequest, call: Call): AliasConfiguration => {
    const given = parseFunctionName(input.FunctionName);
    const record = functions.store.findHere(given, call.region);
    if (record === undefined) throw functionNotFound(functions.store.arnOf({ ...given, qualifier: input.FunctionVersion }, call.region));
    const name = input.Name ?? "";
    const target = aliasTarget(record, input.FunctionVersion, input.RoutingConfig?.AdditionalVersionWeights);
    if (record.aliases.some((alias) => alias.name === name)) throw conflict(`Alias already exists: ${functionArn(record.latest, name)}`);
    const alias: Alias = {
      name,
      ...target,
      description: input.Description ?? "",
      revisionId: call.kernel.ids.uuid(),
    };
    functions.save({ ...record, aliases: [...record.aliases, alias] });
    return aliasConfigurationOf(record, alias);
  };
}
