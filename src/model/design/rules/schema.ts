import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { isDynamic } from "../../template/dynamicReferences.ts";
import { isValues, type PropertyType, type Schemas, type Shape } from "../../schema/schema.ts";
import type { DesignCommand, TemplatePath } from "../design.ts";
import { objectOr, sectionOf } from "../known.ts";
import { at, numberOf, type ResourceView } from "../view.ts";
import { nearest } from "./references.ts";
import type { CheckInput, Finding } from "./report.ts";
import { either, words, type Words, type WordsValue } from "../../words.ts";

/** Properties against what CloudFormation and SAM say of their resource types: names, types, values, what is required. */
export function checkSchemas({ document, view, context, report }: CheckInput): void {
  const { schemas } = context;
  if (!schemas) return;
  for (const resource of view.resources.values()) {
    const schema = schemas.schemaOf(resource.type);
    if (!schema) continue;
    const path = [...resource.path, "Properties"];
    const place: Place = { schemas, owner: resource.type, subject: resource.id, readOnly: schema.attributes, resource };
    const written = resource.written["Properties"] ?? {};
    checkShape(schema, written, path, place).forEach(report);
  }
  for (const [section, written] of Object.entries(sectionOf(document.value, "Globals"))) {
    const owner = `AWS::Serverless::${section}`;
    const shape = schemas.schemaOf(owner)?.definitions?.["Globals"];
    const place: Place = { schemas, owner, subject: words("{{section}} in Globals", { section }), readOnly: [] };
    if (shape) checkShape({ properties: shape.properties }, written, ["Globals", section], place).forEach(report);
  }
}

/** Where a value stands, and what its messages call it. */
interface Place {
  readonly schemas: Schemas;
  /** The type that references are seen from. */
  readonly owner: string;
  readonly subject: WordsValue;
  /** Of the resource's own properties, not of what is below them. */
  readonly readOnly: readonly string[];
  /** undefined in Globals: nothing there can be mended by a command. */
  readonly resource?: ResourceView;
}

function checkType(type: PropertyType, value: Json, path: TemplatePath, place: Place): Finding[] {
  if (type === "json") return [];
  const branches = branchesOf(value);
  if (branches) return branches.flatMap((index) => checkType(type, branch(value, index), [...path, "Fn::If", index], place));
  if (isIntrinsic(value) || isDynamic(value)) return [];
  if (value === null) return emptyValue(path, place);
  if (isValues(type)) return isScalar(value) ? checkValues(type, value, path, place) : [wrongType(words("one value"), value, path, place)];
  if (typeof type !== "string") {
    if ("list" in type) return checkList(type.list, value, path, place);
    if ("map" in type) return checkMap(type.map, value, path, place);
    return checkAny(type.any, value, path, place);
  }
  if (type.startsWith("#")) {
    const found = place.schemas.definition(type, place.owner);
    return found ? checkShape(found.shape, value, path, { ...place, owner: found.owner, readOnly: [] }) : [];
  }
  if (type === "tag") return checkShape(tagShape, value, path, { ...place, readOnly: [] });
  return isScalarOf(type, value) ? [] : [wrongType(wordsOf(type), value, path, place)];
}

/** Most values are, and then their paths need not be made. */
function isPlainlyRight(type: PropertyType, value: Json): boolean {
  if (type === "json") return true;
  if (typeof value === "object") return value !== null && isIntrinsic(value) && !Object.hasOwn(value, "Fn::If");
  return typeof type === "string" && type !== "tag" && !type.startsWith("#") && isScalarOf(type, value);
}

const tagShape: Shape = { properties: { Key: "string", Value: "string" }, required: ["Key", "Value"] };

