import { apigatewayLimits as limits } from "../../../model/limits/apigateway.ts";
import type { PropertyDefinition } from "../../../model/service.ts";

// The inspector's forms for HTTP and REST APIs, in SAM's and in CloudFormation's words.

const stage = "Stage";
const cors = "CORS";
const access = "Access";
const definition = "Definition";
const limitsSection = "Throttling";
const observation = "Logs and tracing";
const caching = "Cache";

const name = (path: string): PropertyDefinition => ({
  path,
  title: "Name",
  help: "Shown in the console; the address holds the API's id instead.",
  control: { type: "text" },
});

const description: PropertyDefinition = {
  path: "Description",
  title: "Description",
  help: "What the API is for.",
  control: { type: "text" },
};

const disableDefaultEndpoint: PropertyDefinition = {
  path: "DisableExecuteApiEndpoint",
  title: "Close the default address",
  section: access,
  help: "Leaves only custom domain names; the execute-api address answers 404 (HTTP) or 403 (REST).",
  control: { type: "toggle" },
  defaultValue: false,
};

const auth: PropertyDefinition = {
  path: "Auth",
  title: "Authorizers",
  section: access,
  help: "Authorizers by name, and which one guards routes that name none (DefaultAuthorizer).",
  control: { type: "json" },
};

const domain: PropertyDefinition = {
  path: "Domain",
  title: "Custom domain",
  section: access,
  help: "DomainName, CertificateArn and base paths. Not served locally: use the default address.",
  control: { type: "json" },
};

const corsMembers = (prefix: string): readonly PropertyDefinition[] => [
  {
    path: `${prefix}.AllowOrigins`,
    title: "Origins",
    section: cors,
    help: "Sites whose pages may call the API, or *.",
    control: { type: "json" },
  },
  {
    path: `${prefix}.AllowMethods`,
    title: "Methods",
    section: cors,
    help: "Methods that such pages may use, or *.",
    control: { type: "json" },
  },
  {
    path: `${prefix}.AllowHeaders`,
    title: "Request headers",
    section: cors,
    help: "Headers that such pages may send, or *.",
    control: { type: "json" },
  },
  {
    path: `${prefix}.ExposeHeaders`,
    title: "Response headers",
    section: cors,
    help: "Headers that such pages may read.",
    control: { type: "json" },
  },
  {
    path: `${prefix}.AllowCredentials`,
    title: "Credentials",
    section: cors,
    help: "Lets browsers send cookies; not together with origin *.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  {
    path: `${prefix}.MaxAge`,
    title: "Preflight kept",
    section: cors,
    help: "How long a browser may keep the preflight answer, in seconds.",
    control: { type: "number", min: 0, max: 86_400, unit: "s" },
  },
];

