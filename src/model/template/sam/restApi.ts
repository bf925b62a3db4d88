// AWS::Serverless::Api → REST API, deployment and stage.
import type { Json } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { locationOf } from "./function.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, isIntrinsic, mapOf, ref } from "./json.ts";
import { isDefinition } from "./openApi.ts";
import { addCors } from "./restApiCors.ts";
import { tagList } from "./role.ts";

export function transformRestApi(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  if (given.StageName === undefined) fail("an AWS::Serverless::Api needs StageName.");
  const definition = isDefinition(given.DefinitionBody) ? given.DefinitionBody : undefined;
  if (definition) {
    addCors(definition, given.Cors);
    if (given.OpenApiVersion !== undefined && /^3\./.test(String(given.OpenApiVersion)) && definition.swagger !== undefined) {
      delete definition.swagger;
      definition.openapi = given.OpenApiVersion;
    }
  }
  const endpoint = given.EndpointConfiguration;
  emit(
    context,
    id,
    id,
    "AWS::ApiGateway::RestApi",
    {
      Body: given.DefinitionBody,
      BodyS3Location:
        given.DefinitionBody === undefined && given.DefinitionUri !== undefined
          ? locationOf(context, given.DefinitionUri, "DefinitionUri", { bucket: "Bucket", key: "Key", version: "Version" })
          : undefined,
      Name: given.Name,
      Description: given.Description,
      BinaryMediaTypes: given.BinaryMediaTypes,
      EndpointConfiguration: endpoint === undefined ? undefined : isIntrinsic(endpoint) || typeof endpoint === "string" ? { Types: [endpoint] } : { Types: [mapOf(endpoint).Type ?? null] },
      Parameters: endpoint === undefined ? undefined : { endpointConfigurationTypes: isIntrinsic(endpoint) || typeof endpoint === "string" ? endpoint : (mapOf(endpoint).Type ?? null) },
      MinimumCompressionSize: given.MinimumCompressionSize,
      FailOnWarnings: given.FailOnWarnings,
      Mode: given.Mode,
      ApiKeySourceType: given.ApiKeySourceType,
      Tags: given.PropagateTags === true ? tagList(given.Tags) : undefined,
    },
    { ...resource.attributes, ...(resource.dependsOn === undefined ? {} : { DependsOn: resource.dependsOn }) },
  );
  emitDeploymentAndStage(context, resource);
}

function emitDeploymentAndStage(context: SamContext, resource: SamResource): void {
  const { id, properties: given, passedOn } = resource;
  const hash = sha1(canonicalJson(given.DefinitionBody ?? given.DefinitionUri ?? null));
  const deploymentId = `${id}Deployment${hash.slice(0, 10)}`;
  emit(context, id, deploymentId, "AWS::ApiGateway::Deployment", { RestApiId: ref(id), Description: `RestApi deployment id: ${hash}`, StageName: "Stage" }, passedOn);
  const stageName: Json = given.StageName ?? null;
  const stageId =
    typeof stageName === "string" ? `${id}${/^[A-Za-z0-9]+$/.test(stageName) ? stageName : sha1(stageName).slice(0, 10)}Stage` : `${id}Stage`;
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
}
