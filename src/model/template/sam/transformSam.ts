// AWS::Serverless::* into CloudFormation, as AWS's own transform does it: the same resources under the same logical IDs,
// intrinsics kept. https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { expandTemplate } from "../expand.ts";
import { put } from "../value.ts";
import { SamError, samResource } from "./context.ts";
import type { SamContext, SamFinding, SamOptions, SamResource } from "./context.ts";
import { transformFunction } from "./function.ts";
import { mergeGlobals } from "./globals.ts";
import { transformHttpApi } from "./httpApi.ts";
import { addDefinitions, addEventPaths, addImplicitApis } from "./implicitApis.ts";
import { entryOf, mapOf } from "./json.ts";
import { transformLayerVersion } from "./layerVersion.ts";
import { transformRestApi } from "./restApi.ts";
import { transformSimpleTable } from "./simpleTable.ts";
import { transformStateMachine } from "./stateMachine.ts";

interface SamResult {
  readonly template: JsonObject;
  /** Logical ID in the design by logical ID in the result: `OrdersApi` for `OrdersApiApiGatewayDefaultStage`. */
  readonly sources: Readonly<Record<string, string>>;
  readonly findings: readonly SamFinding[];
}

const transforms: Readonly<Record<string, (context: SamContext, resource: SamResource) => void>> = {
  "AWS::Serverless::Function": transformFunction,
  "AWS::Serverless::SimpleTable": transformSimpleTable,
  "AWS::Serverless::Api": transformRestApi,
  "AWS::Serverless::HttpApi": transformHttpApi,
  "AWS::Serverless::LayerVersion": transformLayerVersion,
  "AWS::Serverless::StateMachine": transformStateMachine,
};

/** Functions first, because their events add to APIs, buckets and user pools. */
const firstTypes = ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"];

export function transformSam(written: JsonObject, options: SamOptions): SamResult {
  const { template, findings } = expandTemplate(written, options);
  const resources = structuredClone(mapOf(template.Resources));
  const context: SamContext = {
    options,
    partition: options.region.startsWith("cn-") ? "aws-cn" : options.region.startsWith("us-gov-") ? "aws-us-gov" : "aws",
    resources,
    conditions: structuredClone(mapOf(template.Conditions)),
    output: {},
    sources: {},
    findings: findings.map((finding) => ({ ...finding, severity: "error" })),
    managedApis: new Set(),
    parameters: parameterValues(template, options),
    referable: new Map(),
    shared: { usagePlanApis: [], recordSets: new Map() },
    writtenDefinitions: new Map(),
  };
  addImplicitApis(context);
  const globals = mapOf(template.Globals);
  for (const [id, resource] of Object.entries(resources)) if (isJsonObject(resource)) resources[id] = mergeGlobals(resource, globals);
  addDefinitions(context);
  addEventPaths(context);

  const entries = Object.entries(resources);
  const isFirst = ([, resource]: [string, Json]): boolean => firstTypes.includes(String(mapOf(resource).Type));
  for (const [id] of [...entries.filter(isFirst), ...entries.filter((entry) => !isFirst(entry))]) transformResource(context, id);

  const { Transform: transform, Globals: _globals, ...rest } = template;
  const result: JsonObject = { ...rest };
  const others = remainingTransforms(transform);
  if (others !== undefined) result.Transform = others;
  if (Object.keys(context.conditions).length > 0 || template.Conditions !== undefined) result.Conditions = context.conditions;
  result.Resources = context.output;
  const renamed = context.referable.size > 0 ? withReferences(result, context.referable) : result;
  return { template: mapOf(renamed), sources: context.sources, findings: context.findings };
}

function transformResource(context: SamContext, id: string): void {
  const resource = context.resources[id];
  const transform = isJsonObject(resource) ? entryOf(transforms, resource.Type) : undefined;
  if (!isJsonObject(resource) || transform === undefined) {
    put(context.output, id, resource ?? null);
    context.sources[id] = id;
    return;
  }
  try {
    transform(context, samResource(id, resource));
  } catch (error) {
    if (!(error instanceof SamError)) throw error;
    context.findings.push({ rule: error.rule, severity: "error", message: `${id}: ${error.message}`, path: ["Resources", id] });
  }
}

function parameterValues(template: JsonObject, options: SamOptions): ReadonlyMap<string, Json> {
  const values = new Map<string, Json>();
  for (const [name, declaration] of Object.entries(mapOf(template.Parameters))) {
    const given = options.parameters && Object.hasOwn(options.parameters, name) ? options.parameters[name] : mapOf(declaration).Default;
    if (given !== undefined) values.set(name, given);
  }
  values.set("AWS::Region", options.region);
  return values;
}

function remainingTransforms(transform: Json | undefined): Json | undefined {
  const isSam = (each: Json | undefined): boolean => typeof each === "string" && each.startsWith("AWS::Serverless-");
  if (Array.isArray(transform)) {
    const others = transform.filter((each) => !isSam(each));
    return others.length > 0 ? others : undefined;
  }
  return isSam(transform) ? undefined : transform;
}

/** `Ref: Function.Alias` and `GetAtt Function.Alias.Arn` name what SAM made. */
function withReferences(value: Json, referable: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, referable));
  if (!isJsonObject(value)) return value;
  const { Ref: name, "Fn::GetAtt": attribute, "Fn::Sub": text } = value;
  if (Object.keys(value).length === 1) {
    if (typeof name === "string" && referable.has(name)) return { Ref: referable.get(name) ?? name };
    if (Array.isArray(attribute) && typeof attribute[0] === "string" && typeof attribute[1] === "string") {
      const [property, ...rest] = attribute[1].split(".");
      const found = rest.length > 0 ? referable.get(`${attribute[0]}.${property}`) : undefined;
      const whole = referable.get(attribute[0]);
      if (found !== undefined) return { "Fn::GetAtt": [found, rest.join(".")] };
      if (whole !== undefined) return { "Fn::GetAtt": [whole, attribute[1]] };
    }
    if (typeof text === "string") return { "Fn::Sub": withSubReferences(text, referable) };
    if (Array.isArray(text) && typeof text[0] === "string") {
      return { "Fn::Sub": [withSubReferences(text[0], referable), ...text.slice(1).map((item) => withReferences(item, referable))] };
    }
  }
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const isNames = key === "DependsOn" && (typeof item === "string" || Array.isArray(item));
    put(result, key, isNames ? renamedIds(item, referable) : withReferences(item, referable));
  }
  return result;
}

function renamedIds(names: Json, referable: ReadonlyMap<string, string>): Json {
  if (Array.isArray(names)) return names.map((name) => renamedIds(name, referable));
  return typeof names === "string" ? (referable.get(names) ?? names) : names;
}

function withSubReferences(text: string, referable: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([A-Za-z0-9]+)((?:\.[A-Za-z0-9.]+)?)\}/g, (whole, name: string, rest: string) => {
    const [, property = "", ...others] = rest.split(".");
    const found = referable.get(`${name}.${property}`);
    if (found !== undefined) return `\${${[found, ...others].join(".")}}`;
    const layer = referable.get(name);
    return layer === undefined ? whole : `\${${layer}${rest}}`;
  });
}
