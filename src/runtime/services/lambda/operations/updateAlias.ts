import type { AliasConfiguration, UpdateAliasRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { aliasConfigurationOf, aliasTarget } from "../aliases.ts";
import { preconditionFailed } from "../errors.ts";
import type { Alias } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { aliasOf } from "../store.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export function updateAlias(functions: Functions) {
  return (input: UpdateAliasRequest, call: Call): AliasConfiguration => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    const before = aliasOf(record, input.Name ?? "");
    if (input.RevisionId !== undefined && input.RevisionId !== before.revisionId) throw preconditionFailed();
    const alias: Alias = {
      ...before,
      version: input.FunctionVersion === undefined ? before.version : aliasTarget(record, input.FunctionVersion),
      description: input.Description ?? before.description,
      revisionId: call.kernel.ids.uuid(),
    };
    functions.save({ ...record, aliases: record.aliases.map((candidate) => (candidate.name === alias.name ? alias : candidate)) });
    return aliasConfigurationOf(record, alias);
  };
}
