import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { TemplatePath } from "./design.ts";

/** One mention of a logical ID (of a resource or parameter) in a template's value. */
export interface Reference {
  readonly id: string;
  /** For Fn::GetAtt and `${Id.Attribute}`. */
  readonly attribute?: string;
  readonly how: "Ref" | "Fn::GetAtt" | "Fn::Sub" | "plain";
  /** The node that mentions it: the intrinsic's map, or the plain text of a DependsOn, a connector's end or an event's API. */
  readonly path: TemplatePath;
}

/** `${Name}` and `${Name.Attribute}`, but not the literal `${!Name}`. */
const substitution = /\$\{(!?)([^}]*)\}/g;

export function substitutionsIn(text: string): { id: string; attribute?: string; isLiteral: boolean; whole: string; index: number }[] {
  return [...text.matchAll(substitution)].map((match) => {
    const name = (match[2] ?? "").trim();
    const dot = name.indexOf(".");
    return {
      id: dot < 0 ? name : name.slice(0, dot),
      ...(dot < 0 ? {} : { attribute: name.slice(dot + 1) }),
      isLiteral: match[1] === "!",
      whole: match[0],
      index: match.index,
    };
  });
}

/** Every mention below a value, in document order. */
export function referencesIn(value: Json | undefined, path: TemplatePath = []): Reference[] {
  const found: Reference[] = [];
  collect(value, [...path], found);
  return found;
}

/** `path` is one list that grows and shrinks on the way: it is copied where something is found. */
function collect(value: Json | undefined, path: (string | number)[], found: Reference[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) below(item, path, index, found);
    return;
  }
  const intrinsic = onlyKey(value);
  if (intrinsic === "Ref" && typeof value["Ref"] === "string") {
    found.push({ id: value["Ref"], how: "Ref", path: [...path] });
    return;
  }
  if (intrinsic === "Fn::GetAtt") {
    const target = getAttTarget(value["Fn::GetAtt"]);
    if (target) found.push({ ...target, how: "Fn::GetAtt", path: [...path] });
    return;
  }
  if (intrinsic === "Fn::Sub") {
    collectSubstitutions(value["Fn::Sub"], path, found);
    return;
  }
  for (const key in value) below(value[key], path, key, found);
}

function below(value: Json | undefined, path: (string | number)[], key: string | number, found: Reference[]): void {
  if (typeof value !== "object" || value === null) return;
  path.push(key);
  collect(value, path, found);
  path.pop();
}

function onlyKey(value: JsonObject): string | undefined {
  let only: string | undefined;
  for (const key in value) {
    if (only !== undefined) return undefined;
    only = key;
  }
  return only;
}

function collectSubstitutions(argument: Json | undefined, path: readonly (string | number)[], found: Reference[]): void {
  const [text, names] = Array.isArray(argument) ? argument : [argument];
  const given = isJsonObject(names) ? names : {};
  if (typeof text === "string") {
    for (const part of substitutionsIn(text)) {
      if (part.isLiteral || Object.hasOwn(given, part.id)) continue;
      const attribute = part.attribute === undefined ? {} : { attribute: part.attribute };
      found.push({ id: part.id, ...attribute, how: "Fn::Sub", path: [...path] });
    }
  }
  if (Array.isArray(argument)) collect(names, [...path, "Fn::Sub", 1], found);
}

/** `["Table", "Arn"]`, `["Table", "Stream", "Arn"]` or `"Table.Arn"`. */
export function getAttTarget(argument: Json | undefined): { id: string; attribute: string } | undefined {
  if (typeof argument === "string") {
    const dot = argument.indexOf(".");
    return dot > 0 ? { id: argument.slice(0, dot), attribute: argument.slice(dot + 1) } : undefined;
  }
  if (!Array.isArray(argument) || typeof argument[0] !== "string") return undefined;
  const rest = argument.slice(1);
  return { id: argument[0], attribute: rest.every((part) => typeof part === "string") ? rest.join(".") : "" };
}

/** The logical IDs that a value mentions, in document order: as referencesIn, but without places, which cost most of the time. */
export function mentionedIds(value: Json | undefined): string[] {
  const found: string[] = [];
  collectIds(value, found);
  return found;
}

/** Runs over whole templates at every change: each map is gone through once. */
function collectIds(value: Json | undefined, found: string[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object") collectIds(item, found);
    return;
  }
  for (const key in value) {
    const item = value[key];
    if (key === "Ref" || key === "Fn::GetAtt" || key === "Fn::Sub") {
      if (onlyKey(value) === key && collectIdsOfCall(key, item, found)) return;
    }
    if (typeof item === "object") collectIds(item, found);
  }
}

/** false: it only looks like one. */
function collectIdsOfCall(name: "Ref" | "Fn::GetAtt" | "Fn::Sub", argument: Json | undefined, found: string[]): boolean {
  if (name === "Ref") {
    if (typeof argument === "string") found.push(argument);
    return typeof argument === "string";
  }
  if (name === "Fn::GetAtt") {
    const target = getAttTarget(argument);
    if (target) found.push(target.id);
    return true;
  }
  const [text, names] = Array.isArray(argument) ? argument : [argument];
  if (typeof text === "string") collectIdsInText(text, isJsonObject(names) ? names : {}, found);
  if (Array.isArray(argument)) collectIds(names, found);
  return true;
}

