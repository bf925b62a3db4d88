import type { DeleteRestApiRequest } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";

export function deleteRestApi(apis: Apis): (input: DeleteRestApiRequest, call: Call) => object {
  return ({ restApiId }, call) => {
    const api = apis.rest(restApiId);
    call.effect({ action: "delete", resource: apis.refOf(api), key: api.id, before: { name: api.name } });
    apis.remove(api.id);
    return {};
  };
}
