import { isValues, type PropertyType, type ResourceSchema, type Shape, type Specification } from "../../src/model/schema/schema.ts";
import { corrections } from "./corrections.ts";

/** The parts of the SAM translator's JSON schema that are read. */
interface Node {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly allOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | boolean;
  /** Where CloudFormation says what SAM passes on as it is. */
  readonly __samPassThrough?: { readonly schemaPath: readonly string[] };
}

interface SamSchema {
  readonly definitions: Readonly<Record<string, Node>>;
}

const namespace = "samtranslator__internal__schema_source__";

/** What SAM passes on without saying where to: the CloudFormation types that have a property of the same name. */
const passedTo: readonly (readonly [RegExp, readonly string[]])[] = [
  [/aws_serverless_function__(Properties|Globals)$/, ["AWS::Lambda::Function"]],
  [/^(SQS|Kinesis|DynamoDB|MSK|MQ|DocumentDB|SelfManagedKafka)EventProperties$/, ["AWS::Lambda::EventSourceMapping"]],
  [/^SNSEventProperties$/, ["AWS::SNS::Subscription"]],
  [/^FunctionUrlConfig$/, ["AWS::Lambda::Url"]],
  [/aws_serverless_(function|statemachine)__ScheduleV2EventProperties$/, ["AWS::Scheduler::Schedule"]],
  [/EventsScheduleProperties$|__(CloudWatchEvent|EventBridgeRuleEvent|Schedule)EventProperties$/, ["AWS::Events::Rule"]],
  [/aws_serverless_statemachine__(Properties|Globals)$/, ["AWS::StepFunctions::StateMachine"]],
  [/aws_serverless_layerversion__(Properties|Globals)$/, ["AWS::Lambda::LayerVersion"]],
  [/aws_serverless_simpletable__(Properties|Globals)$/, ["AWS::DynamoDB::Table"]],
  [/aws_serverless_api__(Properties|Globals)$/, ["AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage"]],
  [/aws_serverless_httpapi__(Properties|Globals)$/, ["AWS::ApiGatewayV2::Stage"]],
];

/** Names that SAM uses for something else than the CloudFormation property of that name. */
const meansOther = new Set(["Tags", "Input", "Events", "Auth"]);

export function reduceServerless(schema: SamSchema, cloudFormation: Specification): Specification {
  const types: Record<string, ResourceSchema> = {};
  for (const [name, node] of Object.entries(schema.definitions)) {
    const type = node.properties?.["Type"]?.enum?.[0];
    if (!name.endsWith("__Resource") || typeof type !== "string") continue;
    const definitions: Record<string, Shape> = {};
    const globals = schema.definitions[name.replace(/Resource$/, "Globals")];
    const properties = schema.definitions[name.replace(/Resource$/, "Properties")];
    const reduction: Reduction = { schema, cloudFormation, definitions };
    if (globals) definitions["Globals"] = shapeOf(globals, name.replace(/Resource$/, "Globals"), reduction);
    const own = shapeOf(properties ?? {}, name.replace(/Resource$/, "Properties"), reduction);
    types[type] = {
      attributes: [],
      ...correct(own, type),
      definitions: mapValues(definitions, (shape, key) => correct(shape, `${type}.${key}`)),
    };
  }
  return types;
}

/** Also adds what the schema leaves out. */
function correct(shape: Shape, place: string): Shape {
  const below = `${place.slice("AWS::Serverless::".length)}.`;
  const changes = Object.entries(corrections).flatMap(([path, type]) =>
    path.startsWith(below) && !path.slice(below.length).includes(".") ? [[path.slice(below.length), type] as const] : [],
  );
  return { ...shape, properties: { ...shape.properties, ...Object.fromEntries(changes) } };
}

