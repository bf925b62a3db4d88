// The intrinsic functions, one by one, as CloudFormation documents them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
import type { TemplatePath } from "../design/design.ts";
import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { cidrBlocks } from "./cidr.ts";
import type { Scope } from "./resolve.ts";
import { type Words, words } from "../words.ts";

/** One resolution under way. Functions that cannot answer say so with `fail` and give undefined. */
export interface Evaluation {
  readonly scope: Scope;
  evaluate(value: Json, path: TemplatePath): Json | undefined;
  /** Whether a named condition is true. */
  holds(condition: string, path: TemplatePath): boolean;
  fail(path: TemplatePath, rule: string, what: Words): undefined;
  /** The same, with findings that nobody reads. */
  quietly(): Evaluation;
  /** Logical IDs whose values dynamic references took. */
  readonly uses: Set<string>;
  /** Stored values read so far: they may hold references themselves, and multiply. */
  readonly budget: { reads: number };
}

type IntrinsicFunction = (argument: Json, at: Evaluation, path: TemplatePath) => Json | undefined;

export const functions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref(argument, at, path) {
    const name = typeof argument === "object" ? at.evaluate(argument, path) : argument;
    if (typeof name !== "string") return at.fail(path, "template.ref", words("Ref takes the name of a parameter or resource."));
    return reference(name, at, path);
  },

  "Fn::GetAtt"(argument, at, path) {
    const parts = typeof argument === "string" ? splitOnce(argument, ".") : argument;
    const resource = Array.isArray(parts) ? at.evaluate(parts[0] ?? null, [...path, 0]) : undefined;
    if (!Array.isArray(parts) || parts.length < 2 || typeof resource !== "string") {
      return at.fail(path, "template.getatt", words("Fn::GetAtt takes a resource and one of its attributes: !GetAtt Queue.Arn."));
    }
    const rest = parts.slice(1);
    const names = rest.map((part, index) => at.evaluate(part, [...path, index + 1]));
    return attribute(resource, names.map((name) => text(name ?? "")).join("."), at, path);
  },

  "Fn::Sub"(argument, at, path) {
    if (typeof argument === "string") return substitute(argument, {}, at, path);
    if (Array.isArray(argument) && typeof argument[0] === "string" && isJsonObject(argument[1])) {
      // One that cannot be resolved has been told, and stands as it is.
      const locals = Object.fromEntries(Object.entries(argument[1]).map(([name, item]) => [name, at.evaluate(item, [...path, 1, name])]));
      return substitute(argument[0], locals, at, [...path, 0]);
    }
    return at.fail(path, "template.sub", words("Fn::Sub takes a text, or a list of a text and a map of its variables."));
  },

  "Fn::Join"(argument, at, path) {
    if (!Array.isArray(argument) || argument.length !== 2)
      return at.fail(path, "template.join", words("Fn::Join takes a delimiter and a list."));
    const delimiter = at.evaluate(argument[0] ?? null, [...path, 0]);
    const list = at.evaluate(argument[1] ?? null, [...path, 1]);
    if (list === undefined) return undefined;
    if (typeof delimiter !== "string" || !Array.isArray(list))
      return at.fail(path, "template.join", words("Fn::Join takes a delimiter and a list."));
    return atMost(list.map((item) => text(item)).join(delimiter), at, path);
  },

  "Fn::Select"(argument, at, path) {
    if (!Array.isArray(argument) || argument.length !== 2)
      return at.fail(path, "template.select", words("Fn::Select takes an index and a list."));
    const index = Number(at.evaluate(argument[0] ?? null, [...path, 0]));
    const list = at.evaluate(argument[1] ?? null, [...path, 1]);
    if (list === undefined) return undefined;
    if (!Array.isArray(list) || !Number.isInteger(index))
      return at.fail(path, "template.select", words("Fn::Select takes an index and a list."));
    return (
      list[index] ??
      at.fail(
        path,
        "template.select",
        words("Fn::Select asks for item {{index}} of a list of {{count}}; the first is 0.", { index, count: list.length }),
      )
    );
  },

  "Fn::Split"(argument, at, path) {
    const [delimiter, source] = Array.isArray(argument) ? argument.map((item, index) => at.evaluate(item, [...path, index])) : [];
    if (typeof delimiter !== "string" || delimiter === "")
      return at.fail(path, "template.split", words("Fn::Split takes a delimiter and a text."));
    return source === undefined ? undefined : text(source).split(delimiter);
  },

  "Fn::FindInMap"(argument, at, path) {
    if (!Array.isArray(argument) || argument.length < 3)
      return at.fail(path, "template.findinmap", words("Fn::FindInMap takes a mapping, a top-level key and a second-level key."));
    const [map, top, second] = argument.slice(0, 3).map((item, index) => at.evaluate(item, [...path, index]));
    if (map === undefined || top === undefined || second === undefined) return undefined;
    const mapping = at.scope.mappings[text(map)];
    const row = isJsonObject(mapping) && Object.hasOwn(mapping, text(top)) ? mapping[text(top)] : undefined;
    const found = isJsonObject(row) && Object.hasOwn(row, text(second)) ? row[text(second)] : undefined;
    // Mappings hold no functions.
    if (found !== undefined) return found;
    const options = argument[3];
    if (isJsonObject(options) && options.DefaultValue !== undefined) return at.evaluate(options.DefaultValue, [...path, 3, "DefaultValue"]);
    return at.fail(
      path,
      "template.findinmap",
      words("Mappings have no {{map}}.{{top}}.{{second}}.", { map: text(map), top: text(top), second: text(second) }),
    );
  },

  "Fn::If"(argument, at, path) {
    if (!Array.isArray(argument) || argument.length < 2 || typeof argument[0] !== "string") {
      return at.fail(path, "template.if", words("Fn::If takes a condition's name and two values."));
    }
    const index = at.holds(argument[0], [...path, 0]) ? 1 : 2;
    const chosen = argument[index];
    return chosen === undefined ? undefined : at.evaluate(chosen, [...path, index]);
  },

  "Fn::Base64"(argument, at, path) {
    const value = at.evaluate(argument, path);
    return value === undefined ? undefined : base64(text(value));
  },

  "Fn::GetAZs"(argument, at, path) {
    const value = at.evaluate(argument, path);
    const region =
      value === undefined || value === null || value === "" ? text(at.scope.parameters["AWS::Region"] ?? "us-east-1") : text(value);
    return ["a", "b", "c"].map((zone) => region + zone);
  },

  "Fn::Cidr"(argument, at, path) {
    const [block, count, bits] = Array.isArray(argument) ? argument.map((item, index) => at.evaluate(item, [...path, index])) : [];
    const blocks = cidrBlocks(text(block ?? ""), Number(count), bits === undefined ? undefined : Number(bits));
    return (
      blocks ??
      at.fail(
        path,
        "template.cidr",
        words("Fn::Cidr cannot cut {{block}} into {{count}} blocks of {{bits}} bits.", {
          block: text(block ?? "nothing"),
          count: text(count ?? "?"),
          bits: text(bits ?? "?"),
        }),
      )
    );
  },

  "Fn::Length"(argument, at, path) {
    const value = at.evaluate(argument, path);
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value.length : at.fail(path, "template.length", words("Fn::Length takes a list."));
  },

  "Fn::ToJsonString"(argument, at, path) {
    const value = at.evaluate(argument, path);
    return value === undefined ? undefined : JSON.stringify(value);
  },

  /** Files beside the template are put in before anything is resolved: what is left is a macro, or lies on S3. */
  "Fn::Transform"(argument, at, path) {
    const { Name: name, Parameters: parameters } = isJsonObject(argument) ? argument : {};
    if (name !== "AWS::Include")
      return at.fail(
        path,
        "template.macro",
        words("The macro {{name}} does not run here: only AWS::Include does.", {
          name: name === undefined ? words("without a name") : text(name),
        }),
      );
    const location = isJsonObject(parameters) ? at.quietly().evaluate(parameters.Location ?? null, path) : undefined;
    return at.fail(
      path,
      "template.include",
      words("{{location}} is not fetched: put the file beside the template to run it locally.", {
        location: location === undefined ? words("This file") : text(location),
      }),
    );
  },

  "Fn::ImportValue"(argument, at, path) {
    const name = at.evaluate(argument, path);
    if (name === undefined) return undefined;
    return (
      at.scope.references.exported?.(text(name)) ??
      at.fail(
        path,
        "template.import-value",
        words("No other stack runs here that exports {{name}}. Put the value into a parameter to run it locally.", { name: text(name) }),
      )
    );
  },
};