/** As substitutionsIn, for the names alone. */
function collectIdsInText(text: string, given: JsonObject, found: string[]): void {
  for (let start = text.indexOf("${"); start >= 0; start = text.indexOf("${", start + 2)) {
    const end = text.indexOf("}", start);
    if (end < 0) return;
    if (text.charAt(start + 2) === "!") continue;
    const name = text.slice(start + 2, end).trim();
    const dot = name.indexOf(".");
    const id = dot < 0 ? name : name.slice(0, dot);
    if (!Object.hasOwn(given, id)) found.push(id);
  }
}

/** Every name that is mentioned where resources, outputs and Globals name something, once each. */
export function mentionsOf(template: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const section of ["Resources", "Outputs", "Globals"]) for (const id of mentionedIds(template[section])) names.add(id);
  const { Resources: resources } = template;
  for (const resource of isJsonObject(resources) ? Object.values(resources) : []) {
    const dependsOn = isJsonObject(resource) ? resource["DependsOn"] : undefined;
    if (dependsOn !== undefined) for (const { id } of dependenciesOf(dependsOn, [])) names.add(id);
  }
  return names;
}

/** First resource among `ids` that a value mentions: what an ARN, URL or name in the template stands for. */
export function referredResource(value: Json | undefined, ids: ReadonlySet<string>): Reference | undefined {
  return referencesIn(value).find((reference) => ids.has(reference.id));
}

/** Mentions of DependsOn, which names IDs as plain text. */
export function dependenciesOf(value: Json | undefined, path: TemplatePath): Reference[] {
  if (typeof value === "string") return [{ id: value, how: "plain", path }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index) => (typeof item === "string" ? [{ id: item, how: "plain" as const, path: [...path, index] }] : []));
}

/** Every mention of a logical ID in the whole template. */
export function allReferences(template: JsonObject): Reference[] {
  const found = referencesIn(template);
  const { Resources: resources } = template;
  for (const [id, resource] of Object.entries(isJsonObject(resources) ? resources : {})) {
    if (!isJsonObject(resource)) continue;
    found.push(...plainNames(resource, ["Resources", id]));
  }
  return found;
}

/** Names that a resource gives as plain text: DependsOn, its own and that of connectors in it, ends of connectors, APIs of events. */
export function plainNames(resource: JsonObject, path: TemplatePath): Reference[] {
  const { DependsOn: dependsOn, Connectors: inside } = resource;
  const ofConnectors = Object.entries(isJsonObject(inside) ? inside : {}).flatMap(([name, connector]) =>
    isJsonObject(connector) ? dependenciesOf(connector["DependsOn"], [...path, "Connectors", name, "DependsOn"]) : [],
  );
  return [
    ...dependenciesOf(dependsOn, [...path, "DependsOn"]),
    ...ofConnectors,
    ...connectorEnds(resource, path),
    ...apisOfEvents(resource, path),
  ];
}

/** `Source: {Id: X}` and `Destination: {Id: X}` of SAM connectors, as resources of their own or inside one. */
export function connectorEnds(resource: JsonObject, path: TemplatePath): Reference[] {
  const { Type: type, Properties: properties, Connectors: inside } = resource;
  const own = type === "AWS::Serverless::Connector" ? bothEnds(properties, [...path, "Properties"]) : [];
  if (!isJsonObject(inside)) return own;
  const others = Object.entries(inside).flatMap(([name, connector]) =>
    isJsonObject(connector) ? bothEnds(connector["Properties"], [...path, "Connectors", name, "Properties"]) : [],
  );
  return [...own, ...others];
}

function bothEnds(properties: Json | undefined, path: TemplatePath): Reference[] {
  if (!isJsonObject(properties)) return [];
  return ["Source", "Destination"].flatMap((end) => endsOf(properties[end], [...path, end]));
}

function endsOf(value: Json | undefined, path: TemplatePath): Reference[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => endsOf(item, [...path, index]));
  const id = isJsonObject(value) ? value["Id"] : undefined;
  return typeof id === "string" ? [{ id, how: "plain", path: [...path, "Id"] }] : [];
}

/** `RestApiId: Orders` in an event: SAM takes the bare name for a Ref. */
function apisOfEvents(resource: JsonObject, path: TemplatePath): Reference[] {
  const { Type: type, Properties: properties } = resource;
  const isStarted = type === "AWS::Serverless::Function" || type === "AWS::Serverless::StateMachine";
  const events = isStarted && isJsonObject(properties) ? properties["Events"] : undefined;
  return Object.entries(isJsonObject(events) ? events : {}).flatMap(([name, event]) => {
    const said = isJsonObject(event) && isJsonObject(event["Properties"]) ? event["Properties"] : {};
    return ["RestApiId", "ApiId"].flatMap((key): Reference[] => {
      const id = said[key];
      return typeof id === "string" ? [{ id, how: "plain", path: [...path, "Properties", "Events", name, "Properties", key] }] : [];
    });
  });
}