function mapValues<T>(map: Readonly<Record<string, T>>, change: (value: T, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

interface Reduction {
  readonly schema: SamSchema;
  readonly cloudFormation: Specification;
  /** Filled with what the resource type refers to. */
  readonly definitions: Record<string, Shape>;
}

function shapeOf(node: Node, name: string, reduction: Reduction): Shape {
  const properties = Object.entries(node.properties ?? {}).map(([key, property]) => {
    const type = typeOf(property, reduction);
    return [key, type === "json" ? passedOn(name, key, reduction.cloudFormation) : type] as const;
  });
  return {
    properties: Object.fromEntries(properties),
    ...(node.required === undefined ? {} : { required: node.required }),
  };
}

function passedOn(name: string, key: string, cloudFormation: Specification): PropertyType {
  const targets = passedTo.find(([pattern]) => pattern.test(name))?.[1] ?? [];
  for (const target of meansOther.has(key) ? [] : targets) {
    const type = cloudFormation[target]?.properties[key];
    if (type !== undefined) return seenFrom(type, target);
  }
  return "json";
}

function typeOf(node: Node, reduction: Reduction): PropertyType {
  if (node.__samPassThrough) return passThrough(node.__samPassThrough.schemaPath, reduction.cloudFormation);
  const [only] = node.allOf ?? [];
  if (only) return typeOf(only, reduction);
  if (node.anyOf) return anyOf(node.anyOf, reduction);
  if (node.$ref !== undefined) return referTo(node.$ref.slice("#/definitions/".length), reduction);
  if (node.enum) return [...node.enum];
  switch (node.type) {
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return node.type;
    case "array":
      return { list: typeOf(node.items ?? {}, reduction) };
    case "object":
      return typeof node.additionalProperties === "object" ? { map: typeOf(node.additionalProperties, reduction) } : "json";
    default:
      return "json";
  }
}

/** A plain object beside others stands for an intrinsic function, which is taken everywhere; only beside lists it is meant. */
function anyOf(nodes: readonly Node[], reduction: Reduction): PropertyType {
  const said = nodes.filter((node) => node.$ref !== "#/definitions/Ref");
  const isFree = (node: Node): boolean =>
    node.type === "object" && node.properties === undefined && node.additionalProperties === undefined;
  const others = said.filter((node) => !isFree(node));
  const types = others.map((node) => typeOf(node, reduction));
  const [first] = types;
  if (first === undefined || types.includes("json") || (others.length < said.length && types.some(isList))) return "json";
  return types.length === 1 ? first : { any: types };
}

function isList(type: PropertyType): boolean {
  return typeof type !== "string" && !isValues(type) && "list" in type;
}

function referTo(name: string, reduction: Reduction): PropertyType {
  const node = reduction.schema.definitions[name];
  if (name === "PassThroughProp" || !node?.properties) return node?.anyOf ? typeOf(node, reduction) : "json";
  const short = name.replace(namespace, "").replace(/^aws_serverless_\w+?__/, "");
  if (!reduction.definitions[short]) {
    // Entered before it is filled: it may refer to itself.
    reduction.definitions[short] = { properties: {} };
    reduction.definitions[short] = shapeOf(node, name, reduction);
  }
  return `#${short}`;
}

/** `["definitions", "AWS::Lambda::Function.Code", "properties", "ImageUri"]` */
function passThrough(schemaPath: readonly string[], cloudFormation: Specification): PropertyType {
  const [, place = "", ...rest] = schemaPath;
  const [type = "", definition] = place.split(".");
  const schema = cloudFormation[type];
  const shape = definition === undefined ? schema : schema?.definitions?.[definition];
  const found = shape?.properties[rest.at(-1) ?? ""];
  return found === undefined ? "json" : seenFrom(found, type);
}

/** The same type where references are read from another resource type. */
function seenFrom(type: PropertyType, owner: string): PropertyType {
  if (typeof type === "string") return type.startsWith("#") && !type.includes("::") ? `#${owner}.${type.slice(1)}` : type;
  if (isValues(type)) return type;
  if ("list" in type) return { list: seenFrom(type.list, owner) };
  if ("map" in type) return { map: seenFrom(type.map, owner) };
  return { any: type.any.map((each) => seenFrom(each, owner)) };
}
