// Templates of nested stacks and applications that lie in the project: each is read as what it is, a template of its own.
import type { Problem } from "../problem.ts";
import type { TemplateDocument } from "../template/document.ts";
import { parseTemplate } from "../template/parseTemplate.ts";
import { localPath } from "./localFiles.ts";
import { joined } from "./rules/handlerFile.ts";
import { sectionOf } from "./known.ts";
import { at, viewTemplate, type DesignContext, type ResourceView } from "./view.ts";

export interface NestedTemplate {
  /** Logical ID, in the project's own template, of the stack that it is part of. */
  readonly stack: string;
  /** Path relative to the project's folder. */
  readonly file: string;
  /** Named as in its own folder, as a project would have it. */
  readonly document: TemplateDocument;
  /** Files are told relative to its folder; parameters have the values that the stack around it gives. */
  readonly context: DesignContext;
  /** With the parameters that are given values only known at the deploy, which no rule need ask for. */
  readonly isAnswered: (problem: Problem) => boolean;
}

/** Property that names the template of a nested stack. */
export const nestedLocation: Readonly<Record<string, string>> = {
  "AWS::CloudFormation::Stack": "TemplateURL",
  "AWS::Serverless::Application": "Location",
};

/** Stacks inside stacks inside stacks: more are a circle. */
const deepest = 10;

/** All of them, each file once, whoever nests it. */
export function nestedTemplates(document: TemplateDocument, context: DesignContext): readonly NestedTemplate[] {
  const found = new Map<string, NestedTemplate>();
  collect(document, context, document.path.split("/").slice(0, -1), found, []);
  return [...found.values()];
}

function collect(
  document: TemplateDocument,
  context: DesignContext,
  folder: readonly string[],
  found: Map<string, NestedTemplate>,
  stacks: readonly string[],
): void {
  if (stacks.length >= deepest) return;
  for (const resource of viewTemplate(document.value, context).resources.values()) {
    const named = localPath(resource.properties[nestedLocation[resource.type] ?? ""]);
    const text = named === undefined || resource.isDisabled ? undefined : context.readText?.(named);
    const file = named === undefined ? undefined : joined(folder, named);
    if (named === undefined || text === undefined || file === undefined || found.has(file)) continue;
    const inner = joined([], named)?.split("/") ?? [];
    const child = parseTemplate(text, inner.at(-1) ?? named);
    const within = [...stacks, resource.id];
    const nested = { stack: within[0] ?? resource.id, file, document: child, ...readAs(child, resource, inner.slice(0, -1), context) };
    found.set(file, nested);
    collect(child, nested.context, file.split("/").slice(0, -1), found, within);
  }
}

function readAs(
  child: TemplateDocument,
  { properties }: ResourceView,
  folder: readonly string[],
  context: DesignContext,
): Pick<NestedTemplate, "context" | "isAnswered"> {
  const given = at(properties, "Parameters");
  const parameters: Record<string, string> = {};
  const later = new Set<string>();
  for (const name of Object.keys(sectionOf(child.value, "Parameters"))) {
    const value = at(given, name);
    if (typeof value === "object" && value !== null) later.add(name);
    else if (value !== undefined && value !== null) parameters[name] = String(value);
  }
  const prefix = folder.length === 0 ? "" : `${folder.join("/")}/`;
  const files =
    context.files && new Set([...context.files].flatMap((file) => (file.startsWith(prefix) ? [file.slice(prefix.length)] : [])));
  return {
    context: {
      ...context,
      parameters,
      // seen of the project's own resources
      observed: [],
      ...(files === undefined ? {} : { files }),
      readText: (path) => {
        const file = joined(folder, path);
        return file === undefined ? undefined : context.readText?.(file);
      },
    },
    isAnswered: ({ rule, message }) =>
      rule === "template.parameter-missing" && [...later].some((name) => message.split(/\W+/).includes(name)),
  };
}
