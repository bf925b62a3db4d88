import { isJsonObject, type Json } from "../../json.ts";
import { hasIncludes, hasUnknownTransform } from "../../template/expand.ts";
import { sectionOf } from "../known.ts";
import { mentionedIds } from "../references.ts";
import type { CheckInput } from "./report.ts";
import { words, type Words } from "../../words.ts";

/** Parameters, mappings and conditions that nothing in the template mentions. */
export function checkUnused({ document, report }: CheckInput): void {
  const { value } = document;
  // Included text may mention them.
  if (hasIncludes(value) || hasUnknownTransform(value)) return;
  const said = mentions(value);
  const tell = (section: string, name: string, message: Words): void =>
    report({
      severity: "info",
      rule: "design.unused",
      message,
      path: [section, name],
      part: "key",
      fix: { title: words("Remove {{name}}", { name }), command: { type: "setSection", section, name } },
    });
  for (const name of Object.keys(sectionOf(value, "Parameters")))
    if (!said.names.has(name)) tell("Parameters", name, words("Nothing uses the parameter {{name}}. Use it, or remove it.", { name }));
  for (const name of Object.keys(sectionOf(value, "Mappings")))
    if (!said.mappings.has(name)) tell("Mappings", name, words("Nothing uses the mapping {{name}}. Use it, or remove it.", { name }));
  for (const name of Object.keys(sectionOf(value, "Conditions")))
    if (!said.conditions.has(name)) tell("Conditions", name, words("Nothing uses the condition {{name}}. Use it, or remove it.", { name }));
}

interface Mentions {
  readonly names: Set<string>;
  readonly mappings: Set<string>;
  readonly conditions: Set<string>;
}

function mentions(template: Json): Mentions {
  const found: Mentions = { names: new Set(mentionedIds(template)), mappings: new Set(), conditions: new Set() };
  visit(template, found);
  return found;
}

function visit(value: Json, found: Mentions): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === "Condition" && typeof item === "string") found.conditions.add(item);
    if (key === "Fn::If" && Array.isArray(item) && typeof item[0] === "string") found.conditions.add(item[0]);
    if (key === "Fn::FindInMap" && Array.isArray(item)) {
      if (typeof item[0] === "string") found.mappings.add(item[0]);
    }
    // ASL's and SAM's own words for a condition or a parameter.
    if (typeof item === "string" && (key === "Ref" || key === "Fn::ValueOf" || key === "Fn::RefAll")) found.names.add(item);
    if (key.startsWith("Fn::Sub") || key.startsWith("Fn::ForEach")) noteTexts(item, found);
    if (key === "Fn::ValueOf" && Array.isArray(item) && typeof item[0] === "string") found.names.add(item[0]);
    visit(item, found);
  }
}

/** Every `${Name}` below, whatever it is. */
function noteTexts(value: Json, found: Mentions): void {
  for (const [, name] of JSON.stringify(value).matchAll(/\$\{([\w:]+)/g)) if (name !== undefined) found.names.add(name);
}
