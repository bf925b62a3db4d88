// Reading and changing the paths of an API's OpenAPI or Swagger document, through `Fn::If` at any level.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { put } from "../value.ts";
import { ifOf, isNoValue, mapOf, ref, sub } from "./json.ts";

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

/** Whether a document can be worked on: it says its version and has paths. */
export function isDefinition(definition: Json | undefined): definition is JsonObject {
  return (
    isJsonObject(definition) &&
    (definition.swagger !== undefined || definition.openapi !== undefined) &&
    (isJsonObject(definition.paths) || definition.paths === null)
  );
}

export function addPath(definition: JsonObject, path: string, method: string): readonly JsonObject[] {
  const paths = pathsOf(definition);
  if (!isJsonObject(paths[path])) put(paths, path, {});
  const items = alternatives(paths[path]);
  for (const item of items) item[methodKey(method)] ??= {};
  return items;
}

export function methodsAt(definition: JsonObject, path: string, method: string): readonly JsonObject[] {
  return alternatives(pathsOf(definition)[path]).flatMap((item) => alternatives(item[methodKey(method)]));
}

export function hasIntegration(definition: JsonObject, path: string, method: string): boolean {
  return methodsAt(definition, path, method).some((each) => each[integrationKey] !== undefined);
}

/** Every method of a path that is one: parameters and other extensions are left out. */
export function methodsOf(item: JsonObject): readonly (readonly [name: string, definition: Json])[] {
  return Object.entries(item).flatMap(([name, value]) =>
    name === "parameters" || (name.startsWith("x-amazon-") && name !== anyMethod) ? [] : [[name, value] as const],
  );
}

/** Puts an integration into a path and method that has none yet. */
export function addIntegration(
  definition: JsonObject,
  path: string,
  method: string,
  integration: JsonObject,
  condition: string | undefined,
  extra: JsonObject = {},
): void {
  const key = methodKey(method);
  for (const item of addPath(definition, path, method)) {
    const present = mapOf(item[key]);
    const own: JsonObject = { ...present, [integrationKey]: integration, ...extra, responses: present.responses ?? {} };
    item[key] = condition === undefined ? own : { "Fn::If": [condition, own, ref("AWS::NoValue")] };
  }
}

/** URI by which API Gateway invokes a function or alias. */
export function invocationUri(partition: string, target: { readonly logicalId: string; readonly isAlias: boolean }): JsonObject {
  const arn = target.isAlias ? `\${${target.logicalId}}` : `\${${target.logicalId}.Arn}`;
  return sub(`arn:${partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${arn}/invocations`);
}

export function conditional(condition: string | undefined, value: Json): Json {
  return condition === undefined ? value : { "Fn::If": [condition, value, ref("AWS::NoValue")] };
}

/** `/a/{id}/{rest+}/` as it stands in the ARN of a permission: the parts in braces are wildcards. */
export function permissionPath(path: string, greedy: RegExp): string {
  return path.replace(/^(.+)\/$/, "$1").replace(greedy, "*");
}
