// Evaluates intrinsic functions. Used at deploy, where references answer with physical ids, and for the design, where they
// stay symbolic (see symbolicReferences). Unresolvable parts become findings with their path; nothing is thrown.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { Problem } from "../problem.ts";
import { cidrBlocks } from "./cidr.ts";
import type { TemplateDocument } from "./document.ts";
import { put } from "./value.ts";

/** What names in a template stand for. Made by createScope. */
export interface Scope {
  /** Parameters and pseudo parameters: `Ref` and `${…}` look here first. */
  readonly parameters: Readonly<Record<string, Json>>;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly references: References;
  /** Conditions already evaluated; undefined marks one under way. */
  readonly evaluated: Map<string, boolean | undefined>;
}

/** Answers for resources. undefined: no such resource or attribute. */
export interface References {
  ref(logicalId: string): Json | undefined;
  attribute(logicalId: string, name: string): Json | undefined;
}

export interface Resolved {
  /** undefined: AWS::NoValue, or nothing that could be resolved. */
  readonly value: Json | undefined;
  readonly findings: readonly ResolveFinding[];
}

export interface ResolveFinding {
  readonly rule: string;
  readonly message: string;
  readonly path: TemplatePath;
}

/** `path` says where the value stands in the template, for findings. */
export function resolveValue(value: Json, scope: Scope, path: TemplatePath = []): Resolved {
  const findings: ResolveFinding[] = [];
  return { value: evaluate(value, { scope, findings }, path), findings };
}

/** Whether a condition of the template holds. */
export function evaluateCondition(name: string, scope: Scope, path: TemplatePath = []): { readonly isTrue: boolean; readonly findings: readonly ResolveFinding[] } {
  const findings: ResolveFinding[] = [];
  return { isTrue: namedCondition(name, { scope, findings }, path), findings };
}

/** References by name, for the design: `${Table}` and `${Table.Arn}` survive Join, Sub and Split and can be found in the result. */
export function symbolicReferences(logicalIds: ReadonlySet<string>): References {
  return {
    ref: (id) => (logicalIds.has(id) ? `\${${id}}` : undefined),
    attribute: (id, name) => (logicalIds.has(id) ? `\${${id}.${name}}` : undefined),
  };
}

/** Gives findings their place in the document's text. */
export function locateFindings(document: TemplateDocument, findings: readonly ResolveFinding[], severity: Problem["severity"] = "error"): Problem[] {
  return findings.map((finding) => {
    const range = nearestRange(document, finding.path);
    const resource = finding.path[0] === "Resources" && typeof finding.path[1] === "string" ? finding.path[1] : undefined;
    return { severity, rule: finding.rule, message: finding.message, file: document.path, ...(range ? { range } : {}), ...(resource === undefined ? {} : { resource }) };
  });
}

function nearestRange(document: TemplateDocument, path: TemplatePath): ReturnType<TemplateDocument["rangeOf"]> {
  for (let length = path.length; length > 0; length -= 1) {
    const range = document.rangeOf(path.slice(0, length), "value");
    if (range) return range;
  }
  return undefined;
}

interface Evaluation {
  readonly scope: Scope;
  readonly findings: ResolveFinding[];
}

function evaluate(value: Json, at: Evaluation, path: TemplatePath): Json | undefined {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return evaluateList(value, at, path);
  const call = callIn(value);
  if (call) {
    const run = functions[call.name];
    const inner = [...path, call.name];
    if (run) return run(call.argument, at, inner);
    return fail(at, inner, "template.unsupported-function", `${call.name} is not supported here.`);
  }
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const resolved = evaluate(item, at, [...path, key]);
    if (resolved !== undefined) put(result, key, resolved);
  }
  return result;
}

function evaluateList(value: readonly Json[], at: Evaluation, path: TemplatePath): Json[] {
  const result: Json[] = [];
  for (const [index, item] of value.entries()) {
    const resolved = evaluate(item, at, [...path, index]);
    if (resolved !== undefined) result.push(resolved);
  }
  return result;
}

/** The function call that a map is, if it is one: `{ "Fn::Sub": … }`. */
export function callIn(value: Json): { readonly name: string; readonly argument: Json } | undefined {
  if (!isJsonObject(value)) return undefined;
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined || (name !== "Ref" && !name.startsWith("Fn::"))) return undefined;
  return { name, argument: value[name] ?? null };
}

function fail(at: Evaluation, path: TemplatePath, rule: string, message: string): undefined {
  at.findings.push({ rule, message, path });
  return undefined;
}

type IntrinsicFunction = (argument: Json, at: Evaluation, path: TemplatePath) => Json | undefined;

