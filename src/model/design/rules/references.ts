import { isJsonObject } from "../../json.ts";
import { hasUnknownTransform } from "../../template/expand.ts";
import { dependenciesOf, referencesIn, type Reference } from "../references.ts";
import { sectionOf } from "../known.ts";
import { nameCheck } from "../transformed.ts";
import type { CheckInput } from "./report.ts";
import { words, type Words } from "../../words.ts";

/** Mentions of what is nowhere: CloudFormation refuses the whole template for one of them. */
export function checkReferences(input: CheckInput): void {
  const { view, context, report } = input;
  const { template: value } = view;
  // Other transforms and macros make resources that cannot be known from the text.
  if (hasUnknownTransform(value)) return;
  const sections = ["Resources", "Outputs", "Globals"].map((name) => [name, value[name]] as const);
  const isThere = nameCheck(value, context);
  for (const [section, content] of sections) {
    for (const reference of referencesIn(content, [section])) {
      if (!isThere(reference.id))
        report({ severity: "error", rule: "design.unknown-reference", message: unknownWords(view, reference), path: reference.path });
      else if (reference.attribute !== undefined) checkAttribute(input, reference, isThere);
    }
  }
  for (const [id, resource] of Object.entries(sectionOf(value, "Resources"))) {
    if (!isJsonObject(resource)) continue;
    for (const dependency of dependenciesOf(resource["DependsOn"], ["Resources", id, "DependsOn"])) {
      if (isThere(dependency.id)) continue;
      report({ severity: "error", rule: "design.unknown-reference", message: unknownWords(view, dependency), path: dependency.path });
    }
  }
}

function unknownWords(view: CheckInput["view"], reference: Reference): Words {
  const near = nearest(reference.id, [...view.resources.keys()]);
  const hint = near === undefined ? words("Add it, or change the name.") : words("Did you mean {{near}}?", { near });
  return words("The template has no resource or parameter named {{name}}. {{hint}}", { name: reference.id, hint });
}

function checkAttribute({ view, context, report }: CheckInput, reference: Reference, isThere: (name: string) => boolean): void {
  const resource = view.resources.get(reference.id);
  const { attribute } = reference;
  if (!resource || attribute === undefined) return;
  const definition = view.definitionOf(resource.type);
  const isServerless = resource.type.startsWith("AWS::Serverless::");
  const attributes = definition?.attributes ?? (isServerless ? undefined : context.schemas?.schemaOf(resource.type)?.attributes);
  // What a nested stack gives out is written in its own template.
  if (!attributes || resource.type === "AWS::CloudFormation::Stack" || resource.type === "AWS::CloudFormation::CustomResource") return;
  if (attributes.some((name) => name === attribute || name.startsWith(`${attribute}.`) || attribute.startsWith(`${name}.`))) return;
  // SAM lets `${Function.Alias}` and the like stand for what it makes.
  if (isServerless && isThere(`${reference.id}.${attribute.split(".")[0] ?? ""}`)) return;
  const shown = attributes.filter((name) => !name.includes("."));
  const has = shown.length === 0 ? words("It has none.") : words("It has {{shown}}.", { shown: shown.join(", ") });
  report({
    severity: "error",
    rule: "design.unknown-attribute",
    message: words("{{resource}} ({{title}}) has no attribute {{attribute}}. {{has}}", {
      resource: reference.id,
      title: definition === undefined ? resource.type : { text: definition.title },
      attribute,
      has,
    }),
    path: reference.path,
  });
}

/** The name that differs by at most a third of its letters. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const [best] = names
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase(), limit) }))
    .filter((each) => each.distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** Levenshtein's distance, given up beyond the limit. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
