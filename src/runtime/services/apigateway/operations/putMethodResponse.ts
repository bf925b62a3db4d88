import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../../model/json.ts";
import type { Apis } from "../apis.ts";
import { conflict } from "../errors.ts";
import { methodAt, withMethod } from "../rest/operations.ts";
import { textOf } from "../values.ts";

/** Says which answers a method may give; kept, and not enforced. */
export function putMethodResponse(apis: Apis): (input: JsonObject) => MethodResponse {
  return (input) => {
    const { api, method } = methodAt(apis, input);
    const statusCode = textOf(input["statusCode"]) ?? "200";
    if (method.responses?.includes(statusCode)) throw conflict("Response already exists for this resource");
    withMethod(apis, api, method, { ...method, responses: [...(method.responses ?? []), statusCode] });
    return { statusCode };
  };
}