function checkShape(shape: Shape, value: Json, path: TemplatePath, place: Place): Finding[] {
  const branches = branchesOf(value);
  if (branches) return branches.flatMap((index) => checkShape(shape, branch(value, index), [...path, "Fn::If", index], place));
  if (isIntrinsic(value)) return [];
  if (value === null) return emptyValue(path, place);
  if (!isJsonObject(value)) return [wrongType(words("a map"), value, path, place)];
  const keys = Object.keys(value);
  // What a macro gives is not known before it has run.
  if (keys.includes("Fn::Transform")) return [];
  const findings: Finding[] = [];
  for (const key of keys) {
    if (key.startsWith("Fn::ForEach")) continue;
    const type = Object.hasOwn(shape.properties, key) ? shape.properties[key] : undefined;
    if (type === undefined) findings.push(unknownProperty(key, shape, value, path, place));
    else if (!isPlainlyRight(type, value[key] ?? null)) findings.push(...checkType(type, value[key] ?? null, [...path, key], place));
  }
  if (keys.some((key) => key.startsWith("Fn::ForEach"))) return findings;
  // Globals are only a part of what a resource gets, and the resource only the other part.
  for (const name of place.resource ? (shape.required ?? []) : []) {
    if (keys.includes(name) || at(place.resource?.properties, ...path.slice(3), name) !== undefined) continue;
    findings.push({
      severity: "error",
      rule: "design.required-property",
      message: words("{{place}} needs {{name}}.", { place: nameOfPlace(path, place), name }),
      path: [...path, name],
    });
  }
  return findings;
}

function checkList(type: PropertyType, value: Json, path: TemplatePath, place: Place): Finding[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => checkType(type, item, [...path, index], place));
  if (isJsonObject(value) && Object.keys(value).some((key) => key.startsWith("Fn::"))) return [];
  const isItem = checkType(type, value, path, place).length === 0;
  return [{ ...wrongType(words("a list"), value, path, place), ...(isItem ? fixBy(words("Make it a list"), path, place, [value]) : {}) }];
}

function checkMap(type: PropertyType, value: Json, path: TemplatePath, place: Place): Finding[] {
  if (!isJsonObject(value)) return [wrongType(words("a map"), value, path, place)];
  return Object.entries(value).flatMap(([key, item]) => (key.startsWith("Fn::") ? [] : checkType(type, item, [...path, key], place)));
}

function checkAny(types: readonly PropertyType[], value: Json, path: TemplatePath, place: Place): Finding[] {
  const kinds = isJsonObject(value) ? kindsOf(types, place) : undefined;
  const kind = isJsonObject(value) ? value["Type"] : undefined;
  if (kinds && kind === undefined) {
    const message = words("{{place}} needs Type, one of {{values}}.", {
      place: nameOfPlace(path, place),
      values: [...kinds.keys()].join(", "),
    });
    return [{ severity: "error", rule: "design.required-property", message, path: [...path, "Type"] }];
  }
  if (kinds && typeof kind === "string") {
    const type = kinds.get(kind);
    return type === undefined ? checkValues([...kinds.keys()], kind, [...path, "Type"], place) : checkType(type, value, path, place);
  }
  const results = types.map((type) => ({ type, findings: checkType(type, value, path, place) }));
  if (kinds || results.some(({ findings }) => findings.length === 0)) return [];
  // What is said is said of the form that was meant, as far as the value shows it.
  const meant = results.filter(({ findings }) => !findings.some((finding) => finding.path.length === path.length));
  const best = meant.sort((a, b) => a.findings.length - b.findings.length)[0];
  return best?.findings ?? [wrongType(either(types.map(wordsOf)), value, path, place)];
}

const knownKinds = new WeakMap<readonly PropertyType[], Map<string, PropertyType> | undefined>();

/** Forms that their Type tells apart, as with SAM's events. */
function kindsOf(types: readonly PropertyType[], place: Place): Map<string, PropertyType> | undefined {
  if (!knownKinds.has(types)) knownKinds.set(types, readKinds(types, place));
  return knownKinds.get(types);
}

