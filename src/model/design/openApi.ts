import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { connectRoute, serviceCall } from "./apiIntegrations.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { defaultRoute, routeOf } from "./events.ts";
import { localDocument, localPath } from "./localFiles.ts";
import { drawnBehind } from "./owners.ts";
import { at, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

// Routes and authorizers of OpenAPI documents, in the template or in a file beside it.

/** Where each API type keeps its document, and where it names a file with it. */
const documentProperties: Readonly<Record<string, readonly [body: string, location: string]>> = {
  "AWS::Serverless::Api": ["DefinitionBody", "DefinitionUri"],
  "AWS::Serverless::HttpApi": ["DefinitionBody", "DefinitionUri"],
  "AWS::ApiGateway::RestApi": ["Body", "BodyS3Location"],
  "AWS::ApiGatewayV2::Api": ["Body", "BodyS3Location"],
};

const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"]);

interface OpenApiDocument {
  readonly value: JsonObject;
  /** Where the document stands in the template, or where its file is named. */
  readonly path: TemplatePath;
  readonly file?: string;
}

export function deriveOpenApi(view: TemplateView, draft: DesignDraft, api: ResourceView): void {
  const document = documentOf(view, api);
  if (document === undefined) return;
  const paths = at(document.value, "paths");
  for (const [path, operations] of Object.entries(isJsonObject(paths) ? paths : {})) {
    if (!isJsonObject(operations)) continue;
    for (const [method, operation] of Object.entries(operations)) {
      if (methods.has(method.toLowerCase())) deriveOperation(view, draft, api, document, path, method, operation);
    }
  }
  deriveSecurity(view, draft, api, document);
}

function documentOf(view: TemplateView, api: ResourceView): OpenApiDocument | undefined {
  const properties = documentProperties[api.type];
  if (properties === undefined) return undefined;
  const [body, location] = properties;
  const inline = api.properties[body];
  if (isJsonObject(inline) && !("Fn::Transform" in inline)) {
    const path = [...api.path, "Properties", body];
    const file = localPath(at(view.original, ...path, "Fn::Transform", "Parameters", "Location"));
    return { value: inline, path, ...(file === undefined ? {} : { file }) };
  }
  const document = localDocument(view, api.properties[location]);
  if (document === undefined || !isJsonObject(document.value)) return undefined;
  return { value: document.value, path: [...api.path, "Properties", location], file: document.file };
}

function deriveOperation(
  view: TemplateView,
  draft: DesignDraft,
  api: ResourceView,
  document: OpenApiDocument,
  path: string,
  method: string,
  operation: Json,
): void {
  const route = path === "/$default" || path === "$default" ? defaultRoute : routeOf(method, path);
  const integration = at(operation, "x-amazon-apigateway-integration");
  const place = document.file === undefined ? [...document.path, "paths", path, method] : document.path;
  connectRoute(view, draft, api.id, route, serviceCall(view, at(integration, "uri"), integration), [place], document.file);
}

function deriveSecurity(view: TemplateView, draft: DesignDraft, api: ResourceView, document: OpenApiDocument): void {
  for (const keys of [["securityDefinitions"], ["components", "securitySchemes"]]) {
    const schemes = at(document.value, ...keys);
    if (!isJsonObject(schemes)) continue;
    for (const [name, scheme] of Object.entries(schemes)) {
      const authorizer = at(scheme, "x-amazon-apigateway-authorizer");
      const guard =
        drawnBehind(view, at(authorizer, "authorizerUri")) ??
        drawnBehind(view, at(authorizer, "providerARNs")) ??
        drawnBehind(view, at(authorizer, "jwtConfiguration", "issuer"));
      if (guard === undefined || guard === api.id) continue;
      const { file } = document;
      const writtenAt = [file === undefined ? [...document.path, ...keys, name] : document.path];
      const more = file === undefined ? {} : { file };
      draft.connect({ kind: "target", from: api.id, to: guard, name: "authorizer", label: words("authorizer"), writtenAt, ...more });
    }
  }
}
