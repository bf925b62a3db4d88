import { isJsonObject } from "../../../model/json.ts";
import type { Json, JsonObject } from "../../../model/json.ts";
import { listOf, objectOf, textOf } from "./values.ts";

/** What both kinds of API read from an OpenAPI document (2.0 or 3.0): its operations and who may call them. */
export interface ApiOperation {
  readonly path: string;
  /** Upper case, `ANY` for x-amazon-apigateway-any-method. */
  readonly method: string;
  readonly operation: JsonObject;
  readonly integration: JsonObject | null;
  readonly security: Security;
}

export interface Security {
  /** `NONE`, `AWS_IAM`, `JWT`, `CUSTOM`, `COGNITO_USER_POOLS`. */
  readonly type: string;
  readonly authorizer?: string;
  readonly scopes: readonly string[];
  readonly isApiKeyRequired: boolean;
}

const methods: Readonly<Record<string, string>> = {
  get: "GET",
  put: "PUT",
  post: "POST",
  delete: "DELETE",
  options: "OPTIONS",
  head: "HEAD",
  patch: "PATCH",
  "x-amazon-apigateway-any-method": "ANY",
};

export function operationsOf(document: JsonObject): ApiOperation[] {
  return Object.entries(objectOf(document.paths)).flatMap(([path, item]) =>
    Object.entries(objectOf(item)).flatMap(([key, value]): ApiOperation[] => {
      const method = methods[key.toLowerCase()];
      if (method === undefined) return [];
      const operation = objectOf(resolved(document, value));
      const integration = resolved(document, operation["x-amazon-apigateway-integration"]);
      return [
        { path, method, operation, integration: isJsonObject(integration) ? integration : null, security: securityOf(document, operation) },
      ];
    }),
  );
}

/** Schemes under either version's name. */
function schemesOf(document: JsonObject): JsonObject {
  return { ...objectOf(document.securityDefinitions), ...objectOf(objectOf(document.components).securitySchemes) };
}

function securityOf(document: JsonObject, operation: JsonObject): Security {
  const schemes = schemesOf(document);
  let type = "NONE";
  let authorizer: string | undefined;
  let scopes: readonly string[] = [];
  let isApiKeyRequired = false;
  for (const requirement of listOf(operation.security ?? document.security)) {
    for (const [name, required] of Object.entries(objectOf(requirement))) {
      const scheme = objectOf(schemes[name]);
      const own = objectOf(scheme["x-amazon-apigateway-authorizer"]);
      if (scheme["x-amazon-apigateway-authtype"] === "awsSigv4" || name === "AWS_IAM") type = "AWS_IAM";
      else if (Object.keys(own).length > 0) {
        type = authorizerType(textOf(own.type) ?? "");
        authorizer = name;
        scopes = listOf(required).flatMap((scope) => textOf(scope) ?? []);
      } else if (scheme.type === "apiKey" && textOf(scheme.name)?.toLowerCase() === "x-api-key") isApiKeyRequired = true;
    }
  }
  return { type, ...(authorizer !== undefined && { authorizer }), scopes, isApiKeyRequired };
}

function authorizerType(type: string): string {
  if (type === "jwt") return "JWT";
  return type === "cognito_user_pools" ? "COGNITO_USER_POOLS" : "CUSTOM";
}

/** Follows `{"$ref": "#/components/…"}` inside the document. */
function resolved(document: JsonObject, value: Json | undefined): Json | undefined {
  if (!isJsonObject(value) || typeof value.$ref !== "string" || !value.$ref.startsWith("#/")) return value;
  let found: Json | undefined = document;
  for (const segment of value.$ref.slice(2).split("/")) found = objectOf(found)[segment.replaceAll("~1", "/").replaceAll("~0", "~")];
  return found;
}
