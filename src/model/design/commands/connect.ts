import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { ConnectionRule, ConnectionWrite } from "../../service.ts";
import type { TemplateDocument, TemplateEdit } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import { refusalOf, whyNot } from "../connectable.ts";
import { deriveDesign } from "../derive.ts";
import type { Design, DesignCommand, DesignResource, TemplatePath } from "../design.ts";
import { environmentName, pathName, routeName } from "../logicalIds.ts";
import { rulesFrom } from "../plainConnections.ts";
import { at, type DesignContext } from "../view.ts";
import { needsTransform, samTransform } from "./add.ts";
import { words } from "../../words.ts";

type Connect = Extract<DesignCommand, { type: "connect" }>;

/** Writes what a connection rule says into the template. */
export function connect(document: TemplateDocument, command: Connect, context: DesignContext): TemplateDocument {
  const design = deriveDesign(document, context);
  const from = design.resources.find((resource) => resource.id === command.from);
  const to = design.resources.find((resource) => resource.id === command.to);
  const rule = from && rulesFrom(from.type, context).find((each) => each.id === command.rule);
  if (!from || !to || !rule || !rule.to.includes(to.type)) {
    throw new CommandError(
      whyNot(design, command.from, command.to, context) ??
        words("{{from}} and {{to}} cannot be connected by {{rule}}.", { from: command.from, to: command.to, rule: command.rule }),
    );
  }
  const refusal = refusalOf(design, rule, from, to);
  if (refusal !== undefined) throw new CommandError(refusal);
  const route = command.route ?? freeRoute(from, to);
  refuseTakenRoute(design, rule, from, command.route);
  const fill = filler(document.value, from, to, route);
  const edits = rule.writes.flatMap((write) => editOf(document.value, write, from, to, fill));
  // Events and policies of SAM's types mean nothing without it.
  if (needsTransform(document.value, from.type) || needsTransform(document.value, to.type))
    edits.unshift({ type: "set", path: ["Transform"], value: samTransform });
  return document.edit(edits);
}

interface RouteChoice {
  readonly method: string;
  readonly path: string;
}

function freeRoute(from: DesignResource, to: DesignResource): RouteChoice {
  const taken = new Set(from.routes.map((route) => route.id));
  for (let number = 1; ; number += 1) {
    const path = `/${pathName(to.id)}${number === 1 ? "" : `-${number}`}`;
    if (!taken.has(`GET ${path}`) && !taken.has(`ANY ${path}`)) return { method: "GET", path };
  }
}

function refuseTakenRoute(design: Design, rule: ConnectionRule, from: DesignResource, route: RouteChoice | undefined): void {
  if (!route || !JSON.stringify(rule.writes).includes("{path}")) return;
  const id = `${route.method.toUpperCase()} ${route.path}`;
  const taken = design.connections.find((connection) => connection.from === from.id && connection.fromRoute === id);
  if (taken)
    throw new CommandError(
      words("{{from}} answers {{route}} with {{to}} already: one route leads to one place.", { from: from.id, route: id, to: taken.to }),
    );
}

interface Filler {
  text(text: string): string;
  value(value: Json): Json;
}

/** Puts names, route and stage in the place of their marks. */
function filler(template: JsonObject, from: DesignResource, to: DesignResource, route: RouteChoice): Filler {
  const stage = stageOf(template, to);
  const marks: Readonly<Record<string, string>> = {
    "{from}": from.id,
    "{to}": to.id,
    "{method}": route.method,
    "{METHOD}": route.method.toUpperCase(),
    "{path}": route.path,
    "{ENV}": environmentName(to.id),
  };
  const text = (marked: string): string => {
    const filled = Object.entries(marks).reduce((result, [mark, value]) => result.replaceAll(mark, value), marked);
    // OrderQueue's URL is ORDER_QUEUE_URL, not ORDER_QUEUE_QUEUE_URL.
    return marked.includes("{ENV}")
      ? filled.replaceAll(/\b(?:[A-Z0-9]+_)*?([A-Z0-9]+)_\1(?=_|\b)/g, (whole, word: string) => whole.slice(0, -word.length - 1))
      : filled;
  };
  const value = (marked: Json): Json => {
    if (Array.isArray(marked)) return marked.map(value);
    if (isJsonObject(marked)) return Object.fromEntries(Object.entries(marked).map(([key, item]) => [key, value(item)]));
    if (typeof marked !== "string") return marked;
    if (!marked.includes("{stage}")) return text(marked);
    if (typeof stage === "string") return text(marked.replaceAll("{stage}", stage));
    return { "Fn::Sub": text(marked.replaceAll("{stage}", `\${${stage.parameter}}`)) };
  };
  return { text, value };
}

