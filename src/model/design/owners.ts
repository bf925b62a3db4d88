import type { Json } from "../json.ts";
import { isGlue } from "./kinds.ts";
import { referencesIn } from "./references.ts";
import type { TemplateView } from "./view.ts";

/** Property by which a type that is not drawn names the resource it belongs to. */
const ownerProperty: Readonly<Record<string, string>> = {
  "AWS::Lambda::Url": "TargetFunctionArn",
  "AWS::Lambda::Version": "FunctionName",
  "AWS::Lambda::Alias": "FunctionName",
  "AWS::ApiGateway::Stage": "RestApiId",
  "AWS::ApiGateway::Deployment": "RestApiId",
  "AWS::ApiGateway::Resource": "RestApiId",
  "AWS::ApiGatewayV2::Stage": "ApiId",
  "AWS::ApiGatewayV2::Integration": "ApiId",
  "AWS::Cognito::UserPoolClient": "UserPoolId",
  "AWS::Cognito::UserPoolDomain": "UserPoolId",
};

/**
 * The drawn resource that a name, ARN, URL or host in the template stands for: itself, or what a version, alias, URL,
 * stage or client of it belongs to, or what SAM makes its `<Function>Url` or `<Function>Alias…` from.
 */
export function drawnBehind(view: TemplateView, value: Json | undefined): string | undefined {
  for (const reference of referencesIn(value)) {
    const drawn = drawnOwner(view, reference.id, 0);
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

/** Every drawn resource that a value stands for. */
export function allDrawnBehind(view: TemplateView, value: Json | undefined): string[] {
  const drawn = referencesIn(value).map((reference) => drawnOwner(view, reference.id, 0));
  return [...new Set(drawn.filter((id) => id !== undefined))];
}

function drawnOwner(view: TemplateView, id: string, depth: number): string | undefined {
  if (depth > 4) return undefined;
  const resource = view.resources.get(id);
  if (!resource) return view.ids.has(id) ? id : samOwner(view, id);
  if (!isGlue(resource.type)) return id;
  const property = ownerProperty[resource.type];
  if (property === undefined) return undefined;
  for (const reference of referencesIn(resource.properties[property])) {
    const owner = drawnOwner(view, reference.id, depth + 1);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** `OrdersUrl`, `OrdersAliaslive`, `OrdersApiProdStage` */
function samOwner(view: TemplateView, id: string): string | undefined {
  const base = /^(.+?)(Url|Alias\w*|Version\w*)$/.exec(id)?.[1];
  const owner = base === undefined ? undefined : view.resources.get(base);
  return owner?.type === "AWS::Serverless::Function" ? owner.id : undefined;
}
