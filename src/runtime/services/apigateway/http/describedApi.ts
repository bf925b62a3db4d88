import type { JsonObject } from "../../../../model/json.ts";
import { NotRunLocally } from "../../../kernel/notRunLocally.ts";
import type { Call } from "../../../kernel/service.ts";
import type { HttpApi, Stage } from "../apis.ts";
import { isTrue, objectOf, textMapOf, textOf } from "../values.ts";
import { corsOfBody, corsOfProperties, partsOfBody, shortId } from "./body.ts";

export function newApi(call: Call): HttpApi {
  return {
    kind: "http",
    id: call.kernel.ids.base36(10).toLowerCase(),
    region: call.region,
    name: "",
    createdAt: call.now(),
    isDefaultEndpointDisabled: false,
    tags: {},
    stages: [],
    deployments: [],
    protocolType: "HTTP",
    routeSelectionExpression: "$request.method $request.path",
    cors: null,
    routes: [],
    integrations: [],
    authorizers: [],
  };
}

/** An API as its properties say, in CloudFormation's words or an operation's; routes made one by one stay. */
export function describedApi(old: HttpApi, properties: JsonObject, fallbackName: string, call: Call): HttpApi {
  if (properties.BodyS3Location !== undefined) {
    throw new NotRunLocally(
      "BadRequestException",
      `${fallbackName} takes its OpenAPI document from S3 (BodyS3Location), which is not run locally yet. Put the document into the template or a file beside it.`,
    );
  }
  const body = objectOf(properties.Body);
  const info = objectOf(body.info);
  const made = Object.keys(body).length > 0 ? partsOfBody(body, call.kernel.ids) : quickTarget(properties, call);
  const description = textOf(properties.Description) ?? textOf(info.description);
  return {
    ...old,
    name: textOf(properties.Name) ?? textOf(info.title) ?? fallbackName,
    ...(description !== undefined && { description }),
    protocolType: properties.ProtocolType === "WEBSOCKET" ? "WEBSOCKET" : "HTTP",
    routeSelectionExpression: textOf(properties.RouteSelectionExpression) ?? "$request.method $request.path",
    cors: corsOfProperties(objectOf(properties.CorsConfiguration)) ?? corsOfBody(body),
    isDefaultEndpointDisabled: isTrue(properties.DisableExecuteApiEndpoint),
    tags: textMapOf(properties.Tags),
    routes: [...old.routes.filter((route) => !route.isFromBody), ...made.routes],
    integrations: [...old.integrations.filter((integration) => !integration.isFromBody), ...made.integrations],
    authorizers: made.authorizers,
    ...(properties.Target !== undefined && { stages: old.stages.length > 0 ? old.stages : [defaultStage(call)] }),
  };
}

/** `Target` alone makes a whole API: one route to one function. */
function quickTarget(properties: JsonObject, call: Call): Pick<HttpApi, "routes" | "integrations" | "authorizers"> {
  const target = textOf(properties.Target);
  if (target === undefined) return { routes: [], integrations: [], authorizers: [] };
  const integrationId = shortId(call.kernel.ids);
  const isFunction = target.includes(":lambda:");
  return {
    integrations: [
      {
        IntegrationId: integrationId,
        IntegrationType: isFunction ? "AWS_PROXY" : "HTTP_PROXY",
        IntegrationUri: target,
        IntegrationMethod: isFunction ? "POST" : "ANY",
        PayloadFormatVersion: isFunction ? "2.0" : "1.0",
        TimeoutInMillis: 30_000,
        ConnectionType: "INTERNET",
        isFromBody: true,
      },
    ],
    routes: [
      {
        RouteId: shortId(call.kernel.ids),
        RouteKey: textOf(properties.RouteKey) ?? "$default",
        Target: `integrations/${integrationId}`,
        AuthorizationType: "NONE",
        isFromBody: true,
      },
    ],
    authorizers: [],
  };
}

function defaultStage(call: Call): Stage {
  return { name: "$default", variables: {}, isAutoDeployed: true, createdAt: call.now(), updatedAt: call.now() };
}
