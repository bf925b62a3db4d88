import type { ListAliasesRequest, ListAliasesResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { aliasConfigurationOf } from "../aliases.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { pageOf } from "../paging.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export function listAliases(functions: Functions) {
  return (input: ListAliasesRequest, call: Call): ListAliasesResponse => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    const wanted = record.aliases.filter((alias) => input.FunctionVersion === undefined || alias.version === input.FunctionVersion);
    const page = pageOf(
      wanted.toSorted((one, other) => one.name.localeCompare(other.name)),
      input.Marker,
      input.MaxItems,
    );
    return { Aliases: page.items.map((alias) => aliasConfigurationOf(record, alias)), ...page.next };
  };
}
