import { cloudfrontLimits as limits } from "../../../model/limits/cloudfront.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { ConnectionRule, ConnectionWrite, PaletteEntry, PropertyDefinition, ServiceDefinition } from "../../../model/service.ts";
import { inRow, words } from "../../../model/words.ts";

const config = "DistributionConfig";
const cache = "Default behavior";
const origins = "Origins and behaviors";
const viewers = "Viewers";
const errors = "Errors and logs";

const properties: readonly PropertyDefinition[] = [
  {
    path: `${config}.Enabled`,
    title: "Enabled",
    help: "Whether the distribution answers requests.",
    control: { type: "toggle" },
    required: true,
  },
  { path: `${config}.Comment`, title: "Comment", help: "Up to 128 characters.", control: { type: "text" } },
  {
    path: `${config}.Origins`,
    title: "Origins",
    section: origins,
    help: "Where content comes from: up to 100, each with an Id, a DomainName and how to connect. Drawing a connection writes one.",
    control: { type: "json" },
  },
  {
    path: `${config}.CacheBehaviors`,
    title: "Behaviors",
    section: origins,
    help: "Up to 75, in order: the first whose PathPattern matches decides origin and caching.",
    control: { type: "json" },
  },
  {
    path: `${config}.OriginGroups`,
    title: "Origin groups",
    section: origins,
    help: "A second origin for when the first fails, by status code.",
    control: { type: "json" },
  },
  {
    path: `${config}.DefaultCacheBehavior.TargetOriginId`,
    title: "Origin",
    section: cache,
    help: "Id of the origin that answers what no other behavior matches.",
    control: { type: "text" },
    required: true,
  },
  {
    path: `${config}.DefaultCacheBehavior.ViewerProtocolPolicy`,
    title: "Protocol",
    section: cache,
    help: "Whether plain HTTP is allowed, redirected to HTTPS, or refused.",
    control: { type: "choice", options: ["allow-all", "redirect-to-https", "https-only"] },
    required: true,
  },
  {
    path: `${config}.DefaultCacheBehavior.CachePolicyId`,
    title: "Cache policy",
    section: cache,
    help: "What makes up the cache key and how long entries live. Managed ones are named by id; instead of it, the TTLs below with ForwardedValues.",
    control: { type: "text" },
  },
  {
    path: `${config}.DefaultCacheBehavior.OriginRequestPolicyId`,
    title: "Origin request policy",
    section: cache,
    help: "Headers, cookies and query strings that go to the origin beyond the cache key.",
    control: { type: "text" },
  },
  {
    path: `${config}.DefaultCacheBehavior.ResponseHeadersPolicyId`,
    title: "Response headers policy",
    section: cache,
    help: "Headers added to or taken from responses, CORS and security headers among them.",
    control: { type: "text" },
  },
  {
    path: `${config}.DefaultCacheBehavior.AllowedMethods`,
    title: "Methods",
    section: cache,
    help: "GET and HEAD; with OPTIONS; or all seven, which an API needs.",
    control: { type: "json" },
  },
  {
    path: `${config}.DefaultCacheBehavior.CachedMethods`,
    title: "Cached methods",
    section: cache,
    help: "GET and HEAD, or these and OPTIONS.",
    control: { type: "json" },
  },
  {
    path: `${config}.DefaultCacheBehavior.MinTTL`,
    title: "Least TTL",
    section: cache,
    help: "Seconds an entry lives at least, whatever the origin says. Above 0 it overrules no-store and private.",
    control: { type: "number", min: 0, max: limits.maxTtlSeconds.value, unit: "s" },
    defaultValue: 0,
  },
  {
    path: `${config}.DefaultCacheBehavior.DefaultTTL`,
    title: "Default TTL",
    section: cache,
    help: "Seconds an entry lives when the origin sends neither Cache-Control nor Expires.",
    control: { type: "number", min: 0, max: limits.maxTtlSeconds.value, unit: "s" },
    defaultValue: limits.defaultTtlSeconds.value,
  },
  {
    path: `${config}.DefaultCacheBehavior.MaxTTL`,
    title: "Longest TTL",
    section: cache,
    help: "Seconds an entry lives at most, whatever the origin says.",
    control: { type: "number", min: 0, max: limits.maxTtlSeconds.value, unit: "s" },
    defaultValue: limits.maxTtlSeconds.value,
  },
  {
    path: `${config}.DefaultCacheBehavior.ForwardedValues`,
    title: "Forwarded values",
    section: cache,
    help: "Query strings, cookies and headers in cache key and origin request; the older way, instead of policies.",
    control: { type: "json" },
  },
  {
    path: `${config}.DefaultCacheBehavior.Compress`,
    title: "Compress",
    section: cache,
    help: "Compresses what viewers accept compressed.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  {
    path: `${config}.DefaultCacheBehavior.FunctionAssociations`,
    title: "CloudFront Functions",
    section: cache,
    help: "Functions that see viewer requests and responses.",
    control: { type: "json" },
  },
  {
    path: `${config}.DefaultCacheBehavior.LambdaFunctionAssociations`,
    title: "Lambda@Edge",
    section: cache,
    help: "Function versions that see viewer or origin requests and responses.",
    control: { type: "json" },
  },
  {
    path: `${config}.DefaultRootObject`,
    title: "Root object",
    section: viewers,
    help: "Served for /, such as index.html.",
    control: { type: "text", placeholder: "index.html" },
  },
  {
    path: `${config}.Aliases`,
    title: "Alternative names",
    section: viewers,
    help: "Your own host names; they need a certificate.",
    control: { type: "json" },
  },
  {
    path: `${config}.ViewerCertificate`,
    title: "Certificate",
    section: viewers,
    help: "Certificate in us-east-1 and the least TLS version.",
    control: { type: "json" },
  },
  {
    path: `${config}.PriceClass`,
    title: "Edge locations",
    section: viewers,
    help: "PriceClass_All uses all, _200 leaves out the dearest, _100 keeps North America, Europe and Israel.",
    control: { type: "choice", options: ["PriceClass_100", "PriceClass_200", "PriceClass_All"] },
    defaultValue: "PriceClass_All",
  },
  {
    path: `${config}.HttpVersion`,
    title: "HTTP version",
    section: viewers,
    help: "Newest version that viewers may use.",
    control: { type: "choice", options: ["http1.1", "http2", "http2and3", "http3"] },
    defaultValue: "http1.1",
  },
  {
    path: `${config}.IPV6Enabled`,
    title: "IPv6",
    section: viewers,
    help: "Whether the distribution answers over IPv6.",
    control: { type: "toggle" },
    defaultValue: false,
  },
  {
    path: `${config}.Restrictions`,
    title: "Countries",
    section: viewers,
    help: "Countries that may or may not be served.",
    control: { type: "json" },
  },
  { path: `${config}.WebACLId`, title: "Web ACL", section: viewers, help: "ARN of an AWS WAF web ACL.", control: { type: "text" } },
  {
    path: `${config}.CustomErrorResponses`,
    title: "Error responses",
    section: errors,
    help: "Page, status and cache time (10 s by default) for each error code from the origin.",
    control: { type: "json" },
  },
  {
    path: `${config}.Logging`,
    title: "Access log",
    section: errors,
    help: "Bucket and prefix for request logs.",
    control: { type: "json" },
  },
  { path: "Tags", title: "Tags", section: "Tags", help: "Up to 50 keys with values, for cost and search.", control: { type: "tags" } },
];

