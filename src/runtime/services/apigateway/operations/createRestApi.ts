import type { RestApi } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { badRequest } from "../errors.ts";
import { newRestApi } from "../rest/describeRestApi.ts";
import { propertiesOf } from "../rest/operations.ts";
import { textOf } from "../values.ts";
import { restApiOutput } from "./outputs.ts";

export function createRestApi(apis: Apis): (input: JsonObject, call: Call) => RestApi {
  return (input, call) => {
    const name = textOf(input["name"]);
    if (name === undefined || name === "") throw badRequest("Invalid REST API name specified");
    const api = newRestApi({ properties: propertiesOf(input), logicalId: name }, call);
    apis.save(api);
    const resource = apis.refOf(api);
    call.target(resource);
    call.effect({ action: "create", resource, key: api.id, after: { name } });
    return restApiOutput(api);
  };
}
