// References to what SAM makes: `Ref: Function.Alias`, `GetAtt: Function.Alias.Arn`, a layer under its new logical ID.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { put } from "../value.ts";

/** `referable` has new logical IDs by `Id` and by `Id.Name`. */
export function withReferences(value: Json, referable: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, referable));
  if (!isJsonObject(value)) return value;
  if (Object.keys(value).length === 1) {
    const { Ref: name, "Fn::GetAtt": attribute, "Fn::Sub": text } = value;
    if (typeof name === "string") return { Ref: referable.get(name) ?? name };
    if (Array.isArray(attribute) && attribute.every((part) => typeof part === "string"))
      return { "Fn::GetAtt": renamedAttribute(attribute, referable) };
    if (typeof text === "string") return { "Fn::Sub": renamedText(text, referable) };
    if (Array.isArray(text) && typeof text[0] === "string")
      return { "Fn::Sub": [renamedText(text[0], referable), ...text.slice(1).map((item) => withReferences(item, referable))] };
  }
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const isNames = key === "DependsOn" && (typeof item === "string" || Array.isArray(item));
    put(result, key, isNames ? renamedIds(item, referable) : withReferences(item, referable));
  }
  return result;
}

function renamedAttribute(attribute: readonly string[], referable: ReadonlyMap<string, string>): Json {
  const parts = attribute.join(".").split(".");
  const [id = "", name = "", ...rest] = parts;
  const whole = referable.get(id);
  if (whole !== undefined) return [whole, name, ...rest];
  const found = attribute.length < 2 ? undefined : referable.get(`${id}.${name}`);
  return found === undefined ? [...attribute] : [found, ...rest];
}

function renamedIds(names: Json, referable: ReadonlyMap<string, string>): Json {
  if (Array.isArray(names)) return names.map((name) => renamedIds(name, referable));
  return typeof names === "string" ? (referable.get(names) ?? names) : names;
}

function renamedText(text: string, referable: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([A-Za-z0-9]+)((?:\.[A-Za-z0-9.]+)?)\}/g, (written, id: string, rest: string) => {
    const [, name = "", ...others] = rest.split(".");
    const found = referable.get(`${id}.${name}`);
    if (found !== undefined) return `\${${[found, ...others].join(".")}}`;
    const whole = referable.get(id);
    return whole === undefined ? written : `\${${whole}${rest}}`;
  });
}
