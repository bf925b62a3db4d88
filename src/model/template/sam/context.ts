// What the parts of the SAM transform share while one template is turned into CloudFormation.
import type { TemplatePath } from "../../design/design.ts";
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { put } from "../value.ts";
import { isSet } from "./json.ts";
import { type Words, WordsError, type WordsValue, inRow, said, words } from "../../words.ts";

export interface SamOptions {
  readonly region: string;
  /** Values for parameters; defaults of the template fill the rest. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * `keep`: a local CodeUri becomes `Code: { ContrailLocalPath }`, for running here. `reject`: it is a problem, as it is
   * for AWS's own transform, which sees a template only after `sam package` has put the code on S3.
   */
  readonly localCode: "keep" | "reject";
  /** Reads an OpenAPI document (YAML or JSON, short intrinsics in long form) by its path as written; undefined: there is none. */
  readDocument?(path: string): Json | undefined;
}

export interface SamFinding {
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly words: Words;
  readonly path: TemplatePath;
}

/** Mutable while the transform runs; nothing of it outlives the run. */
export interface SamContext {
  readonly options: SamOptions;
  readonly partition: string;
  /** The template's resources with globals merged and implicit APIs added: own copies, changed by events. */
  readonly resources: JsonObject;
  readonly conditions: JsonObject;
  /** CloudFormation resources made so far. */
  readonly output: JsonObject;
  readonly sources: Record<string, string>;
  readonly findings: SamFinding[];
  /** APIs whose OpenAPI document SAM writes, as opposed to the user. */
  readonly managedApis: Set<string>;
  /** Values of parameters, and pseudo parameters that are known before deploying. */
  readonly parameters: ReadonlyMap<string, Json>;
  /** Resources that `Ref: Function.Alias` and the like stand for: key `Function.Alias`. */
  readonly referable: Map<string, string>;
  /** Resource that a connector is written in, by the connector's logical ID. */
  readonly owners: Map<string, string>;
  /** The template's mappings. */
  readonly mappings: JsonObject;
  /** CloudFormation resources that the resource at hand has turned into so far, in their order. */
  made: { readonly id: string; readonly type: string }[];
  /** What APIs share: one usage plan, DNS record sets by hosted zone; and functions. */
  readonly shared: {
    readonly usagePlanApis: SharedPlanApi[];
    readonly recordSets: Map<string, readonly Json[]>;
    /** What was made for a destination in Globals, by its value there: the other functions use it too. */
    readonly destinations: Map<Json, Json>;
  };
  /** Functions whose alias CodeDeploy moves. */
  readonly deployments: Deployment[];
}

interface SharedPlanApi {
  readonly apiId: string;
  readonly stageId: string;
  readonly attributes: JsonObject;
}

/** DeploymentPreference of a function, read. */
export interface Deployment {
  readonly functionId: string;
  readonly given: JsonObject;
  readonly condition: string | undefined;
  /** Tags to hand on. */
  readonly tags: JsonObject;
}

/** Thrown inside the transform of one resource and caught at its door: that resource is left out, the others go on. */
export class SamError extends WordsError {
  readonly rule: string;
  constructor(what: Words, rule = "sam.invalid") {
    super(what);
    this.rule = rule;
  }
}

export interface SamResource {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** Condition, DeletionPolicy and UpdateReplacePolicy: handed on to everything the resource turns into. */
  readonly passedOn: JsonObject;
  /** Those and the attributes that only the main resource keeps. */
  readonly attributes: JsonObject;
  readonly dependsOn: Json | undefined;
}

export function samResource(id: string, resource: JsonObject): SamResource {
  const pick = (names: readonly string[]): JsonObject =>
    Object.fromEntries(names.flatMap((name) => (resource[name] === undefined ? [] : [[name, resource[name]]])));
  const properties = resource.Properties;
  return {
    id,
    type: String(resource.Type),
    properties: isJsonObject(properties) ? properties : {},
    passedOn: pick(["Condition", "DeletionPolicy", "UpdateReplacePolicy"]),
    attributes: pick(["Condition", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "Metadata"]),
    dependsOn: resource.DependsOn,
  };
}

