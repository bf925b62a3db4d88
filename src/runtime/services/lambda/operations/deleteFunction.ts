import type { DeleteFunctionRequest, DeleteFunctionResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { conflict, invalidParameter } from "../errors.ts";
import { functionArn, functionRef } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export function deleteFunction(functions: Functions) {
  return (input: DeleteFunctionRequest, call: Call): DeleteFunctionResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const record = functions.store.get(given, call.region);
    const { qualifier } = given;
    if (qualifier === undefined) {
      functions.remove(record);
      call.effect({ action: "delete", resource: functionRef(record.latest.name, call.region), key: functionArn(record.latest) });
      call.status(204);
      return { StatusCode: 204 };
    }
    if (qualifier === "$LATEST") throw invalidParameter("$LATEST version cannot be deleted without deleting the function.");
    const alias = record.aliases.find((candidate) => candidate.version === qualifier);
    if (alias !== undefined) throw conflict(`Unable to delete version because the following aliases reference it: [${alias.name}]`);
    functions.save({ ...record, published: record.published.filter((version) => version.version !== qualifier) });
    call.status(204);
    return { StatusCode: 204 };
  };
}
