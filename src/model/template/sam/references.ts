// References to what SAM makes: `Ref: Function.Alias`, `GetAtt: Function.Alias.Arn`, a layer under its new logical ID.
import type { Json, JsonObject } from "../../json.ts";
import { put } from "../value.ts";

/** `referable` has new logical IDs by `Id` and by `Id.Name`. Parts that name none of them are not copied. */
export function withReferences(value: Json, referable: ReadonlyMap<string, string>): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    let list: Json[] | undefined;
    for (const [index, item] of value.entries()) {
      const changed = withReferences(item, referable);
      if (changed !== item) (list ??= [...value])[index] = changed;
    }
    return list ?? value;
  }
  let result: JsonObject | undefined;
  for (const key in value) {
    const item = value[key] ?? null;
    if (key === "Ref" || key === "Fn::GetAtt" || key === "Fn::Sub") {
      const call = calledWith(value, referable);
      if (call !== undefined) return call;
    }
    const isNames = key === "DependsOn" && (typeof item === "string" || Array.isArray(item));
    const changed = isNames ? renamedIds(item, referable) : withReferences(item, referable);
    if (changed !== item) put((result ??= { ...value }), key, changed);
  }
  return result ?? value;
}

/** Ref, GetAtt and Sub with the new names; undefined: it is none of them, or what it names keeps its name. */
function calledWith(value: JsonObject, referable: ReadonlyMap<string, string>): JsonObject | undefined {
  const { Ref: name, "Fn::GetAtt": attribute, "Fn::Sub": text } = value;
  if (Object.keys(value).length !== 1) return undefined;
  if (typeof name === "string") {
    const renamed = referable.get(name);
    return renamed === undefined ? undefined : { Ref: renamed };
  }
  if (Array.isArray(attribute) && attribute.every((part) => typeof part === "string")) {
    const renamed = renamedAttribute(attribute, referable);
    return renamed === undefined ? undefined : { "Fn::GetAtt": renamed };
  }
  if (typeof text === "string") {
    const renamed = renamedText(text, referable);
    return renamed === text ? undefined : { "Fn::Sub": renamed };
  }
  if (Array.isArray(text) && typeof text[0] === "string")
    return { "Fn::Sub": [renamedText(text[0], referable), ...text.slice(1).map((item) => withReferences(item, referable))] };
  return undefined;
}

function renamedAttribute(attribute: readonly string[], referable: ReadonlyMap<string, string>): Json | undefined {
  const parts = attribute.join(".").split(".");
  const [id = "", name = "", ...rest] = parts;
  const whole = referable.get(id);
  if (whole !== undefined) return [whole, name, ...rest];
  const found = attribute.length < 2 ? undefined : referable.get(`${id}.${name}`);
  return found === undefined ? undefined : [found, ...rest];
}

function renamedIds(names: Json, referable: ReadonlyMap<string, string>): Json {
  if (Array.isArray(names)) return names.map((name) => renamedIds(name, referable));
  return typeof names === "string" ? (referable.get(names) ?? names) : names;
}

function renamedText(text: string, referable: ReadonlyMap<string, string>): string {
  if (!text.includes("${")) return text;
  return text.replace(/\$\{([A-Za-z0-9]+)((?:\.[A-Za-z0-9.]+)?)\}/g, (written, id: string, rest: string) => {
    const [, name = "", ...others] = rest.split(".");
    const found = referable.get(`${id}.${name}`);
    if (found !== undefined) return `\${${[found, ...others].join(".")}}`;
    const whole = referable.get(id);
    return whole === undefined ? written : `\${${whole}${rest}}`;
  });
}