function reference(name: string, at: Evaluation, path: TemplatePath): Json | undefined {
  if (name === "AWS::NoValue") return undefined;
  const { parameters, references } = at.scope;
  if (Object.hasOwn(parameters, name)) return parameters[name];
  if (at.scope.declared.has(name))
    return at.fail(path, "template.parameter-missing", words("The parameter {{name}} has no value here.", { name }));
  if (isLeftOut(name, at)) return leftOut(name, at, path);
  const found = references.ref(name);
  return found === undefined
    ? at.fail(path, "template.missing-reference", words("There is no parameter or resource named {{name}}.", { name }))
    : found;
}

function attribute(resource: string, name: string, at: Evaluation, path: TemplatePath): Json | undefined {
  if (isLeftOut(resource, at)) return leftOut(resource, at, path);
  const found = at.scope.references.attribute(resource, name);
  if (found !== undefined) return found;
  const isThere = at.scope.references.ref(resource) !== undefined;
  return at.fail(
    path,
    "template.missing-reference",
    isThere
      ? words("{{resource}} has no attribute {{name}}.", { resource, name })
      : words("There is no resource named {{resource}}.", { resource }),
  );
}

function isLeftOut(resource: string, at: Evaluation): boolean {
  const condition = at.scope.conditionOf.get(resource);
  return condition !== undefined && !at.quietly().holds(condition, []);
}

