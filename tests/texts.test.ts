import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import { cloudformationLimits } from "../src/model/limits/cloudformation.ts";
import { cloudfrontLimits } from "../src/model/limits/cloudfront.ts";
import { nameLimits } from "../src/model/limits/names.ts";
import { definitionTexts } from "../src/renderer/app/texts/definitionTexts.ts";
import { runtimeTexts } from "../src/renderer/app/texts/runtimeTexts.ts";
import { definitions } from "../src/runtime/services/definitions.ts";

const root = path.resolve(import.meta.dirname, "..");
const texts = path.join(root, "src/renderer/app/texts");

interface SyntaxNode {
  readonly type: string;
  readonly [member: string]: unknown;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** What one file shows: keys that `t` is given, or `words`, and texts in JSX that no `t` stands around. */
interface Shown {
  readonly keys: readonly (Place & { readonly key: string | null; readonly unfilled: readonly string[] })[];
  readonly unwrapped: readonly (Place & { readonly text: string })[];
}

const isNode = (value: unknown): value is SyntaxNode => typeof value === "object" && value !== null && "type" in value;

/** Names that are the same in every language. */
const names = new Set(["Contrail", "Alt", "English", "Deutsch", "Español"]);
/** Attributes and members of objects that are read out or seen. */
const spoken = new Set(["aria-label", "title", "placeholder", "label", "description", "detail", "alt", "hint", "words", "emptyHint"]);

/** A sentence or a title; not `$.value`, `arn:aws:…`, `folder/name.json`, which are code, nor names of classes. */
const isSentence = (text: string): boolean =>
  /\p{L}{2}/u.test(text) &&
  (/^\p{Lu}\p{Ll}+$/u.test(text.trim()) || /\p{L}{2,} \p{Ll}|\p{Ll} \p{L}{2,}/u.test(text)) &&
  !names.has(text.trim());

/** The strings that an expression may come to: of a template, what stands around its values. */
function stringsIn(value: unknown): string[] {
  if (!isNode(value)) return [];
  switch (value.type) {
    case "Literal":
      return typeof value["value"] === "string" ? [value["value"]] : [];
    case "TemplateLiteral":
      return [(value["quasis"] as { value: { cooked: string } }[]).map((part) => part.value.cooked).join("…")];
    case "ConditionalExpression":
      return [...stringsIn(value["consequent"]), ...stringsIn(value["alternate"])];
    case "LogicalExpression":
      return [...stringsIn(value["left"]), ...stringsIn(value["right"])];
    case "JSXExpressionContainer":
      return stringsIn(value["expression"]);
    default:
      return [];
  }
}

/** Placeholders of a text that the values in the call do not have. */
function unfilledIn(text: string, values: unknown): string[] {
  const wanted = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name);
  if (!isNode(values)) return wanted;
  const properties = values["properties"];
  if (!Array.isArray(properties) || !properties.every((one) => isNode(one) && one.type === "Property")) return [];
  const given = new Set(properties.map((one: SyntaxNode) => (isNode(one["key"]) ? String(one["key"]["name"]) : "")));
  return wanted.filter((name) => !given.has(name));
}

function shownIn(file: string, source: string): Shown {
  const keys: (Place & { key: string | null; unfilled: string[] })[] = [];
  const unwrapped: (Place & { text: string })[] = [];
  const { program, errors } = parseSync(file, source);
  expect(errors, file).toEqual([]);
  const place = (node: SyntaxNode): Place => ({ file, line: source.slice(0, Number(node["start"])).split("\n").length });
  const check = (node: SyntaxNode, found: readonly string[]): void => {
    for (const text of found) if (isSentence(text) && !isData(file, text)) unwrapped.push({ ...place(node), text: text.trim() });
  };
  const visit = (node: SyntaxNode): void => {
    const { type, name, key, callee, children } = node;
    if (type === "JSXText" && typeof node["value"] === "string" && /\p{L}{2}/u.test(node["value"]) && !names.has(node["value"].trim()))
      unwrapped.push({ ...place(node), text: node["value"].trim() });
    if (type === "JSXAttribute" && isNode(name) && spoken.has(String(name["name"]))) check(node, stringsIn(node["value"]));
    if (type === "Property" && isNode(key) && spoken.has(String(key["name"]))) check(node, stringsIn(node["value"]));
    // a property that is left out: `placeholder = "Filter"`
    if (type === "AssignmentPattern" && isNode(node["left"]) && spoken.has(String(node["left"]["name"])))
      check(node, stringsIn(node["right"]));
    if (Array.isArray(children)) check(node, children.flatMap(stringsIn));
    if (type === "CallExpression" && isNode(callee) && callee["name"] === "t" && Array.isArray(node["arguments"])) {
      const [first, values] = node["arguments"];
      keys.push({ ...place(node), ...keyIn(first, values) });
    }
  };
  visitAll(program as unknown as SyntaxNode, visit);
  return { keys, unwrapped };
}

