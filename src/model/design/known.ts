import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { substitutionsIn } from "./references.ts";

/** What is known before anything is deployed: parameters and the account, but no physical names. */
export interface KnownValues {
  readonly parameters: Readonly<Record<string, string>>;
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
}

/**
 * Fills in what a template knows of itself (parameters, mappings, conditions, texts made of these) and keeps every
 * mention of a resource as it stands, so that the design can follow it. Never fails: what is not known stays.
 */
export interface KnownTemplate {
  /** undefined: the value falls away (AWS::NoValue). In lists `null` stands in its place, so that indexes stay true to the text. */
  value(written: Json | undefined): Json | undefined;
  object(written: Json | undefined): JsonObject;
  /** undefined: not decided by what is known. */
  condition(name: string): boolean | undefined;
}

export function knownTemplate(template: JsonObject, known: KnownValues): KnownTemplate {
  const parameters = sectionOf(template, "Parameters");
  const mappings = sectionOf(template, "Mappings");
  const conditions = sectionOf(template, "Conditions");
  const pseudo = new Map<string, Json>(
    Object.entries({
      "AWS::Region": known.region,
      "AWS::AccountId": known.accountId,
      "AWS::StackName": known.stackName,
      "AWS::Partition": "aws",
      "AWS::URLSuffix": "amazonaws.com",
      "AWS::StackId": `arn:aws:cloudformation:${known.region}:${known.accountId}:stack/${known.stackName}/local`,
      "AWS::NotificationARNs": [],
    }),
  );
  const decided = new Map<string, boolean | undefined>();

  function parameter(name: string): Json | undefined {
    const declaration = parameters[name];
    if (!isJsonObject(declaration)) return undefined;
    const given = known.parameters[name] ?? declaration["Default"];
    if (given === undefined) return undefined;
    const isList = declaration["Type"] === "CommaDelimitedList" || String(declaration["Type"]).startsWith("List<");
    return isList && typeof given === "string" ? given.split(",").map((part) => part.trim()) : given;
  }

  function ref(name: Json | undefined): Json | undefined {
    if (typeof name !== "string") return { Ref: name ?? null };
    if (name === "AWS::NoValue") return undefined;
    return pseudo.get(name) ?? parameter(name) ?? { Ref: name };
  }

  function sub(argument: Json): Json {
    const [text, names] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== "string") return { "Fn::Sub": argument };
    const given = object(names);
    const left: JsonObject = {};
    let filled = "";
    let end = 0;
    let isOpen = false;
    for (const part of substitutionsIn(text)) {
      filled += text.slice(end, part.index);
      end = part.index + part.whole.length;
      const value = Object.hasOwn(given, part.id)
        ? given[part.id]
        : part.isLiteral || part.attribute !== undefined
          ? undefined
          : ref(part.id);
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") filled += String(value);
      else {
        filled += part.whole;
        isOpen ||= !part.isLiteral;
        if (Object.hasOwn(given, part.id) && value !== undefined) left[part.id] = value;
      }
    }
    filled += text.slice(end);
    if (!isOpen) return filled.replaceAll("${!", "${");
    return { "Fn::Sub": Object.keys(left).length > 0 ? [filled, left] : filled };
  }

  function intrinsic(name: string, argument: Json): { readonly value: Json | undefined } | undefined {
    switch (name) {
      case "Ref":
        return { value: ref(argument) };
      case "Fn::GetAtt":
      case "Condition":
        return { value: { [name]: argument } };
      case "Fn::Sub":
        return { value: sub(argument) };
      case "Fn::If": {
        if (!Array.isArray(argument) || typeof argument[0] !== "string") return undefined;
        const isTrue = condition(argument[0]);
        if (isTrue === undefined) return { value: { "Fn::If": [argument[0], value(argument[1]) ?? null, value(argument[2]) ?? null] } };
        return { value: value(isTrue ? argument[1] : argument[2]) };
      }
      case "Fn::Join": {
        const inner = value(argument);
        if (!Array.isArray(inner) || typeof inner[0] !== "string" || !Array.isArray(inner[1]))
          return { value: { "Fn::Join": inner ?? null } };
        const parts = inner[1].filter((part) => part !== null);
        const isText = parts.every((part) => typeof part !== "object");
        return { value: isText ? parts.join(inner[0]) : { "Fn::Join": [inner[0], parts] } };
      }
      case "Fn::Split": {
        const inner = value(argument);
        if (Array.isArray(inner) && typeof inner[0] === "string" && typeof inner[1] === "string")
          return { value: inner[1].split(inner[0]) };
        return { value: { "Fn::Split": inner ?? null } };
      }
      case "Fn::Select": {
        const inner = value(argument);
        const index = Array.isArray(inner) ? Number(inner[0]) : Number.NaN;
        const list = Array.isArray(inner) ? inner[1] : undefined;
        const chosen = Array.isArray(list) ? list[index] : undefined;
        return { value: chosen ?? { "Fn::Select": inner ?? null } };
      }
      case "Fn::FindInMap": {
        const inner = value(argument);
        const [map, first, second] = Array.isArray(inner) ? inner : [];
        if (typeof map !== "string" || typeof first !== "string" || typeof second !== "string")
          return { value: { "Fn::FindInMap": inner ?? null } };
        const entry = objectOr(objectOr(mappings[map])[first])[second];
        return { value: entry ?? { "Fn::FindInMap": inner ?? null } };
      }
      default:
        return undefined;
    }
  }

  function value(written: Json | undefined): Json | undefined {
    if (Array.isArray(written)) return written.map((item) => value(item) ?? null);
    if (!isJsonObject(written)) return written;
    const entries = Object.entries(written);
    const [only] = entries;
    if (entries.length === 1 && only) {
      const answer = intrinsic(only[0], only[1]);
      if (answer) return answer.value;
    }
    const filled: JsonObject = {};
    for (const [key, item] of entries) {
      const known = value(item);
      if (known !== undefined) filled[key] = known;
    }
    return filled;
  }

  function object(written: Json | undefined): JsonObject {
    return objectOr(value(written));
  }

  function condition(name: string): boolean | undefined {
    if (decided.has(name)) return decided.get(name);
    // Set first: a condition that names itself is not decided, instead of never ending.
    decided.set(name, undefined);
    const outcome = holds(conditions[name]);
    decided.set(name, outcome);
    return outcome;
  }

  function holds(expression: Json | undefined): boolean | undefined {
    if (!isJsonObject(expression)) return undefined;
    const [operator] = Object.keys(expression);
    const argument = operator === undefined ? undefined : expression[operator];
    const parts = Array.isArray(argument) ? argument : [];
    switch (operator) {
      case "Condition":
        return typeof argument === "string" ? condition(argument) : undefined;
      case "Fn::Equals": {
        const [left, right] = [value(parts[0]), value(parts[1])];
        if (typeof left === "object" || typeof right === "object") return undefined;
        return String(left) === String(right);
      }
      case "Fn::Not": {
        const inner = holds(parts[0]);
        return inner === undefined ? undefined : !inner;
      }
      case "Fn::And": {
        const all = parts.map(holds);
        return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
      }
      case "Fn::Or": {
        const all = parts.map(holds);
        return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
      }
      default:
        return undefined;
    }
  }

  return { value, object, condition };
}

export function sectionOf(template: JsonObject, name: string): JsonObject {
  return objectOr(template[name]);
}

export function objectOr(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
