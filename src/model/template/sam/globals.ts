// Merges the Globals section into the resources it names: maps key by key, lists one after the other, the resource's own
// values over the global ones.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { entryOf, isIntrinsic, mapOf } from "./json.ts";

/** Section of Globals by resource type. */
const sections: Readonly<Record<string, string>> = {
  "AWS::Serverless::Function": "Function",
  "AWS::Serverless::Api": "Api",
  "AWS::Serverless::HttpApi": "HttpApi",
  "AWS::Serverless::SimpleTable": "SimpleTable",
  "AWS::Serverless::StateMachine": "StateMachine",
  "AWS::Serverless::LayerVersion": "LayerVersion",
  "AWS::Serverless::CapacityProvider": "CapacityProvider",
  "AWS::Serverless::WebSocketApi": "WebSocketApi",
};

export function mergeGlobals(resource: JsonObject, globals: JsonObject): JsonObject {
  const section = entryOf(sections, resource.Type);
  const { IgnoreGlobals: ignored, ...rest } = resource;
  if (section === undefined) return resource;
  const all = mapOf(globals[section]);
  if (ignored === "*") return rest;
  const names = Array.isArray(ignored) ? ignored : [];
  const wanted = Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
  const merged = Object.keys(wanted).length === 0 ? (rest.Properties ?? {}) : mergeValues(wanted, rest.Properties ?? {});
  return { ...rest, Properties: merged };
}

function mergeValues(global: Json, local: Json): Json {
  if (Array.isArray(global) && Array.isArray(local)) return [...global, ...local];
  if (isJsonObject(global) && isJsonObject(local) && !isIntrinsic(global) && !isIntrinsic(local)) {
    const result: JsonObject = { ...global };
    for (const [key, value] of Object.entries(local)) {
      const base = Object.hasOwn(global, key) ? global[key] : undefined;
      result[key] = base === undefined ? value : mergeValues(base, value);
    }
    return result;
  }
  return local;
}
