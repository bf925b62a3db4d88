import type { Method } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { badRequest, conflict } from "../errors.ts";
import { methodAt, methodOutput, propertiesOf, resourceOf } from "../rest/operations.ts";
import { methodPart } from "../rest/parts.ts";
import { textOf } from "../values.ts";

const methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "ANY"];

export function putMethod(apis: Apis): (input: JsonObject, call: Call) => Method {
  return (input, call) => {
    const { api, resource } = resourceOf(apis, input);
    const httpMethod = textOf(input["httpMethod"]) ?? "";
    if (!methods.includes(httpMethod)) throw badRequest(`Invalid HttpMethod specified. Valid options are ${methods.toSorted().join(",")}`);
    if (api.methods.some((one) => one.resourceId === resource.id && one.httpMethod === httpMethod))
      throw conflict("Method already exists for this resource");
    apis.save(methodPart.put(api, { properties: propertiesOf(input) }, call).api);
    return methodOutput(methodAt(apis, input).method);
  };
}
