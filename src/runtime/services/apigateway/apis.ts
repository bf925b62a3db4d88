import type { Integration, Route } from "@aws-sdk/client-apigatewayv2";
import type { ResourceRef } from "../../../model/trace.ts";
import type { Kernel } from "../../kernel/service.ts";
import { migrate } from "../../storage/database.ts";
import type { Database } from "../../storage/database.ts";
import { notFound } from "./errors.ts";

/** APIs as they are kept: plain data, one row each. Routes and integrations have the shapes in which AWS lists them. */
export type Api = HttpApi | RestApi;

interface ApiCommon {
  readonly id: string;
  readonly region: string;
  name: string;
  description?: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  isDefaultEndpointDisabled: boolean;
  tags: Record<string, string>;
  stages: readonly Stage[];
  deployments: readonly Deployment[];
}

export interface HttpApi extends ApiCommon {
  readonly kind: "http";
  protocolType: "HTTP" | "WEBSOCKET";
  routeSelectionExpression: string;
  cors: CorsConfiguration | null;
  /**
   * What Body or Target made is made anew with each update; `isFromBody` tells it apart.
   * Replaced as a whole, never changed in place: route tables are kept by it.
   */
  routes: readonly (Route & { isFromBody?: boolean })[];
  integrations: readonly (Integration & { isFromBody?: boolean })[];
  authorizers: readonly { readonly id: string; readonly name: string; readonly type: string; readonly isFromBody?: boolean }[];
}

export interface RestApi extends ApiCommon {
  readonly kind: "rest";
  readonly rootResourceId: string;
  binaryMediaTypes: string[];
  endpointTypes: string[];
  resources: readonly RestResource[];
  /** Replaced as a whole, never changed in place: route tables are kept by it. */
  methods: readonly RestMethod[];
  gatewayResponses: Record<string, GatewayResponse>;
}

export interface GatewayResponse {
  readonly status?: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
  readonly isFromBody?: boolean;
}

export interface RestResource {
  readonly id: string;
  readonly parentId?: string;
  readonly pathPart?: string;
  readonly path: string;
  readonly isFromBody?: boolean;
}

export interface RestMethod {
  readonly resourceId: string;
  /** `ANY` for all. */
  readonly httpMethod: string;
  /** `NONE`, `AWS_IAM`, or the name of an authorizer's kind. */
  readonly authorizationType: string;
  readonly authorizer?: string;
  readonly isApiKeyRequired: boolean;
  readonly integration: RestIntegration | null;
  /** Status codes that it declares (PutMethodResponse). */
  readonly responses?: readonly string[];
  readonly isFromBody?: boolean;
}

export interface RestIntegration {
  /** `AWS_PROXY`, `MOCK`, `HTTP_PROXY`, `HTTP`, `AWS`. */
  readonly type: string;
  readonly uri: string;
  readonly httpMethod?: string;
  readonly timeoutMilliseconds: number;
  readonly requestTemplates: Readonly<Record<string, string>>;
  /** What becomes of a body whose content type has no template: `WHEN_NO_MATCH` (also where absent), `WHEN_NO_TEMPLATES`, `NEVER`. */
  readonly passthroughBehavior?: string;
  readonly responses: readonly RestIntegrationResponse[];
}

export interface RestIntegrationResponse {
  readonly statusCode: number;
  /** Regular expression over the mock's status; absent: the default response. */
  readonly selectionPattern?: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

export interface Stage {
  readonly name: string;
  readonly description?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly isAutoDeployed: boolean;
  readonly deploymentId?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Deployment {
  readonly id: string;
  readonly description?: string;
  readonly createdAt: number;
}

export interface CorsConfiguration {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number | null;
}

/** All APIs of the account: in memory for requests, each change written through. */
export interface Apis {
  find(id: string): Api | undefined;
  /** Throws AWS's NotFoundException. */
  http(id: string | undefined): HttpApi;
  rest(id: string | undefined): RestApi;
  list(region: string): readonly Api[];
  all(): readonly Api[];
  save(api: Api): void;
  remove(id: string): void;
  /** How spans name it. */
  refOf(api: Api): ResourceRef;
}

export function openApis(database: Database, kernel: Kernel): Apis {
  migrate(database, "apigateway", ["CREATE TABLE apigateway_apis (id TEXT NOT NULL UNIQUE, document TEXT NOT NULL)"]);
  const put = database.prepare("INSERT INTO apigateway_apis VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document");
  const drop = database.prepare("DELETE FROM apigateway_apis WHERE id = ?");
  const byId = new Map<string, Api>();
  for (const row of database.prepare("SELECT document FROM apigateway_apis").all() as { document: string }[]) {
    const api = JSON.parse(row.document) as Api;
    byId.set(api.id, api);
    kernel.resources.add(ownRef(api));
  }
  return {
    find: (id) => byId.get(id),
    http(id) {
      const api = id === undefined ? undefined : byId.get(id);
      if (api?.kind !== "http") throw notFound(`Invalid API identifier specified ${id ?? ""}`);
      return api;
    },
    rest(id) {
      const api = id === undefined ? undefined : byId.get(id);
      if (api?.kind !== "rest") throw notFound("Invalid API identifier specified");
      return api;
    },
    list: (region) => [...byId.values()].filter((api) => api.region === region),
    all: () => [...byId.values()],
    save(api) {
      put.run(api.id, JSON.stringify(api));
      if (!byId.has(api.id)) kernel.resources.add(ownRef(api));
      byId.set(api.id, api);
    },
    remove(id) {
      const api = byId.get(id);
      drop.run(id);
      byId.delete(id);
      if (api) kernel.resources.remove("apigateway", id, api.region);
    },
    refOf: (api) => kernel.resources.find("apigateway", api.id, api.region) ?? ownRef(api),
  };
}

function ownRef(api: Api): ResourceRef {
  return {
    service: "apigateway",
    type: api.kind === "http" ? "AWS::ApiGatewayV2::Api" : "AWS::ApiGateway::RestApi",
    name: api.id,
    region: api.region,
  };
}
