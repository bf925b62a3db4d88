// AWS::Serverless::WebSocketApi → API, stage, and per route: route, integration and permission.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { emitApiV2Domain } from "./customDomain.ts";
import { isIntrinsic, isSet, mapOf, ref, sub } from "./json.ts";
import { emitAuthorizerPermission } from "./restApiAuthorizers.ts";
import { words } from "../../words.ts";

const createdBySam: JsonObject = { "websocketapi:createdBy": "SAM" };

export function transformWebSocketApi(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  const routes = resolveParameters(context, given.Routes ?? {});
  if (!isJsonObject(routes) || !isSet(routes)) fail(words("a WebSocketApi needs a route in Routes."));
  const auth = resolveParameters(context, given.Auth ?? {});
  if (!isJsonObject(auth)) fail(words("{{property}} should be a map.", { property: "Auth" }));
  check(given, routes, auth);
  const tags: JsonObject = { ...mapOf(given.Tags), ...createdBySam };
  const propagated = isSet(given.PropagateTags) && isSet(given.Tags) ? tags : { ...createdBySam };
  emit(
    context,
    id,
    id,
    "AWS::ApiGatewayV2::Api",
    {
      ApiKeySelectionExpression: given.ApiKeySelectionExpression,
      Description: given.Description,
      DisableExecuteApiEndpoint: given.DisableExecuteApiEndpoint,
      DisableSchemaValidation: given.DisableSchemaValidation,
      IpAddressType: given.IpAddressType,
      Name: given.Name ?? id,
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: given.RouteSelectionExpression,
      Tags: tags,
    },
    // Only what belongs to the main resource itself is handed on by AWS's transform.
    isSet(resource.dependsOn) ? { DependsOn: resource.dependsOn } : {},
  );
  const stage: Json = given.StageName ?? "default";
  const routeIds = Object.entries(routes).map(([key, route]) => emitRoute(context, resource, { key, route, stage, auth }));
  const stageId = emitStage(context, resource, stage, propagated, routeIds);
  emitApiV2Domain(context, { ...resource, passedOn: {} }, stageId, propagated);
}

function check(given: JsonObject, routes: JsonObject, auth: JsonObject): void {
  const address = given.IpAddressType;
  if (address !== undefined && address !== null && !isIntrinsic(address) && address !== "ipv4" && address !== "dualstack")
    fail(words("{{property}} should be ipv4 or dualstack.", { property: "IpAddressType" }));
  if (isSet(mapOf(given.Domain).MutualTlsAuthentication)) fail(words("Domain of a WebSocketApi cannot have MutualTlsAuthentication."));
  if (given.StageName === "$default") fail(words("the stage of a WebSocketApi cannot be named $default."));
  if (!isSet(auth)) return;
  if (!Object.hasOwn(routes, "$connect")) fail(words("Auth needs a route $connect: that is where it is checked."));
  checkAuth(auth);
}

function checkAuth(auth: JsonObject): void {
  const type = auth.AuthType;
  if (typeof type !== "string" || !["NONE", "AWS_IAM", "CUSTOM"].includes(type.toUpperCase()))
    fail(words("Auth needs AuthType: AWS_IAM, CUSTOM or NONE."));
  if (type.toUpperCase() === "CUSTOM" && !isSet(auth.AuthArn)) fail(words("AuthType CUSTOM needs AuthArn."));
  if (type.toUpperCase() !== "CUSTOM" && Object.keys(auth).length > 1)
    fail(words("Auth takes nothing beside AuthType {{type}}.", { type }));
}

interface RouteRequest {
  readonly key: string;
  readonly route: Json;
  readonly stage: Json;
  readonly auth: JsonObject;
}