function keyIn(first: unknown, values: unknown): { key: string | null; unfilled: string[] } {
  const key = isNode(first) && typeof first["value"] === "string" ? first["value"] : null;
  return { key, unfilled: key === null ? [] : unfilledIn(key, values) };
}

function visitAll(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node);
  for (const [member, value] of Object.entries(node)) {
    if (member === "parent") continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visitAll(child, visit);
  }
}

/** What a file of the model or of the servers says to a person by `words`; and sentences within these that are no words. */
function saidIn(file: string, source: string): Shown {
  const keys: (Place & { key: string | null; unfilled: string[] })[] = [];
  const unwrapped: (Place & { text: string })[] = [];
  const { program, errors } = parseSync(file, source);
  expect(errors, file).toEqual([]);
  visitAll(program as unknown as SyntaxNode, (node) => {
    const { type, callee, arguments: given } = node;
    if (type !== "CallExpression" || !isNode(callee) || callee["name"] !== "words" || !Array.isArray(given)) return;
    const [first, values] = given;
    const place = { file, line: source.slice(0, Number(node["start"])).split("\n").length };
    keys.push({ ...place, ...keyIn(first, values) });
    const properties = isNode(values) && Array.isArray(values["properties"]) ? (values["properties"] as SyntaxNode[]) : [];
    for (const text of properties.flatMap((one) => stringsIn(one["value"])))
      if (isSentence(text) && text.includes(" ")) unwrapped.push({ ...place, text });
  });
  return { keys, unwrapped };
}

/** Forms of states are headed by the fields of the Amazon States Language, which are called the same everywhere. */
function isData(file: string, text: string): boolean {
  return file.startsWith("src/renderer/workflow/") && /^\p{L}+$/u.test(text);
}

function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll("\\", "/")}`)
    .filter((file) => pattern.test(file));
}

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const shown = filesIn("src/renderer", /\.tsx?$/).map((file) => shownIn(file, read(file)));
/** What the model, the services and the Studio server say, which only the Studio translates. */
const said = [...filesIn("src/model", /\.ts$/), ...filesIn("src/main", /\.ts$/), ...filesIn("src/runtime", /\.ts$/)]
  .map((file) => [file, read(file)] as const)
  .filter(([, source]) => source.includes(`/words.ts"`))
  .map(([file, source]) => saidIn(file, source));
const used = new Set([...shown, ...said].flatMap(({ keys }) => keys.flatMap(({ key }) => key ?? [])));

/** Heads of columns, as the services name them where they let their data be looked at. */
function columnTitles(): string[] {
  const services = path.join(root, "src/runtime/services");
  return readdirSync(services)
    .filter((id) => existsSync(path.join(services, id, "definition.ts")))
    .flatMap((id) => readdirSync(path.join(services, id)).map((file) => path.join(services, id, file)))
    .filter((file) => /\/inspect\w*\.ts$/.test(file.replaceAll("\\", "/")))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\btitle: "([^"]+)"/g)].map(([, title = ""]) => title));
}

/** Names and descriptions of the examples, as the gallery shows them. */
function exampleTexts(): string[] {
  const examples = path.join(root, "resources/examples");
  return readdirSync(examples).flatMap((id) => {
    const { title, description, learn } = JSON.parse(readFileSync(path.join(examples, id, "example.json"), "utf8")) as {
      title: string;
      description: string;
      learn: string[];
    };
    return [title, description, ...learn];
  });
}