const palette: readonly PaletteEntry[] = [
  {
    title: "CDN",
    idPrefix: "Cdn",
    keywords: ["cloudfront", "distribution", "cache", "edge", "content delivery"],
    properties: { DistributionConfig: { Enabled: true, HttpVersion: "http2and3" } },
  },
];

/**
 * Caches only what the API's own Cache-Control allows. None of AWS's managed policies does that for an API: the ones that
 * heed Cache-Control forward the viewer's Host header, which API Gateway answers with 403.
 */
function behavior(): JsonObject {
  return {
    TargetOriginId: "{to}",
    ViewerProtocolPolicy: "allow-all",
    AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    ForwardedValues: { QueryString: true, Headers: ["Authorization"], Cookies: { Forward: "none" } },
    MinTTL: 0,
    DefaultTTL: 0,
    MaxTTL: limits.maxTtlSeconds.value,
    Compress: true,
  };
}

/** The first origin answers everything; a further one answers its own paths until someone says otherwise. */
function behaviors(): readonly ConnectionWrite[] {
  const path = `Properties.${config}.DefaultCacheBehavior`;
  return [
    { on: "from", path, value: behavior(), mode: "set", when: { path, isPresent: false } },
    {
      on: "from",
      path: `Properties.${config}.CacheBehaviors.-`,
      value: { PathPattern: "/{to}/*", ...behavior() },
      mode: "set",
      when: { path, isPresent: true },
    },
  ];
}

function origin(id: string, to: readonly string[], meaning: string, domainName: Json, rest: JsonObject = {}): ConnectionRule {
  return {
    id,
    kind: "origin",
    to,
    meaning,
    writes: [
      {
        on: "from",
        path: `Properties.${config}.Origins.-`,
        value: { Id: "{to}", DomainName: domainName, ...rest, CustomOriginConfig: { OriginProtocolPolicy: "https-only" } },
        mode: "set",
      },
      ...behaviors(),
    ],
  };
}

const executeApi: JsonObject = { "Fn::Sub": "${{to}}.execute-api.${AWS::Region}.${AWS::URLSuffix}" };
const connections: readonly ConnectionRule[] = [
  origin(
    "http-api-origin",
    ["AWS::Serverless::HttpApi", "AWS::ApiGatewayV2::Api"],
    "What the cache does not hold is asked of this API",
    executeApi,
  ),
  origin(
    "rest-api-origin",
    ["AWS::Serverless::Api", "AWS::ApiGateway::RestApi"],
    "What the cache does not hold is asked of this API's stage",
    executeApi,
    { OriginPath: "/{stage}" },
  ),
  {
    ...origin("function-url-origin", ["AWS::Serverless::Function"], "What the cache does not hold is asked of the function's URL", {
      "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["{to}Url", "FunctionUrl"] }] }],
    }),
    refuses: (_, to) =>
      to.properties["FunctionUrlConfig"] === undefined
        ? words("{{to}} has no URL: turn on its function URL first", { to: to.id })
        : undefined,
  },
];

export const cloudfront = {
  id: "cloudfront",
  title: "Amazon CloudFront",
  resourceTypes: [
    {
      type: "AWS::CloudFront::Distribution",
      title: "CDN",
      category: "edge",
      icon: "cdn",
      attributes: ["DomainName", "Id"],
      refGives: "id",
      properties,
      palette,
      subtitle(properties) {
        const configured = properties[config];
        const list = isJsonObject(configured) ? configured["Origins"] : undefined;
        const count = Array.isArray(list) ? list.length : 0;
        if (count === 0) return inRow(["CDN", words("no origin")], " · ");
        return inRow(["CDN", count === 1 ? words("1 origin") : words("{{count}} origins", { count })], " · ");
      },
      connections,
      runs: true,
    },
  ],
} as const satisfies ServiceDefinition;
