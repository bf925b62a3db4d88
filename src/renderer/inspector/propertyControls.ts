// Reading and writing one property of a resource, whatever control shows it.
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { DesignResource } from "../../model/design/design.ts";
import type { PropertyControl } from "../../model/service.ts";
import { changeDesign } from "../app/stores/design.ts";
import { t } from "../app/texts/texts.ts";

/** Controls that take the whole width under a heading of their own. */
export function isWide(control: PropertyControl): boolean {
  return ["environment", "policies", "keySchema", "tags", "json", "code"].includes(control.type);
}

/** A value below an object by its dotted path; list indexes are numbers. */
export function valueAt(properties: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = properties;
  for (const part of path.split(".")) {
    if (isJsonObject(value)) value = value[part];
    else if (Array.isArray(value)) value = value[Number(part)];
    else return undefined;
  }
  return value;
}

/** undefined takes the property away, so that AWS's default holds again. */
export function setProperty(resource: DesignResource, path: string, value: Json | undefined): boolean {
  // the history names the property, not a place in its list
  const name = path.split(".").findLast((part) => !/^\d+$/.test(part));
  return changeDesign(t("Change {{value}} of {{id}}", { value: name, id: resource.id }), {
    type: "setProperty",
    id: resource.id,
    path: `Properties.${path}`,
    ...(value === undefined ? {} : { value }),
  });
}

export function isIntrinsic(value: Json | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === "Ref" || keys[0] === "Condition" || keys[0]?.startsWith("Fn::") === true);
}

/** `!Ref Orders`, `!GetAtt Queue.Arn`, `!Sub "…"`: as a person would write it. */
export function intrinsicText(value: JsonObject): string {
  const [[name, argument] = ["", null]] = Object.entries(value);
  const short = `!${name.replace(/^Fn::/, "")}`;
  if (name === "Fn::GetAtt" && Array.isArray(argument)) return `${short} ${argument.join(".")}`;
  if (typeof argument === "string") return name === "Fn::Sub" ? `${short} "${argument}"` : `${short} ${argument}`;
  return `${short} ${JSON.stringify(argument)}`;
}

/** Logical IDs that an intrinsic names, for a click to go there. */
export function mentionedIn(value: Json): string | null {
  if (!isJsonObject(value)) return null;
  const { Ref: ref, "Fn::GetAtt": attribute, "Fn::Sub": text } = value;
  if (typeof ref === "string") return ref;
  if (typeof attribute === "string") return attribute.split(".")[0] ?? null;
  if (Array.isArray(attribute) && typeof attribute[0] === "string") return attribute[0];
  if (typeof text === "string") return /\$\{([A-Za-z0-9]+)[.}]/.exec(text)?.[1] ?? null;
  return null;
}

const shortForms = "Ref|GetAtt|Sub|ImportValue|Join|If|Select|Split|FindInMap|Base64|Cidr|GetAZs";

/** What was typed, as a value: `!Ref X`, `!GetAtt X.Arn`, `!Sub "…"`, `!Join ["-", ["a", "b"]]` become intrinsics, the rest stays text. */
export function parseTyped(text: string): Json {
  const match = new RegExp(`^!(${shortForms})\\s+(.+)$`, "s").exec(text.trim());
  if (match === null) return text;
  const [, name, argument = ""] = match;
  if (argument.startsWith("[")) {
    const list = readJson(argument);
    return list === undefined ? text : { [`Fn::${name}`]: list };
  }
  const bare = argument.trim().replace(/^"(.*)"$/s, "$1");
  if (name === "Ref") return { Ref: bare };
  if (name === "GetAtt") return { "Fn::GetAtt": [bare.slice(0, bare.indexOf(".")), bare.slice(bare.indexOf(".") + 1)] };
  return { [`Fn::${name}`]: bare };
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (isIntrinsic(value)) return intrinsicText(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
