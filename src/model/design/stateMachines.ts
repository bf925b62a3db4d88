import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { joinedText } from "../asl/commands/joinedText.ts";
import { operandsOf, readDefinition, tasksOf, type AslTask } from "./asl.ts";
import { deliver, labelOf } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { localPath } from "./localFiles.ts";
import { allDrawnBehind, drawnBehind, drawnNamed } from "./owners.ts";
import { substitutionsIn } from "./references.ts";
import { isWritten, type ResourceView, type TemplateView } from "./view.ts";

/** A state machine's definition, wherever it is written. */
interface Definition {
  /** undefined: it cannot be read as states. */
  readonly value: Json | undefined;
  readonly path: TemplatePath;
  /** The states stand in the template itself, each with a place of its own. */
  readonly isInline: boolean;
  readonly file?: string;
  /** What `${Name}` stands for. */
  readonly names: JsonObject;
}

/** What its states call: functions, other machines, and any AWS operation by what it works on. */
export function deriveStateMachine(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const substitutions = resource.properties["DefinitionSubstitutions"];
  const names = isJsonObject(substitutions) ? substitutions : {};
  const definition = definitionOf(view, resource, names);
  const called = new Set<string>();
  for (const task of tasksOf(definition?.value)) {
    for (const to of targetsOf(view, task, definition?.names ?? {})) {
      called.add(to);
      if (definition) deliverTask(view, draft, resource, definition, task, to);
    }
  }
  // What it is told of is used in some way, even where the definition cannot be read.
  for (const [name, value] of Object.entries(names)) {
    const to = drawnBehind(view, value);
    const path: TemplatePath = [...resource.path, "Properties", "DefinitionSubstitutions", name];
    deliver(view, draft, resource.id, to, [path]);
    if (to !== undefined) called.add(to);
  }
  if (definition?.value !== undefined && definition.isInline) return;
  for (const property of ["Definition", "DefinitionString"]) {
    for (const to of allDrawnBehind(view, resource.properties[property])) {
      if (!called.has(to)) deliver(view, draft, resource.id, to, [[...resource.path, "Properties", property]]);
    }
  }
}

function deliverTask(
  view: TemplateView,
  draft: DesignDraft,
  resource: ResourceView,
  definition: Definition,
  task: AslTask,
  to: string,
): void {
  const path = definition.isInline ? [...definition.path, ...task.path] : definition.path;
  const operation = task.operation === "invoke" ? undefined : task.operation;
  const { file } = definition;
  deliver(view, draft, resource.id, to, [path], { label: labelOf(task.state, operation), ...(file === undefined ? {} : { file }) });
}

function definitionOf(view: TemplateView, { properties, path }: ResourceView, names: JsonObject): Definition | undefined {
  const at = (property: string): TemplatePath => [...path, "Properties", property];
  const inline = properties["Definition"];
  if (isJsonObject(inline)) return { value: inline, path: at("Definition"), isInline: true, names };
  const text = definitionText(properties["DefinitionString"]);
  if (text !== undefined) {
    return { value: readDefinition(text.text), path: at("DefinitionString"), isInline: false, names: { ...text.names, ...names } };
  }
  for (const property of ["DefinitionUri", "DefinitionS3Location"]) {
    const file = localPath(properties[property]);
    const read = file === undefined ? undefined : view.readText(file);
    if (file === undefined || read === undefined) continue;
    return { value: readDefinition(read), path: at(property), isInline: false, file, names };
  }
  return undefined;
}

/** As one text with `${Name}` where a value is filled in: of a plain text, of Fn::Sub, and of Fn::Join as CDK writes it. */
function definitionText(value: Json | undefined): { readonly text: string; readonly names: JsonObject } | undefined {
  if (typeof value === "string") return { text: value, names: {} };
  if (!isJsonObject(value)) return undefined;
  const { "Fn::Sub": sub, "Fn::Join": join } = value;
  if (typeof sub === "string") return { text: sub, names: {} };
  if (Array.isArray(sub) && typeof sub[0] === "string") return { text: sub[0], names: isJsonObject(sub[1]) ? sub[1] : {} };
  return joinedText(join);
}

function targetsOf(view: TemplateView, task: AslTask, names: JsonObject): string[] {
  const own = drawnIn(view, task.resource, names, undefined);
  if (own.length > 0) return own;
  const operands = operandsOf(task);
  const named = operands.flatMap((operand) => drawnIn(view, operand, names, task.service));
  return [...new Set(named.length > 0 || operands.length > 0 ? named : drawnIn(view, task.input, names, undefined))];
}

/** Resources behind a value of a definition, in which `${Name}` stands for what is substituted. */
function drawnIn(view: TemplateView, value: Json | undefined, names: JsonObject, service: string | undefined): string[] {
  if (!isWritten(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item) => drawnIn(view, item, names, service));
  if (typeof value !== "string") {
    const mentioned = allDrawnBehind(view, value);
    if (mentioned.length > 0 || !isJsonObject(value)) return mentioned;
    return Object.values(value).flatMap((item) => drawnIn(view, item, names, service));
  }
  const parts = substitutionsIn(value);
  if (parts.length === 0) return listed(service === undefined ? drawnBehind(view, value) : drawnNamed(view, service, value));
  return parts.flatMap((part) => {
    const name = part.attribute === undefined ? part.id : `${part.id}.${part.attribute}`;
    const given = names[name] ?? { Ref: part.id };
    return listed(service === undefined ? drawnBehind(view, given) : drawnNamed(view, service, given));
  });
}

function listed(id: string | undefined): string[] {
  return id === undefined ? [] : [id];
}
