import type { AliasConfiguration, CreateAliasRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { aliasConfigurationOf, aliasTarget } from "../aliases.ts";
import { conflict, validation } from "../errors.ts";
import type { Alias } from "../function.ts";
import { functionArn } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export function createAlias(functions: Functions) {
  return (input: CreateAliasRequest, call: Call): AliasConfiguration => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    const name = input.Name ?? "";
    if (!/^(?!^[0-9]+$)([a-zA-Z0-9-_]+)$/.test(name))
      throw validation(name, "name", "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    if (record.aliases.some((alias) => alias.name === name)) throw conflict(`Alias already exists: ${functionArn(record.latest, name)}`);
    const alias: Alias = {
      name,
      version: aliasTarget(record, input.FunctionVersion),
      description: input.Description ?? "",
      revisionId: call.kernel.ids.uuid(),
    };
    functions.save({ ...record, aliases: [...record.aliases, alias] });
    return aliasConfigurationOf(record, alias);
  };
}
