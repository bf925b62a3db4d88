// Api events: a route of a REST API that invokes the function.
import type { JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { mapOf, refId, sub } from "../json.ts";
import { addIntegration, hasIntegration, invocationUri, isDefinition, permissionPath } from "../openApi.ts";
import { applyAuth, applyMethodSettings, iamCredentials } from "../restApiMethods.ts";
import type { EventTarget } from "./functionEvents.ts";
import { emitPermission } from "./permission.ts";

export function emitRestApiEvent(context: SamContext, target: EventTarget, name: string, given: JsonObject): void {
  const { Path: path, Method: method } = given;
  if (typeof path !== "string" || typeof method !== "string") fail("Api events need Path and Method.", "sam.event");
  const apiId = refId(given.RestApiId);
  const api = apiId === undefined ? undefined : mapOf(context.resources[apiId]);
  const properties = mapOf(api?.Properties);
  const isOwn = api !== undefined && Object.keys(api).length > 0;
  if (apiId !== undefined && properties.StageName === undefined) {
    fail("RestApiId must reference an AWS::Serverless::Api with a StageName in the same template.", "sam.event");
  }
  const stage = properties.StageName;
  const suffix = !isOwn ? "AllStages" : typeof stage === "string" ? stage : "Stage";
  const verb = method.toLowerCase() === "any" ? "*" : method.toUpperCase();
  emitPermission(context, target, {
    prefix: target.resource.id + name,
    principal: "apigateway.amazonaws.com",
    suffix,
    properties: {
      SourceArn: sub(
        `arn:${context.partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${verb}${permissionPath(path, /\{([a-zA-Z0-9._-]+|[a-zA-Z0-9._-]+\+|proxy\+)\}/g)}`,
        { __ApiId__: given.RestApiId ?? null, __Stage__: "*" },
      ),
    },
  });
  if (apiId === undefined || !isOwn || !isDefinition(properties.DefinitionBody)) return;

  const definition = properties.DefinitionBody;
  const auth = isJsonObject(given.Auth) ? given.Auth : undefined;
  const settings = { api: properties, definition, path, method, stage: suffix, auth, event: given };
  if (!context.managedApis.has(apiId)) {
    if (auth?.OverrideApiAuth === true) applyAuth(context, settings, auth);
    return;
  }
  if (hasIntegration(definition, path, method))
    fail(`the API method ${method} is defined several times for the path ${path}.`, "sam.event");
  const credentials = iamCredentials(auth, mapOf(properties.Auth));
  const condition = target.resource.passedOn.Condition;
  addIntegration(
    definition,
    path,
    method,
    {
      type: "aws_proxy",
      httpMethod: "POST",
      uri: conditionalUri(
        condition,
        given.ResponseTransferMode === "STREAM" ? streamingUri(context, target) : invocationUri(context.partition, target),
      ),
      ...(given.TimeoutInMillis === undefined ? {} : { timeoutInMillis: given.TimeoutInMillis }),
      ...(given.ResponseTransferMode === undefined ? {} : { responseTransferMode: given.ResponseTransferMode }),
      ...(credentials === undefined ? {} : { credentials }),
    },
    typeof condition === "string" ? condition : undefined,
  );
  applyMethodSettings(context, settings);
}

function streamingUri(context: SamContext, target: EventTarget): JsonObject {
  const arn = target.isAlias ? `\${${target.logicalId}}` : `\${${target.logicalId}.Arn}`;
  return sub(`arn:${context.partition}:apigateway:\${AWS::Region}:lambda:path/2021-11-15/functions/${arn}/response-streaming-invocations`);
}

function conditionalUri(condition: unknown, uri: JsonObject): JsonObject {
  return typeof condition === "string" ? { "Fn::If": [condition, uri, { Ref: "AWS::NoValue" }] } : uri;
}
