// AWS::Serverless::HttpApi → API and stage.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, mainAttributes, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { emitApiV2Domain } from "./customDomain.ts";
import { addHttpAuth, emitHttpAuthorizerPermissions } from "./httpApiAuth.ts";
import { sha1 } from "./hash.ts";
import { isIntrinsic, isSet, listOf, mapOf, ref, setOnly } from "./json.ts";
import { bodyOf } from "./localDocuments.ts";
import { isOpenApi3 } from "./openApi.ts";
import { words } from "../../words.ts";

const createdBySam: JsonObject = { "httpapi:createdBy": "SAM" };

export function transformHttpApi(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  if (isSet(given.DefinitionUri) && isSet(given.DefinitionBody))
    fail(words("{{one}} and {{other}} cannot both be set.", { one: "DefinitionUri", other: "DefinitionBody" }));
  const body = completed(context, resource);
  if (body === undefined && !isSet(given.DefinitionUri))
    fail(words("an HttpApi needs DefinitionBody, DefinitionUri, or a function with an HttpApi event."));
  // The user's tags go where they are documented to go: domain name and stage, when SAM writes or completes the document.
  const tags: JsonObject | undefined = isOpenApi3(body) ? { ...mapOf(given.Tags), ...createdBySam } : undefined;
  emit(
    context,
    id,
    id,
    "AWS::ApiGatewayV2::Api",
    { ...(body === undefined ? bodyOf(context, given) : { Body: body }), FailOnWarnings: setOnly(given.FailOnWarnings) },
    mainAttributes(resource),
  );
  const stageId = emitStage(context, resource, tags);
  emitApiV2Domain(context, resource, stageId, tags ?? { ...createdBySam });
  emitHttpAuthorizerPermissions(context, resource, mapOf(given.Auth));
}

/** The document with everything that the API's properties add to it; undefined when it lies elsewhere. */
function completed(context: SamContext, resource: SamResource): Json | undefined {
  const { properties: given } = resource;
  const definition = isSet(given.DefinitionBody) ? given.DefinitionBody : undefined;
  const documentFor = (property: string, value: Json | undefined): JsonObject | undefined => {
    if (!isSet(value)) return undefined;
    if (isOpenApi3(definition)) return definition;
    // What another transform puts in its place is there before SAM sees it.
    if (context.options.localCode === "keep" && isJsonObject(definition) && isIntrinsic(definition)) return undefined;
    return fail(
      definition === undefined
        ? words("{{property}} works only with a document in DefinitionBody.", { property })
        : words("{{property}} cannot be added: DefinitionBody is no OpenAPI 3 document with openapi and paths.", { property }),
    );
  };
  const cors = given.CorsConfiguration === undefined ? undefined : resolveParameters(context, given.CorsConfiguration);
  const forCors = documentFor("CorsConfiguration", cors);
  if (forCors && isSet(cors)) addCors(forCors, cors);
  const forAuth = documentFor("Auth", given.Auth);
  if (forAuth) addHttpAuth(context, forAuth, mapOf(given.Auth));
  documentFor("Tags", given.Tags);
  if (isOpenApi3(definition)) addTags(definition, { ...mapOf(given.Tags), ...createdBySam });
  const isDisabled = given.DisableExecuteApiEndpoint ?? undefined;
  if (isDisabled !== undefined) {
    const forEndpoint = documentFor("DisableExecuteApiEndpoint", true);
    if (forEndpoint) disableEndpoint(forEndpoint, isDisabled);
  }
  const forTitle = documentFor("Name", given.Name);
  if (forTitle && isSet(given.Name)) setTitle(forTitle, given.Name);
  const forDescription = documentFor("Description", given.Description);
  if (forDescription && isSet(given.Description)) setDescription(forDescription, given.Description);
  if (isJsonObject(definition)) renameDefault(definition, given.FailOnWarnings);
  return definition;
}

function emitStage(context: SamContext, resource: SamResource, tags: JsonObject | undefined): string {
  const { id, properties: given } = resource;
  const name: Json = isSet(given.StageName) ? given.StageName : "$default";
  const text = typeof name === "string" ? name : "";
  const stageId =
    text === "$default"
      ? `${id}ApiGatewayDefaultStage`
      : id + (/^[A-Za-z0-9]+$/.test(text) ? `${text}Stage` : `Stage${text === "" ? "" : sha1(text).slice(0, 10)}`);
  emit(
    context,
    id,
    stageId,
    "AWS::ApiGatewayV2::Stage",
    {
      ApiId: ref(id),
      StageName: name,
      AutoDeploy: true,
      Tags: tags ?? given.Tags,
      StageVariables: given.StageVariables,
      AccessLogSettings: given.AccessLogSettings,
      DefaultRouteSettings: given.DefaultRouteSettings,
      RouteSettings: given.RouteSettings,
    },
    resource.passedOn,
  );
  return stageId;
}