const functions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref(argument, at, path) {
    if (typeof argument !== "string") return fail(at, path, "template.ref", "Ref takes the name of a parameter or resource.");
    return reference(argument, at, path);
  },

  "Fn::GetAtt"(argument, at, path) {
    const parts = typeof argument === "string" ? splitOnce(argument, ".") : argument;
    if (!Array.isArray(parts) || parts.length < 2 || typeof parts[0] !== "string") {
      return fail(at, path, "template.getatt", "Fn::GetAtt takes a resource and one of its attributes: !GetAtt Queue.Arn.");
    }
    const [resource, ...rest] = parts;
    const names = rest.map((part, index) => evaluate(part, at, [...path, index + 1]));
    return attribute(resource, names.map((name) => text(name ?? "")).join("."), at, path);
  },

  "Fn::Sub"(argument, at, path) {
    if (typeof argument === "string") return substitute(argument, {}, at, path);
    if (Array.isArray(argument) && typeof argument[0] === "string" && isJsonObject(argument[1])) {
      const locals: Record<string, Json> = {};
      for (const [name, item] of Object.entries(argument[1])) {
        const resolved = evaluate(item, at, [...path, 1, name]);
        if (resolved !== undefined) locals[name] = resolved;
      }
      return substitute(argument[0], locals, at, [...path, 0]);
    }
    return fail(at, path, "template.sub", "Fn::Sub takes a text, or a list of a text and a map of its variables.");
  },

  "Fn::Join"(argument, at, path) {
    if (!Array.isArray(argument) || argument.length !== 2) return fail(at, path, "template.join", "Fn::Join takes a delimiter and a list.");
    const delimiter = evaluate(argument[0] ?? null, at, [...path, 0]);
    const list = evaluate(argument[1] ?? null, at, [...path, 1]);
    if (list === undefined) return undefined;
    if (typeof delimiter !== "string" || !Array.isArray(list)) return fail(at, path, "template.join", "Fn::Join takes a delimiter and a list.");
    return list.map((item) => text(item)).join(delimiter);
  },

  "Fn::Select"(argument, at, path) {
    if (!Array.isArray(argument) || argument.length !== 2) return fail(at, path, "template.select", "Fn::Select takes an index and a list.");
    const index = Number(evaluate(argument[0] ?? null, at, [...path, 0]));
    const list = evaluate(argument[1] ?? null, at, [...path, 1]);
    if (list === undefined) return undefined;
    if (!Array.isArray(list) || !Number.isInteger(index)) return fail(at, path, "template.select", "Fn::Select takes an index and a list.");
    return list[index] ?? fail(at, path, "template.select", `Fn::Select asks for item ${index} of a list of ${list.length}; the first is 0.`);
  },

  "Fn::Split"(argument, at, path) {
    const [delimiter, source] = Array.isArray(argument) ? argument.map((item, index) => evaluate(item, at, [...path, index])) : [];
    if (typeof delimiter !== "string" || delimiter === "") return fail(at, path, "template.split", "Fn::Split takes a delimiter and a text.");
    return source === undefined ? undefined : text(source).split(delimiter);
  },

  "Fn::FindInMap"(argument, at, path) {
    if (!Array.isArray(argument) || argument.length < 3) return fail(at, path, "template.findinmap", "Fn::FindInMap takes a mapping, a top-level key and a second-level key.");
    const [map, top, second] = argument.slice(0, 3).map((item, index) => evaluate(item, at, [...path, index]));
    if (map === undefined || top === undefined || second === undefined) return undefined;
    const mapping = at.scope.mappings[text(map)];
    const row = isJsonObject(mapping) && Object.hasOwn(mapping, text(top)) ? mapping[text(top)] : undefined;
    const found = isJsonObject(row) && Object.hasOwn(row, text(second)) ? row[text(second)] : undefined;
    if (found !== undefined) return evaluate(found, at, path);
    const options = argument[3];
    if (isJsonObject(options) && options.DefaultValue !== undefined) return evaluate(options.DefaultValue, at, [...path, 3, "DefaultValue"]);
    return fail(at, path, "template.findinmap", `Mappings have no ${text(map)}.${text(top)}.${text(second)}.`);
  },

  "Fn::If"(argument, at, path) {
    if (!Array.isArray(argument) || argument.length < 2 || typeof argument[0] !== "string") {
      return fail(at, path, "template.if", "Fn::If takes a condition's name and two values.");
    }
    const index = namedCondition(argument[0], at, [...path, 0]) ? 1 : 2;
    const chosen = argument[index];
    return chosen === undefined ? undefined : evaluate(chosen, at, [...path, index]);
  },

  "Fn::Base64"(argument, at, path) {
    const value = evaluate(argument, at, path);
    return value === undefined ? undefined : base64(text(value));
  },

  "Fn::GetAZs"(argument, at, path) {
    const value = evaluate(argument, at, path);
    const region = value === undefined || value === null || value === "" ? text(at.scope.parameters["AWS::Region"] ?? "us-east-1") : text(value);
    return ["a", "b", "c"].map((zone) => region + zone);
  },

  "Fn::Cidr"(argument, at, path) {
    const [block, count, bits] = Array.isArray(argument) ? argument.map((item, index) => evaluate(item, at, [...path, index])) : [];
    const blocks = cidrBlocks(text(block ?? ""), Number(count), bits === undefined ? undefined : Number(bits));
    return blocks ?? fail(at, path, "template.cidr", `Fn::Cidr cannot cut ${text(block ?? "nothing")} into ${text(count ?? "?")} blocks of ${text(bits ?? "?")} bits.`);
  },

  "Fn::Length"(argument, at, path) {
    const value = evaluate(argument, at, path);
    return Array.isArray(value) ? value.length : fail(at, path, "template.length", "Fn::Length takes a list.");
  },

  "Fn::ToJsonString"(argument, at, path) {
    const value = evaluate(argument, at, path);
    return value === undefined ? undefined : JSON.stringify(value);
  },

  "Fn::ImportValue"(argument, at, path) {
    const name = evaluate(argument, at, path);
    return fail(at, path, "template.import-value", `No other stack runs here that exports ${text(name ?? "this value")}. Put the value into a parameter to run it locally.`);
  },
};

