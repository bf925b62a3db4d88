import type { GetResourcesRequest, Resources } from "@aws-sdk/client-api-gateway";
import type { Apis } from "../apis.ts";

export function getResources(apis: Apis): (input: GetResourcesRequest) => Resources {
  return ({ restApiId }) => {
    const api = apis.rest(restApiId);
    return {
      items: api.resources.map(({ id, parentId, pathPart, path }) => {
        const methods = api.methods.filter((method) => method.resourceId === id);
        return {
          id,
          parentId,
          pathPart,
          path,
          resourceMethods: methods.length > 0 ? Object.fromEntries(methods.map((method) => [method.httpMethod, {}])) : undefined,
        };
      }),
    };
  };
}