/** With FailOnWarnings API Gateway wants the default route as a path: `/$default`. */
function renameDefault(definition: JsonObject, failsOnWarnings: Json | undefined): void {
  const paths = mapOf(definition.paths);
  if (!isSet(failsOnWarnings) || paths.$default === undefined) return;
  const { $default: route, ...others } = paths;
  definition.paths = { ...others, "/$default": route };
}

const corsProperties = ["AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders", "MaxAge", "AllowCredentials"];

function addCors(definition: JsonObject, cors: Json): void {
  const existing = definition["x-amazon-apigateway-cors"] ?? {};
  if (!isJsonObject(existing))
    fail(
      words("{{property}} of {{owner}} should be a map.", { property: "x-amazon-apigateway-cors", owner: "DefinitionBody" }),
      "sam.document",
    );
  definition["x-amazon-apigateway-cors"] = { ...existing, ...corsSettings(cors) };
}

function corsSettings(cors: Json): JsonObject {
  if (typeof cors === "boolean") return { allowOrigins: ["*"] };
  if (isIntrinsic(cors)) return mapOf(inLowerCamel(cors));
  if (!isJsonObject(cors)) fail(words("{{property}} should be true or a map.", { property: "CorsConfiguration" }));
  for (const name of Object.keys(cors))
    if (!corsProperties.includes(name)) fail(words("{{owner}} has no property {{name}}.", { owner: "CorsConfiguration", name }));
  const { AllowOrigins: origins, AllowCredentials: credentials } = cors;
  if (credentials === true && Array.isArray(origins) && origins.length === 1 && origins[0] === "*")
    fail(words('AllowCredentials of CorsConfiguration needs AllowOrigins other than "*".'));
  // A function in place of the origins takes the whole configuration's place in AWS's transform.
  if (isIntrinsic(origins)) return mapOf(inLowerCamel(origins ?? null));
  const settings: JsonObject = {};
  for (const name of corsProperties) {
    const value = cors[name];
    const isGiven = name === "MaxAge" ? value !== undefined && value !== null : name === "AllowCredentials" ? value === true : isSet(value);
    if (isGiven && value !== undefined) settings[lowerCamel(name)] = value;
  }
  return settings;
}

function lowerCamel(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** Inside an intrinsic the names stand at any depth, in keys and in texts. */
function inLowerCamel(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => inLowerCamel(item));
  if (typeof value === "string") return corsProperties.reduce((text, name) => text.replaceAll(name, lowerCamel(name)), value);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [String(inLowerCamel(key)), inLowerCamel(item)]));
}

function addTags(definition: JsonObject, tags: JsonObject): void {
  if (isSet(definition.tags) && !Array.isArray(definition.tags))
    fail(words("{{property}} of {{owner}} should be a list.", { property: "tags", owner: "DefinitionBody" }), "sam.document");
  const list = [...listOf(definition.tags)];
  for (const [name, value] of Object.entries(tags)) {
    const existing = list.find((each) => mapOf(each).name === name);
    if (isJsonObject(existing)) existing["x-amazon-apigateway-tag-value"] = value;
    else list.push({ name, "x-amazon-apigateway-tag-value": value });
  }
  definition.tags = list;
}

function disableEndpoint(definition: JsonObject, isDisabled: Json): void {
  const key = "x-amazon-apigateway-endpoint-configuration";
  const servers = definition.servers === undefined ? [{}] : listOf(definition.servers);
  definition.servers = servers.map((server) => {
    if (!isJsonObject(server))
      fail(words("{{property}} of {{owner}} should be a list of maps.", { property: "servers", owner: "DefinitionBody" }), "sam.document");
    return { ...server, [key]: { ...mapOf(server[key]), disableExecuteApiEndpoint: isDisabled } };
  });
}

function setTitle(definition: JsonObject, name: Json): void {
  const info = mapOf(definition.info);
  if (mapOf(info.title).Ref !== "AWS::StackName") fail(words("Name cannot be set: the document in DefinitionBody has a title already."));
  definition.info = { ...info, title: name };
}

function setDescription(definition: JsonObject, description: Json): void {
  const info = mapOf(definition.info);
  if (isSet(info.description)) fail(words("Description cannot be set: the document in DefinitionBody has a description already."));
  definition.info = { ...info, description };
}
