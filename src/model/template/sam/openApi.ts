// Reading and changing the paths of an API's OpenAPI or Swagger document, through `Fn::If` at any level.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { put } from "../value.ts";
import { fail } from "./context.ts";
import { ifOf, isNoValue, isSet, mapOf, ref, sub } from "./json.ts";
import { words } from "../../words.ts";

export const anyMethod = "x-amazon-apigateway-any-method";
export const integrationKey = "x-amazon-apigateway-integration";

export function methodKey(method: string): string {
  const lower = method.toLowerCase();
  return lower === "any" ? anyMethod : lower;
}

/** A value, or both branches of its Fn::If. */
export function alternatives(value: Json | undefined): readonly JsonObject[] {
  const choice = ifOf(value);
  if (choice) return [choice[1], choice[2]].flatMap((each) => (isNoValue(each) ? [] : alternatives(each)));
  return isJsonObject(value) ? [value] : [];
}

export function pathsOf(definition: JsonObject): JsonObject {
  if (!isJsonObject(definition.paths)) definition.paths = {};
  return mapOf(definition.paths);
}

export function isVersion3(version: Json | undefined): boolean {
  return /^3(\.\d)(\.\d)?$/.test(String(version));
}

/** Whether SAM can work on a REST API's document: it says its version and has paths. */
export function isSwagger(definition: Json | undefined): definition is JsonObject {
  if (!isJsonObject(definition) || !isJsonObject(definition.paths)) return false;
  return isSet(definition.swagger) || (isSet(definition.openapi) && isVersion3(definition.openapi));
}

/** Whether SAM can work on an HTTP API's document. */
export function isOpenApi3(definition: Json | undefined): definition is JsonObject {
  return isJsonObject(definition) && isJsonObject(definition.paths) && isSet(definition.openapi) && isVersion3(definition.openapi);
}

/** Paths and methods are maps; anything else in their place is the user's mistake. */
export function checkPaths(definition: JsonObject): void {
  for (const [path, item] of Object.entries(pathsOf(definition))) {
    if (!isJsonObject(item) || [...branches(item)].some((branch) => !isJsonObject(branch)))
      fail(words("the path {{path}} should be a map.", { path }), "sam.document");
  }
}

function branches(value: JsonObject): readonly Json[] {
  const choice = ifOf(value);
  return choice === undefined ? [value] : [choice[1], choice[2]];
}

export function addPath(definition: JsonObject, path: string, method: string): readonly JsonObject[] {
  const paths = pathsOf(definition);
  if (paths[path] === undefined || paths[path] === null) put(paths, path, {});
  if (!isJsonObject(paths[path])) fail(words("the path {{path}} should be a map.", { path }), "sam.document");
  const items = alternatives(paths[path]);
  for (const item of items) item[methodKey(method)] ??= {};
  return items;
}

export function methodsAt(definition: JsonObject, path: string, method: string): readonly JsonObject[] {
  return alternatives(pathsOf(definition)[path]).flatMap((item) => alternatives(item[methodKey(method)]));
}

/** Those with an integration: what SAM adds to methods it adds to these. */
export function integratedMethodsAt(definition: JsonObject, path: string, method: string): readonly JsonObject[] {
  return methodsAt(definition, path, method).filter((each) => isSet(each[integrationKey]));
}

/** In every branch of the path. */
export function hasIntegration(definition: JsonObject, path: string, method: string): boolean {
  const items = alternatives(pathsOf(definition)[path]);
  const key = methodKey(method);
  return items.length > 0 && items.every((item) => alternatives(item[key]).some((each) => isSet(each[integrationKey])));
}

const notMethods = new Set(["summary", "description", "parameters"]);

/** Methods with an integration, through conditions, with their names. */
export function integratedMethods(item: Json | undefined): readonly (readonly [name: string, method: JsonObject])[] {
  return alternatives(item).flatMap((each) =>
    Object.entries(each).flatMap(([name, method]) =>
      notMethods.has(name)
        ? []
        : alternatives(method).flatMap((one) => (isSet(one[integrationKey]) ? [[methodKey(name), one] as const] : [])),
    ),
  );
}

/** Puts an integration into a path and method that has none yet. */
export function addIntegration(
  definition: JsonObject,
  place: { readonly path: string; readonly method: string },
  own: { readonly integration: JsonObject; readonly responses?: JsonObject; readonly others?: JsonObject },
  condition: Json | undefined,
): void {
  const key = methodKey(place.method);
  for (const item of addPath(definition, place.path, place.method)) {
    const present = mapOf(item[key]);
    const method: JsonObject = {
      ...present,
      [integrationKey]: { ...own.integration },
      ...own.others,
      responses: present.responses ?? { ...own.responses },
    };
    item[key] = conditional(condition, method);
  }
}

interface InvocationTarget {
  readonly logicalId: string;
  readonly isAlias: boolean;
}

/** URI by which API Gateway invokes a function or alias. */
export function invocationUri(partition: string, target: InvocationTarget, streams = false): JsonObject {
  const arn = target.isAlias ? `\${${target.logicalId}}` : `\${${target.logicalId}.Arn}`;
  const [version, action] = streams ? ["2021-11-15", "response-streaming-invocations"] : ["2015-03-31", "invocations"];
  return sub(`arn:${partition}:apigateway:\${AWS::Region}:lambda:path/${version}/functions/${arn}/${action}`);
}

export function conditional(condition: Json | undefined, value: Json): Json {
  return isSet(condition) ? { "Fn::If": [condition, value, ref("AWS::NoValue")] } : value;
}

/** `/a/{id}/{rest+}/` as it stands in the ARN of a permission: the parts in braces are wildcards. */
export function permissionPath(path: string, greedy: RegExp): string {
  return path.replace(/^(.+)\/$/, "$1").replace(greedy, "*");
}