function readKinds(types: readonly PropertyType[], place: Place): Map<string, PropertyType> | undefined {
  const kinds = new Map<string, PropertyType>();
  for (const type of types) {
    const shape = typeof type === "string" && type.startsWith("#") ? place.schemas.definition(type, place.owner)?.shape : undefined;
    const names = shape?.properties["Type"];
    if (names === undefined || !isValues(names)) return undefined;
    for (const name of names) kinds.set(String(name), type);
  }
  return kinds.size === 0 ? undefined : kinds;
}

/** Longer lists of values grow from month to month, so that a value that is not among them may be new. */
const longList = 20;

function checkValues(values: readonly (string | number)[], value: Json, path: TemplatePath, place: Place): Finding[] {
  if (values.some((each) => String(each) === String(value))) return [];
  const near = nearestValue(values, value);
  const choice = values.length > longList ? `${values.slice(0, longList).join(", ")}…` : values.join(", ");
  const meant = values.find((each) => String(each) === near);
  return [
    {
      severity: values.length > longList && near === undefined ? "warning" : "error",
      rule: "design.not-a-choice",
      message: words("{{place}} is {{value}}; it may be {{choice}}.", { place: nameOfPlace(path, place), value: String(value), choice }),
      path,
      ...(meant === undefined ? {} : fixBy(words("Set it to {{value}}", { value: meant }), path, place, meant)),
    },
  ];
}

/** Of numbers the closest, of names the one that is written most alike. */
function nearestValue(values: readonly (string | number)[], value: Json): string | undefined {
  const number = numberOf(value);
  const numbers = values.map((each) => Number(each));
  if (number === undefined || numbers.some(Number.isNaN)) return nearest(String(value), values.map(String));
  return String(numbers.reduce((best, each) => (Math.abs(each - number) < Math.abs(best - number) ? each : best)));
}

/** The one name that the word begins or ends: `TimeToLive` for TimeToLiveSpecification. */
function onlyPart(word: string, names: readonly string[]): string | undefined {
  if (word.length < 4) return undefined;
  const [found, ...others] = names.filter((name) => name.startsWith(word) || name.endsWith(word));
  return others.length === 0 ? found : undefined;
}

function unknownProperty(key: string, shape: Shape, value: JsonObject, path: TemplatePath, place: Place): Finding {
  const base = { path: [...path, key], part: "key" as const };
  if (place.readOnly.includes(key) && path.length === 3) {
    return {
      ...base,
      severity: "error",
      rule: "design.read-only-property",
      message: words("{{key}} of {{subject}} is given by AWS and cannot be set: read it with Fn::GetAtt. Remove it here.", {
        key,
        subject: place.subject,
      }),
      ...fixBy(words("Remove {{name}}", { name: key }), base.path, place),
    };
  }
  const names = Object.keys(shape.properties);
  const near = nearest(key, names) ?? onlyPart(key, names);
  const known = names.length > 0 && names.length <= 12 ? names.join(", ") : undefined;
  const hint =
    near !== undefined
      ? words(" Did you mean {{near}}?", { near })
      : known !== undefined
        ? words(" It has {{names}}. Remove it, or look for its name.", { names: known })
        : words(" Remove it, or look for its name.");
  return {
    ...base,
    // With no name near it, it may be newer than the list of names; of Globals SAM itself keeps the list.
    severity: near === undefined && (place.resource || path.length > 2) ? "warning" : "error",
    rule: "design.unknown-property",
    message: words("{{place}} has no property {{key}}.{{hint}}", { place: nameOfPlace(path, place), key, hint }),
    ...(near === undefined || near in value
      ? fixBy(words("Remove {{name}}", { name: key }), base.path, place)
      : renameBy(words("Rename to {{near}}", { near }), [...path, near], base.path, place, value[key] ?? null)),
  };
}

/** SAM leaves out what is empty; CloudFormation does not take it. */
function emptyValue(path: TemplatePath, place: Place): Finding[] {
  if (isServerless(place)) return [];
  const finding: Finding = {
    severity: "error",
    rule: "design.empty-value",
    message: words("{{place}} is empty, and CloudFormation takes no empty values. Give it a value, or remove it.", {
      place: nameOfPlace(path, place),
    }),
    path,
    ...fixBy(words("Remove {{name}}", { name: String(path.at(-1)) }), path, place),
  };
  return [finding];
}