/** Returns the route's logical ID. */
function emitRoute(context: SamContext, resource: SamResource, { key, route, stage, auth }: RouteRequest): string {
  const { id } = resource;
  if (!isJsonObject(route)) fail(words("the route {{key}} should be a map.", { key }));
  if (route.FunctionArn === undefined) fail(words("the route {{key}} needs FunctionArn.", { key }));
  if (isSet(route.RequestParameters) && key !== "$connect")
    fail(words("the route {{key}} has RequestParameters, which only $connect takes.", { key }));
  const base = id + routeName(key);
  const own: Record<string, Json | undefined> = { ApiId: ref(id), RouteKey: key };
  for (const name of ["ApiKeyRequired", "ModelSelectionExpression", "OperationName", "RequestModels", "RouteResponseSelectionExpression"])
    own[name] = route[name];
  if (isSet(route.RequestParameters)) own.RequestParameters = route.RequestParameters;
  own.Target = { "Fn::Join": ["/", ["integrations", ref(`${base}Integration`)]] };
  if (key === "$connect" && isSet(auth)) Object.assign(own, emitAuth(context, resource, auth));
  emit(context, id, `${base}Route`, "AWS::ApiGatewayV2::Route", own);
  emit(context, id, `${base}Integration`, "AWS::ApiGatewayV2::Integration", {
    ApiId: ref(id),
    IntegrationType: "AWS_PROXY",
    IntegrationUri: sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations", {
      FunctionArn: route.FunctionArn,
    }),
    TimeoutInMillis: route.IntegrationTimeout,
  });
  const place = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${id}.ApiId}`;
  emit(context, id, `${base}Permission`, "AWS::Lambda::Permission", {
    Action: "lambda:InvokeFunction",
    FunctionName: route.FunctionArn,
    Principal: "apigateway.amazonaws.com",
    SourceArn:
      typeof stage === "string" ? sub(`${place}/${stage}/${key}`) : sub(`${place}/\${__StageName__}/${key}`, { __StageName__: stage }),
  });
  return `${base}Route`;
}

function routeName(key: string): string {
  const name = key === "$connect" || key === "$disconnect" || key === "$default" ? key.slice(1) : key;
  if (!/^[A-Za-z0-9]+$/.test(name))
    fail(words("the route {{key}} should be of letters and digits, or $connect, $disconnect or $default.", { key }));
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
}

/** What the $connect route says of its authorization; a Lambda authorizer is a resource of its own. */
function emitAuth(context: SamContext, resource: SamResource, auth: JsonObject): Record<string, Json> {
  if (auth.AuthType === "AWS_IAM") return { AuthorizationType: "AWS_IAM" };
  if (auth.AuthType !== "CUSTOM" || !isSet(auth.AuthArn)) return { AuthorizationType: "NONE" };
  const id = `${resource.id}ConnectAuthorizer`;
  const uri = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AuthArn}/invocations";
  emit(context, resource.id, id, "AWS::ApiGatewayV2::Authorizer", {
    ApiId: ref(resource.id),
    AuthorizerCredentialsArn: auth.InvokeRole,
    AuthorizerType: "REQUEST",
    AuthorizerUri: sub(uri, { AuthArn: auth.AuthArn }),
    IdentitySource: auth.IdentitySource,
    Name: isSet(auth.Name) ? auth.Name : id,
  });
  if (!isSet(auth.InvokeRole)) {
    const permission = { id: `${resource.id}AuthorizerPermission`, partition: "${AWS::Partition}" };
    emitAuthorizerPermission(context, { ...resource, passedOn: {} }, permission, auth.AuthArn);
  }
  return { AuthorizationType: "CUSTOM", AuthorizerId: ref(id) };
}

function emitStage(context: SamContext, resource: SamResource, stage: Json, tags: JsonObject, routeIds: readonly string[]): string {
  const { id, properties: given } = resource;
  const name = typeof stage === "string" ? stage : "";
  const stageId = id + (name === "default" ? "DefaultStage" : `${name}Stage`);
  if (!/^[A-Za-z0-9]+$/.test(stageId)) fail(words("StageName of a WebSocketApi should be of letters and digits."));
  emit(
    context,
    id,
    stageId,
    "AWS::ApiGatewayV2::Stage",
    {
      ApiId: ref(id),
      StageName: stage,
      AutoDeploy: true,
      Tags: tags,
      StageVariables: given.StageVariables,
      AccessLogSettings: given.AccessLogSettings,
      DefaultRouteSettings: given.DefaultRouteSettings,
      RouteSettings: given.RouteSettings,
    },
    isSet(given.RouteSettings) ? { DependsOn: [...routeIds] } : {},
  );
  return stageId;
}