export const serverlessHttpApiProperties: readonly PropertyDefinition[] = [
  name("Name"),
  description,
  {
    path: "StageName",
    title: "Stage",
    section: stage,
    help: "$default serves the API at the root of its address; any other name becomes the first path segment.",
    control: { type: "text", placeholder: "$default" },
    defaultValue: "$default",
  },
  {
    path: "StageVariables",
    title: "Stage variables",
    section: stage,
    help: "Up to 100 names with values, in the event as stageVariables.",
    control: { type: "json" },
  },
  ...corsMembers("CorsConfiguration"),
  auth,
  disableDefaultEndpoint,
  domain,
  {
    path: "DefaultRouteSettings.ThrottlingRateLimit",
    title: "Rate",
    section: limitsSection,
    help: "Requests a second on average for each route; above it callers get 429. Accounts have 10,000 in all.",
    control: { type: "number", min: 0, unit: "requests/s" },
    defaultValue: limits.requestsPerSecond.value,
  },
  {
    path: "DefaultRouteSettings.ThrottlingBurstLimit",
    title: "Burst",
    section: limitsSection,
    help: "Requests that may come at once before the rate counts.",
    control: { type: "number", min: 0, unit: "requests" },
    defaultValue: limits.burstRequests.value,
  },
  {
    path: "RouteSettings",
    title: "Route settings",
    section: limitsSection,
    help: "Rate and burst for single routes, by route key.",
    control: { type: "json" },
  },
  {
    path: "DefinitionUri",
    title: "OpenAPI file",
    section: definition,
    help: "An OpenAPI 3 document, relative to the template, instead of routes from Events.",
    control: { type: "file", extensions: [".yaml", ".yml", ".json"] },
  },
  {
    path: "DefinitionBody",
    title: "OpenAPI",
    section: definition,
    help: "An OpenAPI 3 document in the template.",
    control: { type: "json" },
  },
  {
    path: "FailOnWarnings",
    title: "Fail on warnings",
    section: definition,
    help: "Whether a warning while importing the OpenAPI document fails the deploy.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  {
    path: "AccessLogSettings",
    title: "Access log",
    section: observation,
    help: "DestinationArn and Format of one line for each request.",
    control: { type: "json" },
  },
  {
    path: "PropagateTags",
    title: "Pass tags on",
    section: "Tags",
    help: "Gives the tags to what SAM makes from this API too.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  { path: "Tags", title: "Tags", section: "Tags", help: "Up to 50 keys with values, for cost and search.", control: { type: "tags" } },
];

export const serverlessApiProperties: readonly PropertyDefinition[] = [
  name("Name"),
  description,
  {
    path: "StageName",
    title: "Stage",
    section: stage,
    help: "First path segment of the API's address.",
    control: { type: "text", pattern: "^[A-Za-z0-9_-]{1,128}$", placeholder: "Prod" },
    required: true,
  },
  {
    path: "Variables",
    title: "Stage variables",
    section: stage,
    help: "Up to 100 names with values, in the event as stageVariables.",
    control: { type: "json" },
  },
  {
    path: "EndpointConfiguration.Type",
    title: "Endpoint",
    section: stage,
    help: "EDGE goes through AWS's edge locations, REGIONAL straight to the Region, PRIVATE only from VPCs.",
    control: { type: "choice", options: ["EDGE", "REGIONAL", "PRIVATE"] },
    defaultValue: "EDGE",
  },
  {
    path: "Cors",
    title: "CORS",
    section: cors,
    help: "Origins as one quoted string ('*'), or AllowOrigin, AllowMethods, AllowHeaders, MaxAge: SAM answers OPTIONS; the function adds the headers to its own responses.",
    control: { type: "json" },
  },
  auth,
  disableDefaultEndpoint,
  domain,
  {
    path: "BinaryMediaTypes",
    title: "Binary types",
    section: definition,
    help: "Media types handed to functions base64-encoded, such as image~1png; */* for all.",
    control: { type: "json" },
  },
  {
    path: "MinimumCompressionSize",
    title: "Compress from",
    section: definition,
    help: "Responses of at least this size are compressed for callers that accept it: 0 to 10,485,760 bytes. Absent: never.",
    control: { type: "number", min: 0, max: limits.payloadBytes.value, unit: "bytes" },
  },
  {
    path: "Models",
    title: "Models",
    section: definition,
    help: "JSON Schemas by name, for checking request bodies.",
    control: { type: "json" },
  },
  {
    path: "GatewayResponses",
    title: "Gateway responses",
    section: definition,
    help: "What API Gateway itself answers on 4xx and 5xx, by response type.",
    control: { type: "json" },
  },
  {
    path: "DefinitionUri",
    title: "OpenAPI file",
    section: definition,
    help: "An OpenAPI document, relative to the template, instead of routes from Events.",
    control: { type: "file", extensions: [".yaml", ".yml", ".json"] },
  },
  {
    path: "DefinitionBody",
    title: "OpenAPI",
    section: definition,
    help: "An OpenAPI document in the template.",
    control: { type: "json" },
  },
  {
    path: "OpenApiVersion",
    title: "OpenAPI version",
    section: definition,
    help: "Version of the document SAM makes; naming one also avoids the extra stage called Stage.",
    control: { type: "text", placeholder: "3.0.1" },
  },
  {
    path: "MethodSettings",
    title: "Method settings",
    section: limitsSection,
    help: "Throttling, logging and cache for single methods and paths.",
    control: { type: "json" },
  },
  {
    path: "ApiKeySourceType",
    title: "API key from",
    section: access,
    help: "HEADER reads x-api-key, AUTHORIZER takes it from the authorizer's answer.",
    control: { type: "choice", options: ["HEADER", "AUTHORIZER"] },
    defaultValue: "HEADER",
  },
  {
    path: "CacheClusterEnabled",
    title: "Cache",
    section: caching,
    help: "Keeps responses to GET for the stage.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  {
    path: "CacheClusterSize",
    title: "Cache size",
    section: caching,
    help: "Gigabytes of the stage's cache.",
    control: { type: "choice", options: ["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"] },
  },
  {
    path: "TracingEnabled",
    title: "Tracing",
    section: observation,
    help: "Sends traces to X-Ray.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  {
    path: "AccessLogSetting",
    title: "Access log",
    section: observation,
    help: "DestinationArn and Format of one line for each request.",
    control: { type: "json" },
  },
  {
    path: "CanarySetting",
    title: "Canary",
    section: stage,
    help: "Share of traffic that goes to a new deployment first.",
    control: { type: "json" },
  },
  {
    path: "AlwaysDeploy",
    title: "Always deploy",
    section: stage,
    help: "Makes a new deployment of the stage even when the definition did not change.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  {
    path: "Mode",
    title: "Import mode",
    section: definition,
    help: "How an OpenAPI update treats what is there.",
    control: { type: "choice", options: ["merge", "overwrite"] },
    defaultValue: "merge",
  },
  { path: "Tags", title: "Tags", section: "Tags", help: "Up to 50 keys with values, for cost and search.", control: { type: "tags" } },
];

export const httpApiProperties: readonly PropertyDefinition[] = [
  name("Name"),
  description,
  {
    path: "ProtocolType",
    title: "Protocol",
    help: "HTTP or WEBSOCKET. A change replaces the API.",
    control: { type: "choice", options: ["HTTP", "WEBSOCKET"] },
  },
  ...corsMembers("CorsConfiguration"),
  disableDefaultEndpoint,
  {
    path: "RouteSelectionExpression",
    title: "Route by",
    section: definition,
    help: "For WebSocket APIs: which member of a message names its route, such as $request.body.action.",
    control: { type: "text" },
  },
  {
    path: "Target",
    title: "Quick target",
    section: definition,
    help: "Makes a $default route to this function or address.",
    control: { type: "text" },
  },
  {
    path: "RouteKey",
    title: "Quick route",
    section: definition,
    help: "Route key of the quick target; $default when absent.",
    control: { type: "text" },
  },
  {
    path: "Body",
    title: "OpenAPI",
    section: definition,
    help: "An OpenAPI 3 document with x-amazon-apigateway-integration for each operation.",
    control: { type: "json" },
  },
  {
    path: "BodyS3Location",
    title: "OpenAPI in S3",
    section: definition,
    help: "Bucket and key of an OpenAPI 3 document.",
    control: { type: "json" },
  },
  { path: "Version", title: "Version", section: definition, help: "Up to 64 characters, for your own use.", control: { type: "text" } },
  { path: "Tags", title: "Tags", section: "Tags", help: "Up to 50 keys with values, for cost and search.", control: { type: "tags" } },
];

export const restApiProperties: readonly PropertyDefinition[] = [
  name("Name"),
  description,
  { path: "EndpointConfiguration", title: "Endpoint", help: "Types EDGE, REGIONAL or PRIVATE.", control: { type: "json" } },
  disableDefaultEndpoint,
  {
    path: "BinaryMediaTypes",
    title: "Binary types",
    section: definition,
    help: "Media types handed on base64-encoded; */* for all.",
    control: { type: "json" },
  },
  {
    path: "MinimumCompressionSize",
    title: "Compress from",
    section: definition,
    help: "Responses of at least this size are compressed for callers that accept it: 0 to 10,485,760 bytes. Absent: never.",
    control: { type: "number", min: 0, max: limits.payloadBytes.value, unit: "bytes" },
  },
  {
    path: "ApiKeySourceType",
    title: "API key from",
    section: access,
    help: "HEADER reads x-api-key, AUTHORIZER takes it from the authorizer's answer.",
    control: { type: "choice", options: ["HEADER", "AUTHORIZER"] },
    defaultValue: "HEADER",
  },
  { path: "Policy", title: "Resource policy", section: access, help: "Who may call the API.", control: { type: "json" } },
  {
    path: "Body",
    title: "OpenAPI",
    section: definition,
    help: "An OpenAPI document with x-amazon-apigateway-integration for each operation.",
    control: { type: "json" },
  },
  {
    path: "BodyS3Location",
    title: "OpenAPI in S3",
    section: definition,
    help: "Bucket and key of an OpenAPI document.",
    control: { type: "json" },
  },
  {
    path: "Parameters",
    title: "Import parameters",
    section: definition,
    help: "How the OpenAPI document is imported, such as endpointConfigurationTypes.",
    control: { type: "json" },
  },
  {
    path: "FailOnWarnings",
    title: "Fail on warnings",
    section: definition,
    help: "Whether a warning while importing fails the deploy.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  { path: "CloneFrom", title: "Clone of", section: definition, help: "Id of a REST API to copy.", control: { type: "text" } },
  {
    path: "Mode",
    title: "Import mode",
    section: definition,
    help: "How an OpenAPI update treats what is there.",
    control: { type: "choice", options: ["merge", "overwrite"] },
  },
  { path: "Tags", title: "Tags", section: "Tags", help: "Up to 50 keys with values, for cost and search.", control: { type: "tags" } },
];
