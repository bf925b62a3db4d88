import type { GetResourcesRequest, Resources } from "@aws-sdk/client-api-gateway";
import type { Apis } from "../apis.ts";
import { resourceOutput } from "../rest/operations.ts";

export function getResources(apis: Apis): (input: GetResourcesRequest) => Resources {
  return ({ restApiId }) => {
    const api = apis.rest(restApiId);
    return {
      items: api.resources.map((resource) => resourceOutput(api, resource)),
    };
  };
}
