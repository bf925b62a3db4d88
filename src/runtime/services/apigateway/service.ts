import type { Address, Service } from "../../kernel/service.ts";
import { openApis } from "./apis.ts";
import type { Api, Apis } from "./apis.ts";
import { apiDataPlane } from "./dataPlane.ts";
import { apigateway as definition } from "./definition.ts";
import { createApi } from "./operations/createApi.ts";
import { createDeployment } from "./operations/createDeployment.ts";
import { createIntegration } from "./operations/createIntegration.ts";
import { createResource } from "./operations/createResource.ts";
import { createRestApi } from "./operations/createRestApi.ts";
import { createRoute } from "./operations/createRoute.ts";
import { createStage } from "./operations/createStage.ts";
import { deleteApi } from "./operations/deleteApi.ts";
import { deleteIntegration } from "./operations/deleteIntegration.ts";
import { deleteMethod } from "./operations/deleteMethod.ts";
import { deleteResource } from "./operations/deleteResource.ts";
import { deleteRestApi } from "./operations/deleteRestApi.ts";
import { deleteRoute } from "./operations/deleteRoute.ts";
import { deleteStage } from "./operations/deleteStage.ts";
import { getApi } from "./operations/getApi.ts";
import { getApis } from "./operations/getApis.ts";
import { getIntegrations } from "./operations/getIntegrations.ts";
import { getMethod } from "./operations/getMethod.ts";
import { getResources } from "./operations/getResources.ts";
import { getRestApi } from "./operations/getRestApi.ts";
import { getRestApis } from "./operations/getRestApis.ts";
import { getRoutes } from "./operations/getRoutes.ts";
import { getStages } from "./operations/getStages.ts";
import { putIntegration } from "./operations/putIntegration.ts";
import { putIntegrationResponse } from "./operations/putIntegrationResponse.ts";
import { putMethod } from "./operations/putMethod.ts";
import { putMethodResponse } from "./operations/putMethodResponse.ts";
import { httpApiProviders } from "./resources/httpApis.ts";
import { restApiProviders } from "./resources/restApis.ts";

export const apigateway: Service = {
  definition,
  create({ kernel, database }) {
    const apis = openApis(database, kernel);
    return {
      operations: {
        CreateApi: createApi(apis),
        CreateDeployment: createDeployment(apis),
        CreateIntegration: createIntegration(apis),
        CreateResource: createResource(apis),
        CreateRestApi: createRestApi(apis),
        CreateRoute: createRoute(apis),
        CreateStage: createStage(apis),
        DeleteApi: deleteApi(apis),
        DeleteIntegration: deleteIntegration(apis),
        DeleteMethod: deleteMethod(apis),
        DeleteResource: deleteResource(apis),
        DeleteRestApi: deleteRestApi(apis),
        DeleteRoute: deleteRoute(apis),
        DeleteStage: deleteStage(apis),
        GetApi: getApi(apis),
        GetApis: getApis(apis),
        GetIntegrations: getIntegrations(apis),
        GetMethod: getMethod(apis),
        GetResources: getResources(apis),
        GetRestApi: getRestApi(apis),
        GetRestApis: getRestApis(apis),
        GetRoutes: getRoutes(apis),
        GetStages: getStages(apis),
        PutIntegration: putIntegration(apis),
        PutIntegrationResponse: putIntegrationResponse(apis),
        PutMethod: putMethod(apis),
        PutMethodResponse: putMethodResponse(apis),
      },
      resources: { ...httpApiProviders(apis), ...restApiProviders(apis) },
      dataPlanes: [apiDataPlane(apis, kernel)],
      targetOf(_operation, input) {
        const api = apis.find(apiIdOf(input));
        return api ? apis.refOf(api) : null;
      },
      addresses: () => apis.all().flatMap((api) => addressOf(apis, api)),
    };
  },
};

function apiIdOf(input: unknown): string {
  if (typeof input !== "object" || input === null) return "";
  const id = "ApiId" in input ? input.ApiId : "restApiId" in input ? input.restApiId : undefined;
  return typeof id === "string" ? id : "";
}

/** One address for each API: at the root where `$default` serves, else at the stage that the design names (SAM adds one called Stage). */
function addressOf(apis: Apis, api: Api): Address[] {
  const stage = api.stages.find((one) => one.name === "$default") ?? api.stages.find((one) => one.name !== "Stage") ?? api.stages[0];
  if (!stage) return [];
  return [
    {
      resource: apis.refOf(api),
      kind: "api",
      host: `${api.id}.execute-api.localhost`,
      path: stage.name === "$default" ? "/" : `/${stage.name}/`,
    },
  ];
}
