import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { TemplateDocument } from "../../template/document.ts";
import { deriveDesign } from "../derive.ts";
import type { TemplatePath } from "../design.ts";
import { isGlue } from "../kinds.ts";
import { sectionOf } from "../known.ts";
import { dependenciesOf, referencesIn } from "../references.ts";
import type { DesignContext } from "../view.ts";
import { ownPlaces, whyNotDisconnect } from "./disconnect.ts";
import { removePaths } from "./removePaths.ts";

/**
 * Takes resources out with what only served them: their connections, glue such as permissions and mappings, variables,
 * outputs and DependsOn that name them. A mention inside an expression stays, and is reported as an unknown reference.
 */
export function removeResources(document: TemplateDocument, ids: readonly string[], context: DesignContext): TemplateDocument {
  const gone = withGlue(document.value, new Set(ids));
  const paths: TemplatePath[] = [...gone]
    .filter((id) => Object.hasOwn(sectionOf(document.value, "Resources"), id))
    .map((id) => ["Resources", id]);
  const { connections } = deriveDesign(document, context);
  const cut = connections.filter((each) => (gone.has(each.from) || gone.has(each.to)) && whyNotDisconnect(document, each) === undefined);
  paths.push(...ownPlaces(connections, cut));
  paths.push(...dependencies(document.value, gone), ...outputs(document.value, gone), ...globalVariables(document.value, gone));
  return removePaths(document, paths);
}

/** Roles and policies often serve several: they stay. What wires one resource to others goes with it. */
const shared = new Set([
  "AWS::IAM::Role",
  "AWS::IAM::Policy",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::InstanceProfile",
  "AWS::CloudFront::CachePolicy",
]);

function withGlue(template: JsonObject, removed: ReadonlySet<string>): Set<string> {
  const gone = new Set(removed);
  const resources = Object.entries(sectionOf(template, "Resources"));
  for (let size = -1; size !== gone.size;) {
    size = gone.size;
    for (const [id, resource] of resources) {
      const type = isJsonObject(resource) ? String(resource["Type"]) : "";
      if (gone.has(id) || !isGlue(type) || shared.has(type)) continue;
      if (isJsonObject(resource) && referencesIn(resource["Properties"]).some((reference) => gone.has(reference.id))) gone.add(id);
    }
  }
  return gone;
}

function dependencies(template: JsonObject, gone: ReadonlySet<string>): TemplatePath[] {
  return Object.entries(sectionOf(template, "Resources")).flatMap(([id, resource]) => {
    if (gone.has(id) || !isJsonObject(resource)) return [];
    const path: TemplatePath = ["Resources", id, "DependsOn"];
    return dependenciesOf(resource["DependsOn"], path)
      .filter((dependency) => gone.has(dependency.id))
      .map((dependency) => dependency.path);
  });
}

function outputs(template: JsonObject, gone: ReadonlySet<string>): TemplatePath[] {
  return Object.entries(sectionOf(template, "Outputs")).flatMap(([name, output]): TemplatePath[] =>
    mentionsAny(output, gone) ? [["Outputs", name]] : [],
  );
}

function globalVariables(template: JsonObject, gone: ReadonlySet<string>): TemplatePath[] {
  const path: TemplatePath = ["Globals", "Function", "Environment", "Variables"];
  const variables = path.reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), template);
  if (!isJsonObject(variables)) return [];
  return Object.entries(variables).flatMap(([name, value]) => (mentionsAny(value, gone) ? [[...path, name]] : []));
}

function mentionsAny(value: Json | undefined, ids: ReadonlySet<string>): boolean {
  return referencesIn(value).some((reference) => ids.has(reference.id));
}
