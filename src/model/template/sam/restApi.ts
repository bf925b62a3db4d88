// AWS::Serverless::Api → REST API, deployment and stage.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, mainAttributes, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { emitRestDomain } from "./customDomain.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, isIntrinsic, isSet, mapOf, ref, setOnly } from "./json.ts";
import { bodyOf } from "./localDocuments.ts";
import { isSwagger } from "./openApi.ts";
import { addAuth, emitAuthorizerPermissions } from "./restApiAuthorizers.ts";
import { addCors } from "./restApiCors.ts";
import { addBinaryMediaTypes, addGatewayResponses, addModels, disableEndpoint, toOpenApi3 } from "./restApiDocument.ts";
import { propagateTags, tagList } from "./role.ts";
import { emitUsagePlan } from "./usagePlan.ts";
import { words } from "../../words.ts";

export function transformRestApi(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  const auth = resolveParameters(context, given.Auth ?? {});
  if (!isJsonObject(auth)) fail(words("{{property}} should be a map.", { property: "Auth" }));
  const binary = given.BinaryMediaTypes === undefined ? undefined : resolveParameters(context, given.BinaryMediaTypes);
  checkVersions(given);
  const body = completed(context, resource, auth, binary);
  const located = body === undefined && isSet(given.DefinitionUri) ? bodyOf(context, given) : {};
  emit(
    context,
    id,
    id,
    "AWS::ApiGateway::RestApi",
    {
      ...(body === undefined ? located : { Body: body }),
      Name: setOnly(given.Name),
      Description: setOnly(given.Description),
      BinaryMediaTypes: binary,
      ...endpointProperties(context, given.EndpointConfiguration),
      MinimumCompressionSize: given.MinimumCompressionSize,
      FailOnWarnings: setOnly(given.FailOnWarnings),
      Mode: setOnly(given.Mode),
      ApiKeySourceType: setOnly(given.ApiKeySourceType),
      Policy: setOnly(given.Policy),
      SecurityPolicy: setOnly(given.SecurityPolicy),
      EndpointAccessMode: setOnly(given.EndpointAccessMode),
    },
    mainAttributes(resource),
  );
  const stageId = emitDeploymentAndStage(context, resource, body ?? located.Body ?? located.BodyS3Location);
  emitRestDomain(context, resource, stageId);
  emitAuthorizerPermissions(context, resource, auth);
  emitUsagePlan(context, resource, stageId, auth);
  propagateTags(context, given);
}

function checkVersions(given: JsonObject): void {
  if (isSet(given.DefinitionUri) && isSet(given.DefinitionBody))
    fail(words("{{one}} and {{other}} cannot both be set.", { one: "DefinitionUri", other: "DefinitionBody" }));
  if (isSet(given.DefinitionUri) && isSet(given.MergeDefinitions)) fail(words("MergeDefinitions needs DefinitionBody, not DefinitionUri."));
  const version = given.OpenApiVersion;
  if (isSet(version) && !/^[2-3](\.\d)(\.\d)?$/.test(String(version))) fail(words("OpenApiVersion should look like 3.0.1."));
}

