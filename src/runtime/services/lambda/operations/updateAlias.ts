import type { AliasConfiguration, UpdateAliasRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { aliasConfigurationOf, aliasTarget } from "../aliases.ts";
import { aliasNotFound, preconditionFailed } from "../errors.ts";
import type { Alias } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { aliasOf } from "../store.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export function updateAlias(functions: Functions) {
  return (input: UpdateAliasRequest, call: Call): AliasConfiguration => {
    const given = parseFunctionName(input.FunctionName);
    const record = functions.store.findHere(given, call.region);
    if (record === undefined) throw aliasNotFound(functions.store.arnOf({ ...given, qualifier: input.Name }, call.region));
    const { weight, ...before } = aliasOf(record, input.Name ?? "");
    const weights = input.RoutingConfig?.AdditionalVersionWeights ?? (weight && { [weight.version]: weight.share });
    if (input.RevisionId !== undefined && input.RevisionId !== before.revisionId) throw preconditionFailed();
    const alias: Alias = {
      ...before,
      ...aliasTarget(record, input.FunctionVersion ?? before.version, weights),
      description: input.Description ?? before.description,
      revisionId: call.kernel.ids.uuid(),
    };
    functions.save({ ...record, aliases: record.aliases.map((candidate) => (candidate.name === alias.name ? alias : candidate)) });
    return aliasConfigurationOf(record, alias);
  };
}
