// AWS::Serverless::HttpApi → API and stage.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { emitHttpDomain } from "./customDomain.ts";
import { addHttpAuth } from "./httpApiAuth.ts";
import { isIntrinsic, listOf, mapOf, ref } from "./json.ts";
import { isDefinition } from "./openApi.ts";
import { bodyOf } from "./localDocuments.ts";
import { sha1 } from "./hash.ts";

const createdBySam: JsonObject = { "httpapi:createdBy": "SAM" };

export function transformHttpApi(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  const definition = isDefinition(given.DefinitionBody) ? given.DefinitionBody : undefined;
  if (definition) {
    renameDefault(definition, given.FailOnWarnings);
    addCors(definition, given.CorsConfiguration);
    if (given.Auth !== undefined) addHttpAuth(context, resource, definition, mapOf(given.Auth));
    addTags(definition, { ...createdBySam, ...mapOf(given.Tags) });
    const info = mapOf(definition.info);
    if (given.Description !== undefined && info.description === undefined) definition.info = { ...info, description: given.Description };
    if (given.Name !== undefined && mapOf(info.title).Ref === "AWS::StackName")
      definition.info = { ...mapOf(definition.info), title: given.Name };
    if (given.DisableExecuteApiEndpoint !== undefined) disableEndpoint(definition, given.DisableExecuteApiEndpoint);
  }
  const isLocal = typeof given.DefinitionUri === "string" && !given.DefinitionUri.startsWith("s3://");
  emit(
    context,
    id,
    id,
    "AWS::ApiGatewayV2::Api",
    {
      ...(given.DefinitionBody === undefined ? bodyOf(context, given) : { Body: given.DefinitionBody }),
      Description: definition || isLocal ? undefined : given.Description,
      FailOnWarnings: given.FailOnWarnings,
    },
    { ...resource.attributes, ...(resource.dependsOn === undefined ? {} : { DependsOn: resource.dependsOn }) },
  );
  const stageId = emitStage(context, resource);
  emitHttpDomain(context, resource, stageId, { ...createdBySam, ...mapOf(given.Tags) });
}

function emitStage(context: SamContext, resource: SamResource): string {
  const { id, properties: given } = resource;
  const name = given.StageName ?? "$default";
  const stageId =
    name === "$default"
      ? `${id}ApiGatewayDefaultStage`
      : typeof name === "string"
        ? `${id}${/^[A-Za-z0-9]+$/.test(name) ? name : sha1(name).slice(0, 10)}Stage`
        : `${id}Stage`;
  emit(
    context,
    id,
    stageId,
    "AWS::ApiGatewayV2::Stage",
    {
      ApiId: ref(id),
      StageName: name,
      AutoDeploy: true,
      Tags: given.DefinitionBody === undefined && given.Tags === undefined ? undefined : { ...createdBySam, ...mapOf(given.Tags) },
      StageVariables: given.StageVariables,
      AccessLogSettings: given.AccessLogSettings,
      DefaultRouteSettings: given.DefaultRouteSettings,
      RouteSettings: given.RouteSettings,
    },
    resource.passedOn,
  );
  context.referable.set(`${id}.Stage`, stageId);
  return stageId;
}

/** With FailOnWarnings API Gateway wants the default route as a path: `/$default`. */
function renameDefault(definition: JsonObject, failsOnWarnings: Json | undefined): void {
  const paths = mapOf(definition.paths);
  if (failsOnWarnings !== true || paths.$default === undefined) return;
  const { $default: route, ...others } = paths;
  definition.paths = { ...others, "/$default": route };
}

const corsProperties = ["AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders", "MaxAge", "AllowCredentials"];

function addCors(definition: JsonObject, cors: Json | undefined): void {
  if (cors === undefined || cors === null || cors === false) return;
  const existing = mapOf(definition["x-amazon-apigateway-cors"]);
  let own: JsonObject;
  if (cors === true) own = { allowOrigins: ["*"] };
  else if (isIntrinsic(cors)) own = mapOf(inLowerCamel(cors));
  else
    own = Object.fromEntries(
      corsProperties.flatMap((name) => (mapOf(cors)[name] === undefined ? [] : [[lowerCamel(name), mapOf(cors)[name] ?? null]])),
    );
  if (own.allowCredentials === false) delete own.allowCredentials;
  definition["x-amazon-apigateway-cors"] = { ...existing, ...own };
}

function lowerCamel(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** Inside an intrinsic the names stand at any depth. */
function inLowerCamel(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => inLowerCamel(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [corsProperties.includes(key) ? lowerCamel(key) : key, inLowerCamel(item)]),
  );
}

function addTags(definition: JsonObject, tags: JsonObject): void {
  const list = [...listOf(definition.tags)];
  for (const [name, value] of Object.entries(tags)) {
    const existing = list.find((each) => mapOf(each).name === name);
    if (isJsonObject(existing)) existing["x-amazon-apigateway-tag-value"] = value;
    else list.push({ name, "x-amazon-apigateway-tag-value": value });
  }
  definition.tags = list;
}

function disableEndpoint(definition: JsonObject, isDisabled: Json): void {
  const servers = definition.servers === undefined ? [{}] : listOf(definition.servers);
  definition.servers = servers.map((server) => ({
    ...mapOf(server),
    "x-amazon-apigateway-endpoint-configuration": {
      ...mapOf(mapOf(server)["x-amazon-apigateway-endpoint-configuration"]),
      disableExecuteApiEndpoint: isDisabled,
    },
  }));
}