/** The document with everything that the API's properties add to it; undefined when it lies elsewhere. */
function completed(context: SamContext, resource: SamResource, auth: JsonObject, binary: Json | undefined): JsonObject | undefined {
  const { properties: given } = resource;
  const version = given.OpenApiVersion;
  const definition = isSet(given.DefinitionBody) ? given.DefinitionBody : undefined;
  /** The document, when a property that works only on one that can be read is set. */
  const documentFor = (property: string, value: Json | undefined): JsonObject | undefined => {
    if (!isSet(value)) return undefined;
    if (isSwagger(definition)) return definition;
    // What another transform puts in its place is there before SAM sees it.
    if (context.options.localCode === "keep" && isJsonObject(definition) && isIntrinsic(definition)) return undefined;
    return fail(
      definition === undefined
        ? words("{{property}} works only with a document in DefinitionBody.", { property })
        : words("{{property}} cannot be added: DefinitionBody is no OpenAPI document with swagger or openapi, and paths.", { property }),
    );
  };
  const forCors = documentFor("Cors", given.Cors);
  if (forCors && isSet(given.Cors)) addCors(forCors, given.Cors);
  const forAuth = documentFor("Auth", auth);
  if (forAuth) {
    addAuth(context, resource, forAuth, auth);
    toOpenApi3(forAuth, version);
  }
  const forResponses = documentFor("GatewayResponses", given.GatewayResponses);
  if (forResponses) addGatewayResponses(forResponses, mapOf(given.GatewayResponses));
  if (definition !== undefined && isSet(binary)) {
    const forTypes = documentFor("BinaryMediaTypes", binary);
    if (forTypes) addBinaryMediaTypes(forTypes, binary);
  }
  const forModels = documentFor("Models", given.Models);
  if (forModels) {
    addModels(forModels, mapOf(given.Models));
    toOpenApi3(forModels, version);
  }
  const isDisabled = given.DisableExecuteApiEndpoint ?? undefined;
  if (isDisabled !== undefined) {
    const forEndpoint = documentFor("DisableExecuteApiEndpoint", true);
    if (forEndpoint) disableEndpoint(forEndpoint, isDisabled);
  }
  if (!isJsonObject(definition)) return undefined;
  toOpenApi3(definition, version);
  return definition;
}

function endpointProperties(context: SamContext, given: Json | undefined): Record<string, Json | undefined> {
  // Outside the partition `aws` there are no edge locations.
  if (!isSet(given)) return context.partition === "aws" ? {} : endpointProperties(context, "REGIONAL");
  const settings = mapOf(given);
  const type = settings.Type;
  if (!isSet(type)) return { EndpointConfiguration: { Types: [given] }, Parameters: { endpointConfigurationTypes: given } };
  const { VPCEndpointIds: first, VpcEndpointIds: second } = settings;
  if (first !== undefined && second !== undefined)
    fail(words("{{one}} and {{other}} cannot both be set.", { one: "VPCEndpointIds", other: "VpcEndpointIds" }));
  return {
    EndpointConfiguration: {
      Types: [type],
      ...(first === undefined && second === undefined ? {} : { VpcEndpointIds: first ?? second ?? null }),
      ...(settings.IpAddressType === undefined ? {} : { IpAddressType: settings.IpAddressType }),
    },
    Parameters: { endpointConfigurationTypes: type },
  };
}

function emitDeploymentAndStage(context: SamContext, resource: SamResource, hashed: Json | undefined): string {
  const { id, properties: given, passedOn } = resource;
  const domain = isJsonObject(given.Domain) ? canonicalJson(given.Domain) : "";
  const hash = hashed === undefined ? undefined : sha1([canonicalJson(hashed), String(given.OpenApiVersion ?? ""), domain].join("||"));
  const deploymentId = `${id}Deployment${hash?.slice(0, 10) ?? ""}`;
  emit(
    context,
    id,
    deploymentId,
    "AWS::ApiGateway::Deployment",
    {
      RestApiId: ref(id),
      Description: hash === undefined ? undefined : `RestApi deployment id: ${hash}`,
      // The stage named Stage is a leftover that only APIs without OpenApiVersion still get.
      StageName: isSet(given.OpenApiVersion) ? undefined : "Stage",
    },
    passedOn,
  );
  const stageName: Json = given.StageName ?? null;
  const name = typeof stageName === "string" ? stageName : "";
  const stageId = id + (/^[A-Za-z0-9]+$/.test(name) ? `${name}Stage` : `Stage${name === "" ? "" : sha1(name).slice(0, 10)}`);
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
      Tags: given.Tags === undefined || given.Tags === null ? undefined : tagList(given.Tags),
    },
    passedOn,
  );
  return stageId;
}