function reference(name: string, at: Evaluation, path: TemplatePath): Json | undefined {
  if (name === "AWS::NoValue") return undefined;
  const { parameters, references } = at.scope;
  if (Object.hasOwn(parameters, name)) return parameters[name];
  const found = references.ref(name);
  return found === undefined ? fail(at, path, "template.missing-reference", `There is no parameter or resource named ${name}.`) : found;
}

function attribute(resource: string, name: string, at: Evaluation, path: TemplatePath): Json | undefined {
  const found = at.scope.references.attribute(resource, name);
  if (found !== undefined) return found;
  const isThere = at.scope.references.ref(resource) !== undefined;
  return fail(at, path, "template.missing-reference", isThere ? `${resource} has no attribute ${name}.` : `There is no resource named ${resource}.`);
}

const variable = /\$\{([^!{}][^{}]*)\}|\$\{!([^{}]*)\}/g;

function substitute(template: string, locals: Readonly<Record<string, Json>>, at: Evaluation, path: TemplatePath): Json {
  return template.replace(variable, (whole, name: string | undefined, literal: string | undefined) => {
    if (literal !== undefined) return `\${${literal}}`;
    const wanted = (name ?? "").trim();
    if (Object.hasOwn(locals, wanted)) return text(locals[wanted] ?? "");
    const dot = wanted.indexOf(".");
    const value = dot > 0 ? attribute(wanted.slice(0, dot), wanted.slice(dot + 1), at, path) : reference(wanted, at, path);
    return value === undefined ? whole : text(value);
  });
}

/** Names that a Sub's text uses: `${Table.Arn}` uses `Table.Arn`. */
export function subVariables(template: string): readonly string[] {
  return [...template.matchAll(variable)].flatMap((match) => (match[1] === undefined ? [] : [match[1].trim()]));
}

function namedCondition(name: string, at: Evaluation, path: TemplatePath): boolean {
  const { conditions, evaluated } = at.scope;
  if (evaluated.has(name)) {
    const known = evaluated.get(name);
    if (known === undefined) fail(at, path, "template.circular-condition", `The condition ${name} depends on itself.`);
    return known ?? false;
  }
  const definition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
  if (definition === undefined) {
    fail(at, path, "template.missing-condition", `There is no condition named ${name}.`);
    return false;
  }
  evaluated.set(name, undefined);
  const isTrue = condition(definition, at, ["Conditions", name]);
  evaluated.set(name, isTrue);
  return isTrue;
}

function condition(value: Json, at: Evaluation, path: TemplatePath): boolean {
  const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  if (entry === undefined || others.length > 0) {
    if (typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    fail(at, path, "template.condition", "A condition is one of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition.");
    return false;
  }
  const [name, argument] = entry;
  const list = Array.isArray(argument) ? argument : [];
  const each = (index: number): boolean => condition(list[index] ?? null, at, [...path, name, index]);
  switch (name) {
    case "Condition":
      return typeof argument === "string" && namedCondition(argument, at, [...path, name]);
    case "Fn::Equals": {
      const [left, right] = list.map((item, index) => evaluate(item, at, [...path, name, index]));
      return list.length === 2 && left !== undefined && right !== undefined && comparable(left) === comparable(right);
    }
    case "Fn::And":
      return list.map((_, index) => each(index)).every(Boolean);
    case "Fn::Or":
      return list.map((_, index) => each(index)).some(Boolean);
    case "Fn::Not":
      return !each(0);
    case "Fn::Contains": {
      const [all, one] = list.map((item, index) => evaluate(item, at, [...path, name, index]));
      return Array.isArray(all) && one !== undefined && all.some((item) => comparable(item) === comparable(one));
    }
    default: {
      const resolved = evaluate(value, at, path);
      return resolved === true || resolved === "true";
    }
  }
}

function comparable(value: Json): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : text(value);
}

/** A value where CloudFormation wants text: numbers and booleans as written. */
function text(value: Json): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((item) => text(item)).join(",");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function splitOnce(value: string, separator: string): string[] {
  const at = value.indexOf(separator);
  return at < 0 ? [value] : [value.slice(0, at), value.slice(at + separator.length)];
}

function base64(value: string): string {
  const bytes = new TextEncoder().encode(value);
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
