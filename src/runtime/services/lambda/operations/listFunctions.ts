import type { ListFunctionsRequest, ListFunctionsResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { listedConfiguration } from "../configuration.ts";
import type { Functions } from "../functions.ts";
import { pageOf } from "../paging.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export function listFunctions(functions: Functions) {
  return (input: ListFunctionsRequest, call: Call): ListFunctionsResponse => {
    const all = functions.store.all().filter((record) => record.latest.region === call.region);
    const versions = all.flatMap((record) => (input.FunctionVersion === "ALL" ? [record.latest, ...record.published] : [record.latest]));
    const page = pageOf(
      versions.toSorted((one, other) => one.name.localeCompare(other.name)),
      input.Marker,
      input.MaxItems,
    );
    return {
      Functions: page.items.map((version) => listedConfiguration(version, input.FunctionVersion === "ALL" ? version.version : undefined)),
      ...page.next,
    };
  };
}
