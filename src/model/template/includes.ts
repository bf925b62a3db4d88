// `Fn::Transform` with AWS::Include: a file beside the template takes the place of the call. CloudFormation does this before any
// other transform. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { resolveValue } from "./resolve.ts";
import type { ResolveFinding, Scope } from "./resolve.ts";
import { put } from "./value.ts";
import { said, words } from "../words.ts";

const name = "AWS::Include";

export interface IncludeState {
  readonly scope: Scope;
  readonly findings: ResolveFinding[];
  /** A YAML or JSON file by its path as written; undefined: there is none. */
  readonly readDocument: (path: string) => Json | undefined;
}

/** The template with its files put in; what lies on S3 cannot be read here and stays as it is written. */
export function withIncludes(template: JsonObject, state: IncludeState): JsonObject {
  const { Transform: transform } = template;
  const listed = Array.isArray(transform) ? transform : transform === undefined ? [] : [transform];
  let result = include(template, [], state);
  const kept: Json[] = [];
  for (const [index, each] of listed.entries()) {
    const path = Array.isArray(transform) ? ["Transform", index] : ["Transform"];
    const found = isInclude(each) ? contentOf(each, path, state) : undefined;
    if (isJsonObject(found)) result = merged(found, result);
    else kept.push(each);
  }
  if (kept.length === listed.length) return mapOf(result);
  const { Transform: _, ...rest } = mapOf(result);
  return kept.length === 0 ? rest : { ...rest, Transform: kept };
}

function include(value: Json, path: TemplatePath, state: IncludeState): Json {
  if (Array.isArray(value)) return value.map((item, index) => include(item, [...path, index], state));
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) if (key !== "Fn::Transform") put(result, key, include(item, [...path, key], state));
  const call = value["Fn::Transform"];
  if (call === undefined) return result;
  const found = isInclude(call) ? contentOf(call, [...path, "Fn::Transform"], state) : undefined;
  if (found === undefined) return { ...result, "Fn::Transform": call };
  if (Object.keys(result).length === 0) return found;
  // Keys beside the call win, as they stand in the template itself.
  return isJsonObject(found) ? { ...found, ...result } : result;
}

function contentOf(call: JsonObject, path: TemplatePath, state: IncludeState): Json | undefined {
  const where = [...path, "Parameters", "Location"];
  const { value: location, findings } = resolveValue(mapOf(call.Parameters).Location ?? null, state.scope, where);
  state.findings.push(...findings);
  if (typeof location !== "string") {
    if (findings.length === 0)
      state.findings.push({
        rule: "template.include",
        ...said(words("{{name}} takes the parameter Location: a file beside the template.", { name })),
        path,
      });
    return undefined;
  }
  if (/^(s3|https?):\/\//.test(location)) return undefined;
  const document = state.readDocument(location);
  if (document !== undefined) return document;
  state.findings.push({
    rule: "template.include",
    ...said(
      words("{{location}} is not in the project's folder, or is neither YAML nor JSON. Put the file there, or change the Location.", {
        location,
      }),
    ),
    path: where,
  });
  return undefined;
}

function isInclude(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && value.Name === name;
}

/** Sections are joined; what the template says itself wins. */
function merged(below: JsonObject, above: Json): JsonObject {
  const result: JsonObject = { ...below };
  for (const [key, value] of Object.entries(mapOf(above))) {
    const other = result[key];
    put(result, key, isJsonObject(other) && isJsonObject(value) ? { ...other, ...value } : value);
  }
  return result;
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