function isServerless(place: Place): boolean {
  return !place.resource || place.resource.type.startsWith("AWS::Serverless::");
}

function wrongType(wanted: WordsValue, value: Json, path: TemplatePath, place: Place): Finding {
  const is = Array.isArray(value) ? words("a list") : isJsonObject(value) ? words("a map") : JSON.stringify(value);
  return {
    severity: "error",
    rule: "design.wrong-type",
    message: words("{{place}} is {{is}}; it must be {{wanted}}.", { place: nameOfPlace(path, place), is, wanted }),
    path,
  };
}

/** `Tags.0.Key of Orders`; of the properties as a whole only the resource. */
function nameOfPlace(path: TemplatePath, place: Place): WordsValue {
  const below = path.slice(place.resource ? 3 : 2).filter((key, index, all) => key !== "Fn::If" && all[index - 1] !== "Fn::If");
  return below.length === 0 ? place.subject : words("{{below}} of {{subject}}", { below: below.join("."), subject: place.subject });
}

function wordsOf(type: PropertyType): WordsValue {
  if (isValues(type)) return words("one of {{values}}", { values: type.join(", ") });
  if (typeof type !== "string") return "list" in type ? words("a list") : "map" in type ? words("a map") : either(type.any.map(wordsOf));
  if (type.startsWith("#") || type === "tag") return words("a map");
  if (type === "integer") return words("a whole number");
  if (type === "number") return words("a number");
  return type === "boolean" ? words("true or false") : words("a text");
}

type Fix = Pick<Finding, "fix">;

/** Without a value the property goes. Keys with dots have no place in a command's path. */
function fixBy(title: Words, path: TemplatePath, place: Place, value?: Json): Fix {
  const command = commandFor(path, place, value);
  return command ? { fix: { title, command } } : {};
}

function renameBy(title: Words, to: TemplatePath, from: TemplatePath, place: Place, value: Json): Fix {
  const set = commandFor(to, place, value);
  const remove = commandFor(from, place);
  return set && remove ? { fix: { title, command: { type: "several", commands: [set, remove] } } } : {};
}

function commandFor(path: TemplatePath, place: Place, value?: Json): DesignCommand | undefined {
  const below = path.slice(2);
  if (!place.resource || below.some((key) => String(key).includes("."))) return undefined;
  return { type: "setProperty", id: place.resource.id, path: below.join("."), ...(value === undefined ? {} : { value }) };
}

/** Of an Fn::If, the places of its two values; undefined: it is none. */
function branchesOf(value: Json): readonly number[] | undefined {
  const arguments_ = objectOr(value)["Fn::If"];
  return Array.isArray(arguments_) && arguments_.length === 3 && Object.keys(objectOr(value)).length === 1 ? [1, 2] : undefined;
}

function branch(value: Json, index: number): Json {
  const arguments_ = objectOr(value)["Fn::If"];
  return (Array.isArray(arguments_) ? arguments_[index] : undefined) ?? null;
}

function isIntrinsic(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && (key === "Ref" || (key.startsWith("Fn::") && !key.startsWith("Fn::ForEach")));
}

function isScalar(value: Json): boolean {
  return typeof value !== "object";
}

/** CloudFormation turns numbers and truth values into texts and back where it can. */
function isScalarOf(type: string, value: Json): boolean {
  if (!isScalar(value)) return false;
  if (type === "string" || (type === "boolean" && typeof value === "boolean")) return true;
  const text = String(value).trim();
  if (type === "integer") return /^[+-]?\d+(\.0+)?$/.test(text);
  if (type === "number") return text !== "" && Number.isFinite(Number(text));
  if (type === "boolean") return /^(true|false)$/i.test(text);
  return true;
}