function leftOut(resource: string, at: Evaluation, path: TemplatePath): undefined {
  return at.fail(path, "template.false-condition", falseConditionWords(resource, at.scope.conditionOf.get(resource) ?? ""));
}

export function falseConditionWords(resource: string, condition: string): Words {
  return words(
    "{{resource}} is not made, because its condition {{condition}} is false. Refer to it only where {{condition}} holds: !If [{{condition}}, !Ref {{resource}}, !Ref AWS::NoValue].",
    { resource, condition },
  );
}

/** A whole template has 1 MB; texts that use each other several times grow beyond any bound. */
const maxCharacters = 2_000_000;

const variable = /\$\{([^!{}][^{}]*)\}|\$\{!([^{}]*)\}/g;

function substitute(
  template: string,
  locals: Readonly<Record<string, Json | undefined>>,
  at: Evaluation,
  path: TemplatePath,
): Json | undefined {
  let length = template.length;
  const filled = template.replace(variable, (whole, name: string | undefined, literal: string | undefined) => {
    if (literal !== undefined) return `\${${literal}}`;
    if (length > maxCharacters) return whole;
    const wanted = (name ?? "").trim();
    const found = Object.hasOwn(locals, wanted) ? locals[wanted] : mentioned(wanted, at, path);
    const value = found === undefined ? whole : text(found);
    length += value.length;
    return value;
  });
  return length > maxCharacters ? tooLong(at, path) : filled;
}

function mentioned(wanted: string, at: Evaluation, path: TemplatePath): Json | undefined {
  const dot = wanted.indexOf(".");
  return dot > 0 ? attribute(wanted.slice(0, dot), wanted.slice(dot + 1), at, path) : reference(wanted, at, path);
}

function atMost(value: string, at: Evaluation, path: TemplatePath): string | undefined {
  return value.length > maxCharacters ? tooLong(at, path) : value;
}

function tooLong(at: Evaluation, path: TemplatePath): undefined {
  return at.fail(
    path,
    "template.too-long",
    words("This text grows to more than {{most}} characters, which no property takes.", { most: maxCharacters }),
  );
}

/** Names that a Sub's text uses: `${Table.Arn}` uses `Table.Arn`. */
export function subVariables(template: string): readonly string[] {
  return [...template.matchAll(variable)].flatMap((match) => (match[1] === undefined ? [] : [match[1].trim()]));
}

/** A value where CloudFormation wants text: numbers and booleans as written. */
export function text(value: Json): string {
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