/** Types that may stand where a SAM resource stood, or where a resource stands that an event adds to. */
const successors: Readonly<Record<string, readonly string[]>> = {
  "AWS::Lambda::Function": ["AWS::Serverless::Function"],
  "AWS::Lambda::LayerVersion": ["AWS::Serverless::LayerVersion"],
  "AWS::Lambda::CapacityProvider": ["AWS::Serverless::CapacityProvider"],
  "AWS::ApiGateway::RestApi": ["AWS::Serverless::Api"],
  "AWS::ApiGatewayV2::Api": ["AWS::Serverless::HttpApi", "AWS::Serverless::WebSocketApi"],
  "AWS::DynamoDB::Table": ["AWS::Serverless::SimpleTable"],
  "AWS::CloudFormation::Stack": ["AWS::Serverless::Application"],
  "AWS::StepFunctions::StateMachine": ["AWS::Serverless::StateMachine"],
  "AWS::ApiGateway::DomainName": ["AWS::ApiGateway::DomainName"],
  "AWS::ApiGateway::BasePathMapping": ["AWS::ApiGateway::BasePathMapping"],
  "AWS::ApiGateway::DomainNameV2": ["AWS::ApiGateway::DomainNameV2"],
  "AWS::ApiGateway::BasePathMappingV2": ["AWS::ApiGateway::BasePathMappingV2"],
};

/** Adds a CloudFormation resource that `source` turned into; absent properties are left out. */
export function emit(
  context: SamContext,
  source: string,
  id: string,
  type: string,
  properties: Record<string, Json | undefined>,
  attributes: JsonObject = {},
): void {
  const present: JsonObject = {};
  for (const [name, value] of Object.entries(properties)) if (value !== undefined && value !== null) put(present, name, value);
  const there = Object.hasOwn(context.resources, id) ? context.resources[id] : undefined;
  if (isJsonObject(there) && !(successors[type] ?? []).includes(String(there.Type))) {
    fail(
      words("it also turns into {{id}}, of type {{type}}, and the template has a resource of that name already.", { id, type }),
      "sam.name-taken",
    );
  }
  put(context.output, id, { Type: type, ...attributes, Properties: present });
  context.sources[id] = source;
  context.made.push({ id, type });
}

/** Attributes of the resource that a SAM resource turns into, as opposed to those beside it. */
export function mainAttributes(resource: SamResource): JsonObject {
  const { dependsOn } = resource;
  return isSet(dependsOn) ? { ...resource.attributes, DependsOn: dependsOn } : resource.attributes;
}

export function fail(what: Words, rule?: string): never {
  throw new SamError(what, rule);
}

/** Puts in the values of parameters, as far as they are known: in Ref and in Sub, at any depth. */
export function resolveParameters(context: SamContext, value: Json): Json {
  return replaceParameters(value, context.parameters);
}

/** As AWS's transform leaves a value that it looked into: a Ref stays, what lies deeper is filled in. */
export function resolveInside(context: SamContext, value: Json): Json {
  return isJsonObject(value) && Object.keys(value).length === 1 && typeof value.Ref === "string"
    ? value
    : resolveParameters(context, value);
}

/** Runs one part; what is wrong in it becomes a finding, and the others go on. */
export function guarded(context: SamContext, place: { readonly path: TemplatePath; readonly who: WordsValue }, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof SamError)) throw error;
    context.findings.push({ rule: error.rule, severity: "error", ...said(inRow([place.who, error.words], ": ")), path: place.path });
  }
}

/** Values of parameters, and of mappings by keys that are written out. */
export function resolveParametersAndMappings(context: SamContext, value: Json): Json {
  return replaceMapped(resolveParameters(context, value), context.mappings);
}

function replaceMapped(value: Json, mappings: JsonObject): Json {
  if (Array.isArray(value)) return value.map((item) => replaceMapped(item, mappings));
  if (!isJsonObject(value)) return value;
  const keys = value["Fn::FindInMap"];
  if (Array.isArray(keys) && keys.length === 3 && Object.keys(value).length === 1) {
    let found: Json | undefined = mappings;
    for (const key of keys) found = isJsonObject(found) && typeof key === "string" && Object.hasOwn(found, key) ? found[key] : undefined;
    if (found !== undefined) return found;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceMapped(item, mappings)]));
}

function replaceParameters(value: Json, parameters: ReadonlyMap<string, Json>): Json {
  if (Array.isArray(value)) return value.map((item) => replaceParameters(item, parameters));
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value);
  if (keys.length === 1) {
    const { Ref: name, "Fn::Sub": text } = value;
    if (typeof name === "string" && parameters.has(name)) return parameters.get(name) ?? null;
    if (typeof text === "string") return { "Fn::Sub": fillIn(text, parameters) };
    if (Array.isArray(text) && typeof text[0] === "string") {
      return { "Fn::Sub": [fillIn(text[0], parameters), ...text.slice(1).map((item) => replaceParameters(item, parameters))] };
    }
  }
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) put(result, key, replaceParameters(item, parameters));
  return result;
}

function fillIn(text: string, parameters: ReadonlyMap<string, Json>): string {
  return text.replace(/\$\{([A-Za-z0-9:]+)\}/g, (whole, name: string) => {
    const value = parameters.get(name);
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : whole;
  });
}
