import type { Json } from "../json.ts";
import { nameInArn } from "./names.ts";
import { mentionedIds } from "./references.ts";
import type { TemplateView } from "./view.ts";

/** Property by which a type that is not drawn names the resource it belongs to. Log groups: see the view. */
const ownerProperty: Readonly<Record<string, string>> = {
  "AWS::Lambda::Url": "TargetFunctionArn",
  "AWS::Lambda::Version": "FunctionName",
  "AWS::Lambda::Alias": "FunctionName",
  "AWS::ApiGateway::Stage": "RestApiId",
  "AWS::ApiGateway::Deployment": "RestApiId",
  "AWS::ApiGateway::Resource": "RestApiId",
  "AWS::ApiGatewayV2::Stage": "ApiId",
  "AWS::ApiGatewayV2::Integration": "ApiId",
  "AWS::ApiGateway::Authorizer": "RestApiId",
  "AWS::ApiGateway::Method": "RestApiId",
  "AWS::ApiGatewayV2::Route": "ApiId",
  "AWS::ApiGatewayV2::Authorizer": "ApiId",
  "AWS::AppSync::DataSource": "ApiId",
  "AWS::Cognito::UserPoolGroup": "UserPoolId",
  "AWS::Logs::LogStream": "LogGroupName",
  "AWS::Cognito::UserPoolClient": "UserPoolId",
  "AWS::Cognito::UserPoolDomain": "UserPoolId",
};

/**
 * The drawn resource that a name, ARN, URL or host in the template stands for: itself, or what a version, alias, URL,
 * stage or client of it belongs to, or what SAM makes its `<Function>Url` or `<Function>Alias…` from. Names and ARNs may also be
 * written out, where a resource of the template is given that very name.
 */
export function drawnBehind(view: TemplateView, value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return writtenOut(view, value);
  for (const id of mentionedIds(value)) {
    const drawn = drawnOwner(view, id, 0);
    if (drawn !== undefined) return drawn;
  }
  return Array.isArray(value) ? firstWrittenOut(view, value) : undefined;
}

/** As drawnBehind, where the bare name of one service's resource may stand: `FunctionName: orders`. */
export function drawnNamed(view: TemplateView, service: string, value: Json | undefined): string | undefined {
  const drawn = drawnBehind(view, value);
  if (drawn !== undefined || typeof value !== "string") return drawn;
  const named = view.named(service, value);
  return named === undefined ? undefined : drawnOwner(view, named, 0);
}

/** Every drawn resource that a value stands for. */
export function allDrawnBehind(view: TemplateView, value: Json | undefined): string[] {
  const drawn = mentionedIds(value).map((id) => drawnOwner(view, id, 0));
  if (typeof value === "string") drawn.push(writtenOut(view, value));
  return [...new Set(drawn.filter((id) => id !== undefined))];
}

function writtenOut(view: TemplateView, text: string): string | undefined {
  const found = nameInArn(text);
  const id = found && view.named(found.service, found.name);
  return id === undefined ? undefined : drawnOwner(view, id, 0);
}

function firstWrittenOut(view: TemplateView, values: readonly Json[]): string | undefined {
  for (const value of values) {
    const drawn = typeof value === "string" ? writtenOut(view, value) : undefined;
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

export function drawnOwner(view: TemplateView, id: string, depth = 0): string | undefined {
  if (depth > 4) return undefined;
  const resource = view.resources.get(id);
  if (!resource) return view.ids.has(id) ? id : samOwner(view, id);
  if (!view.isFolded(resource)) return id;
  if (resource.type === "AWS::Logs::LogGroup") return view.logOwner(id);
  const property = ownerProperty[resource.type];
  if (property === undefined) return undefined;
  for (const mentioned of mentionedIds(resource.properties[property])) {
    const owner = drawnOwner(view, mentioned, depth + 1);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** `OrdersUrl`, `OrdersAliaslive`, `Orders.Alias`, `OrdersApiProdStage` */
function samOwner(view: TemplateView, id: string): string | undefined {
  const dot = id.indexOf(".");
  const base = dot > 0 ? id.slice(0, dot) : /^(.+?)(Url|Alias\w*|Version\w*)$/.exec(id)?.[1];
  const owner = base === undefined ? undefined : view.resources.get(base);
  if (owner?.type === "AWS::Serverless::Function" || (dot > 0 && owner?.type.startsWith("AWS::Serverless::"))) return owner.id;
  return id.endsWith("Stage") ? [...view.resources.values()].find((each) => isSamApi(each.type) && id.startsWith(each.id))?.id : undefined;
}

function isSamApi(type: string): boolean {
  return type === "AWS::Serverless::Api" || type === "AWS::Serverless::HttpApi" || type === "AWS::Serverless::WebSocketApi";
}