/** What limits count, and what names may hold. */
function limitTexts(): string[] {
  const { resources, parameters, outputs, mappings } = cloudformationLimits;
  const { origins, cacheBehaviors } = cloudfrontLimits;
  const units = [resources, parameters, outputs, mappings, origins, cacheBehaviors].map(({ unit }) => unit);
  return [...units, ...Object.values(nameLimits).map(({ allowed }) => allowed)];
}

const ofData = new Set([
  ...exampleTexts(),

  ...definitionTexts(definitions.flatMap(({ resourceTypes }) => [...resourceTypes])),
  ...runtimeTexts,
  ...columnTitles(),
  ...limitTexts(),
]);

const catalogue = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(texts, `${language}.json`), "utf8")) as Record<string, string>;
const english = catalogue("en");
const translated = readdirSync(texts)
  .filter((file) => file.endsWith(".json") && file !== "en.json")
  .map((file) => file.replace(".json", ""));

const keyOf = (entry: string): string => entry.replace(/_(?:zero|one|two|few|many|other)$/, "");
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).toSorted();

describe("the Studio's texts", () => {
  it("all pass through t, which is given the English sentence itself", () => {
    expect(shown.flatMap(({ unwrapped }) => unwrapped)).toEqual([]);
    expect(shown.flatMap(({ keys }) => keys.filter(({ key }) => key === null))).toEqual([]);
  });

  it("are words in the model and the servers, which are given the English sentence itself too", () => {
    expect(said.flatMap(({ unwrapped }) => unwrapped)).toEqual([]);
    expect(said.flatMap(({ keys }) => keys.filter(({ key }) => key === null))).toEqual([]);
    const { keys, unwrapped } = saidIn(
      "a.ts",
      'words(text); words("{{id}} is {{what}}.", { id, what: isList ? "a list" : words("a map") });',
    );
    expect(keys.map(({ key }) => key)).toEqual([null, "{{id}} is {{what}}.", "a map"]);
    expect(unwrapped.map(({ text }) => text)).toEqual(["a list"]);
  });

  it("are noticed where they do not", () => {
    const source = 'const A = () => <p title="Not so">No words <b aria-label={t(name)}>{isOn ? "Still no" : t("Fine")}</b></p>;';
    const { keys, unwrapped } = shownIn("a.tsx", source);
    expect(unwrapped.map(({ text }) => text)).toEqual(["Not so", "No words", "Still no"]);
    expect(keys.map(({ key }) => key)).toEqual([null, "Fine"]);
  });

  it("are given a value for each of their placeholders", () => {
    expect([...shown, ...said].flatMap(({ keys }) => keys.filter(({ unfilled }) => unfilled.length > 0))).toEqual([]);
    const [call] = shownIn("a.tsx", 't("{{path}} in line {{line}}", { path, count: 1 });').keys;
    expect(call?.unfilled).toEqual(["line"]);
  });

  it("have no English plural form that nobody uses", () => {
    expect(Object.keys(english).filter((entry) => !entry.endsWith("_one") || !used.has(keyOf(entry)))).toEqual([]);
  });

  describe.each(translated)("in %s", (language) => {
    const entries = catalogue(language);

    it("are whole: every text and each of its forms is translated", () => {
      const wanted = [...used, ...ofData].flatMap((key) => (`${key}_one` in english ? [`${key}_one`, `${key}_other`] : [key]));
      expect(wanted.filter((entry) => entries[entry] === undefined)).toEqual([]);
    });

    it("hold nothing that is not shown", () => {
      expect(Object.keys(entries).filter((entry) => ![entry, keyOf(entry)].some((key) => used.has(key) || ofData.has(key)))).toEqual([]);
    });

    it("keep the placeholders of the English sentence", () => {
      const different = Object.entries(entries).filter(([entry, text]) => {
        const original = english[entry] ?? (used.has(entry) || ofData.has(entry) ? entry : keyOf(entry));
        return placeholders(text).join() !== placeholders(original).join();
      });
      expect(different).toEqual([]);
    });
  });
});