/** The REST API's stage, as text or as the parameter that names it. */
function stageOf(template: JsonObject, api: DesignResource): string | { readonly parameter: string } {
  const written = at(template, "Resources", api.id, "Properties", "StageName");
  const known = api.effectiveProperties["StageName"];
  const parameter = at(written, "Ref");
  if (typeof parameter === "string") return { parameter };
  return typeof known === "string" ? known : "Prod";
}

function editOf(template: JsonObject, write: ConnectionWrite, from: DesignResource, to: DesignResource, fill: Filler): TemplateEdit[] {
  const base: TemplatePath = write.on === "template" ? [] : ["Resources", write.on === "from" ? from.id : to.id];
  if (write.when && (at(template, ...base, ...write.when.path.split(".")) !== undefined) !== write.when.isPresent) return [];
  const value = withoutImplicit(fill.value(write.value), from);
  const marked = write.path.split(".");
  if (marked.at(-1) === "-") return appendEdit(template, [...base, ...marked.slice(0, -1).map((part) => fill.text(part))], value);
  const path = [...base, ...resolveName(template, base, marked, from, write, fill)];
  const present = at(template, ...path);
  switch (write.mode) {
    case "ifAbsent":
      return present === undefined ? [{ type: "set", path, value }] : [];
    case "merge":
      return [{ type: "set", path, value: isJsonObject(present) && isJsonObject(value) ? { ...present, ...value } : value }];
    case "set":
      return [{ type: "set", path: write.path.includes("{ENV}") ? freeVariable(template, path, value) : path, value }];
  }
}

/** A list may be absent, or a single value that CloudFormation takes for a list of one. */
function appendEdit(template: JsonObject, path: TemplatePath, value: Json): TemplateEdit[] {
  const present = at(template, ...path);
  if (present === undefined) return [{ type: "set", path, value: [value] }];
  if (!Array.isArray(present)) return [{ type: "set", path, value: [present, value] }];
  return present.some((item) => JSON.stringify(item) === JSON.stringify(value)) ? [] : [{ type: "append", path, value }];
}

/** `{name}` becomes a key that is still free where it stands. */
function resolveName(
  template: JsonObject,
  base: TemplatePath,
  marked: readonly string[],
  from: DesignResource,
  write: ConnectionWrite,
  fill: Filler,
): string[] {
  const plain = fill.text(JSON.stringify(write.value).includes("{path}") ? "{method} {path}" : "");
  const [method = "", path = ""] = plain.split(" ");
  const name = plain.trim() === "" ? from.id : routeName(method, path);
  const index = marked.findIndex((part) => part.includes("{name}"));
  if (index < 0) return marked.map((part) => fill.text(part));
  for (let number = 1; ; number += 1) {
    const parts = marked.map((part) => fill.text(part.replaceAll("{name}", number === 1 ? name : `${name}${number}`)));
    if (at(template, ...base, ...parts.slice(0, index + 1)) === undefined) return parts;
  }
}

/** A variable of that name which stands for something else stays; the new one gets a number. */
function freeVariable(template: JsonObject, path: TemplatePath, value: Json): TemplatePath {
  const name = String(path.at(-1));
  for (let number = 1; ; number += 1) {
    const candidate = [...path.slice(0, -1), number === 1 ? name : `${name}_${number}`];
    const present = at(template, ...candidate);
    if (present === undefined || JSON.stringify(present) === JSON.stringify(value)) return candidate;
  }
}

/** An API that SAM makes is meant by naming none. */
function withoutImplicit(value: Json, from: DesignResource): Json {
  if (!from.isImplicit || !isJsonObject(value)) return value;
  const isFrom = (item: Json): boolean => isJsonObject(item) && item["Ref"] === from.id;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (isFrom(item) ? [] : [[key, withoutImplicit(item, from)]])));
}
