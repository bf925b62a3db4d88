// AWS::Serverless::Api → REST API, deployment and stage.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { emitRestDomain } from "./customDomain.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, isIntrinsic, listOf, mapOf, ref } from "./json.ts";
import { isDefinition } from "./openApi.ts";
import { bodyOf } from "./localDocuments.ts";
import { addAuth } from "./restApiAuthorizers.ts";
import { addCors } from "./restApiCors.ts";
import { addBinaryMediaTypes, addGatewayResponses, addModels, mergeDefinitions, toOpenApi3 } from "./restApiDocument.ts";
import { tagList } from "./role.ts";
import { emitUsagePlan } from "./usagePlan.ts";

export function transformRestApi(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  if (given.StageName === undefined) fail("an AWS::Serverless::Api needs StageName.");
  const auth = mapOf(resolveParameters(context, given.Auth ?? {}));
  const binary = given.BinaryMediaTypes === undefined ? undefined : resolveParameters(context, given.BinaryMediaTypes);
  let body: Json | undefined = given.DefinitionBody;
  if (isDefinition(body)) body = completed(context, resource, body, auth, binary);
  emit(
    context,
    id,
    id,
    "AWS::ApiGateway::RestApi",
    {
      ...(body === undefined ? bodyOf(context, given) : { Body: body }),
      Name: given.Name,
      Description: given.Description,
      BinaryMediaTypes: binary,
      ...endpointProperties(given.EndpointConfiguration),
      MinimumCompressionSize: given.MinimumCompressionSize,
      FailOnWarnings: given.FailOnWarnings,
      Mode: given.Mode,
      ApiKeySourceType: given.ApiKeySourceType,
      Policy: given.Policy,
      SecurityPolicy: given.SecurityPolicy,
      EndpointAccessMode: given.EndpointAccessMode,
      Tags: given.PropagateTags === true && given.Tags !== undefined ? tagList(given.Tags) : undefined,
    },
    { ...resource.attributes, ...(resource.dependsOn === undefined ? {} : { DependsOn: resource.dependsOn }) },
  );
  const stageId = emitDeploymentAndStage(context, resource, body ?? given.DefinitionUri ?? null);
  emitRestDomain(context, resource, stageId);
  emitUsagePlan(context, resource, stageId, auth);
}

/** The document with everything that the API's properties add to it. */
function completed(
  context: SamContext,
  resource: SamResource,
  definition: JsonObject,
  auth: JsonObject,
  binary: Json | undefined,
): JsonObject {
  const { properties: given } = resource;
  const version = given.OpenApiVersion;
  addCors(definition, given.Cors);
  if (Object.keys(auth).length > 0) {
    addAuth(context, resource, definition, auth);
    toOpenApi3(definition, version);
  }
  addGatewayResponses(definition, given.GatewayResponses);
  addBinaryMediaTypes(definition, binary);
  if (given.Models !== undefined) {
    addModels(definition, given.Models);
    toOpenApi3(definition, version);
  }
  if (given.DisableExecuteApiEndpoint !== undefined) disableEndpoint(definition, given.DisableExecuteApiEndpoint);
  toOpenApi3(definition, version);
  const written = context.writtenDefinitions.get(resource.id);
  return written === undefined ? definition : mergeDefinitions(written, definition);
}

function disableEndpoint(definition: JsonObject, isDisabled: Json): void {
  const key = "x-amazon-apigateway-endpoint-configuration";
  if (definition.openapi !== undefined) {
    const servers = definition.servers === undefined ? [{}] : listOf(definition.servers);
    definition.servers = servers.map((server) => ({
      ...mapOf(server),
      [key]: { ...mapOf(mapOf(server)[key]), disableExecuteApiEndpoint: isDisabled },
    }));
  } else definition[key] = { ...mapOf(definition[key]), disableExecuteApiEndpoint: isDisabled };
}

function endpointProperties(given: Json | undefined): Record<string, Json | undefined> {
  if (given === undefined) return {};
  const isPlain = typeof given === "string" || isIntrinsic(given);
  const settings = isPlain ? {} : mapOf(given);
  const type = isPlain ? given : settings.Type;
  const endpoints = settings.VPCEndpointIds ?? settings.VpcEndpointIds;
  return {
    EndpointConfiguration: {
      ...(type === undefined ? {} : { Types: [type] }),
      ...(endpoints === undefined ? {} : { VpcEndpointIds: endpoints }),
      ...(settings.IpAddressType === undefined ? {} : { IpAddressType: settings.IpAddressType }),
    },
    Parameters: type === undefined ? undefined : { endpointConfigurationTypes: type },
  };
}

function emitDeploymentAndStage(context: SamContext, resource: SamResource, hashed: Json): string {
  const { id, properties: given, passedOn } = resource;
  const domain = isJsonObject(given.Domain) ? canonicalJson(given.Domain) : "";
  const hash = sha1([canonicalJson(hashed), String(given.OpenApiVersion ?? ""), domain].join("||"));
  const deploymentId = `${id}Deployment${hash.slice(0, 10)}`;
  // The stage named Stage is a leftover that only APIs without OpenApiVersion still get.
  const extraStage = given.OpenApiVersion === undefined ? "Stage" : undefined;
  emit(
    context,
    id,
    deploymentId,
    "AWS::ApiGateway::Deployment",
    { RestApiId: ref(id), Description: `RestApi deployment id: ${hash}`, StageName: extraStage },
    passedOn,
  );
  const stageName: Json = given.StageName ?? null;
  const stageId =
    typeof stageName === "string"
      ? `${id}${/^[A-Za-z0-9]+$/.test(stageName) ? `${stageName}Stage` : `Stage${sha1(stageName).slice(0, 10)}`}`
      : `${id}Stage`;
  emit(
    context,
    id,
    stageId,
    "AWS::ApiGateway::Stage",
    {
      RestApiId: ref(id),
      DeploymentId: ref(deploymentId),
      StageName: stageName,
      CacheClusterEnabled: given.CacheClusterEnabled,
      CacheClusterSize: given.CacheClusterSize,
      Variables: given.Variables,
      MethodSettings: given.MethodSettings,
      AccessLogSetting: given.AccessLogSetting,
      CanarySetting: given.CanarySetting,
      TracingEnabled: given.TracingEnabled,
      Tags: given.Tags === undefined ? undefined : tagList(given.Tags),
    },
    passedOn,
  );
  context.referable.set(`${id}.Stage`, stageId);
  context.referable.set(`${id}.Deployment`, deploymentId);
  return stageId;
}
