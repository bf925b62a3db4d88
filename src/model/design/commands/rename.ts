import { isJsonObject, type Json } from "../../json.ts";
import type { TemplateDocument, TemplateEdit } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import type { TemplatePath } from "../design.ts";
import { sectionOf } from "../known.ts";
import { whyNotLogicalId } from "../logicalIds.ts";
import { dependenciesOf, referencesIn, substitutionsIn, type Reference } from "../references.ts";
import { at } from "../view.ts";

/** Gives a resource another logical ID, wherever it is mentioned: Ref, GetAtt, Sub, DependsOn, connectors, and IDs that SAM makes from it. */
export function renameResource(document: TemplateDocument, id: string, newId: string): TemplateDocument {
  if (id === newId) return document;
  const resources = sectionOf(document.value, "Resources");
  if (!Object.hasOwn(resources, id))
    throw new CommandError(`${id} is not written in the template (SAM makes it), so it cannot be renamed.`);
  const refusal = whyNotLogicalId(document.value, newId);
  if (refusal !== undefined) throw new CommandError(refusal);
  const renamed = nameChange(document.value, id, newId);
  const edits = new Map<string, TemplateEdit>();
  for (const reference of mentions(document.value)) {
    const edit = rewritten(document, reference, renamed);
    if (edit) edits.set(edit.path.join("\u0000"), edit);
  }
  return document.edit([...edits.values(), { type: "renameKey", path: ["Resources", id], key: newId }]);
}

type NameChange = (name: string) => string | undefined;

/** What SAM makes from a resource carries its ID as prefix: `OrdersRole`, `OrdersUrl`, `OrdersApiProdStage`. */
const madeBySam = /^(Role|Url|UrlPublicPermissions|Version|Alias\w*|Deployment|\w*Stage|ApiGatewayDefaultStage)$/;

function nameChange(template: Json, id: string, newId: string): NameChange {
  const resource = at(template, "Resources", id);
  const isServerless = isJsonObject(resource) && String(resource["Type"]).startsWith("AWS::Serverless::");
  const declared = new Set([
    ...Object.keys(sectionOf(objectOf(template), "Resources")),
    ...Object.keys(sectionOf(objectOf(template), "Parameters")),
  ]);
  return (name) => {
    if (name === id) return newId;
    if (!isServerless || declared.has(name) || !name.startsWith(id)) return undefined;
    const rest = name.slice(id.length);
    return madeBySam.test(rest) ? newId + rest : undefined;
  };
}

/** Every mention of a logical ID in the whole template. */
function mentions(template: Json): Reference[] {
  const found = referencesIn(template);
  for (const [id, resource] of Object.entries(sectionOf(objectOf(template), "Resources"))) {
    if (!isJsonObject(resource)) continue;
    found.push(...dependenciesOf(resource["DependsOn"], ["Resources", id, "DependsOn"]));
    found.push(...connectorEnds(resource, ["Resources", id]));
  }
  return found;
}

/** `Source: {Id: X}` and `Destination: {Id: X}` of SAM connectors, as resources of their own or inside one. */
function connectorEnds(resource: Json, path: TemplatePath): Reference[] {
  const ends: Reference[] = [];
  const properties = at(resource, "Properties");
  if (at(resource, "Type") === "AWS::Serverless::Connector") {
    ends.push(
      ...endsOf(at(properties, "Source"), [...path, "Properties", "Source"]),
      ...endsOf(at(properties, "Destination"), [...path, "Properties", "Destination"]),
    );
  }
  const inside = at(resource, "Connectors");
  if (isJsonObject(inside)) {
    for (const name of Object.keys(inside)) {
      ends.push(...endsOf(at(inside, name, "Properties", "Destination"), [...path, "Connectors", name, "Properties", "Destination"]));
    }
  }
  return ends;
}

function endsOf(value: Json | undefined, path: TemplatePath): Reference[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => endsOf(item, [...path, index]));
  const id = at(value, "Id");
  return typeof id === "string" ? [{ id, how: "Connector", path: [...path, "Id"] }] : [];
}

function rewritten(document: TemplateDocument, reference: Reference, renamed: NameChange): TemplateEdit | undefined {
  const name = renamed(reference.id);
  if (name === undefined) return undefined;
  const { path } = reference;
  switch (reference.how) {
    case "DependsOn":
    case "Connector":
      return { type: "set", path, value: name };
    case "Ref":
      return { type: "set", path: [...path, "Ref"], value: name };
    case "Fn::GetAtt": {
      const argument = at(document.value, ...path, "Fn::GetAtt");
      if (typeof argument === "string")
        return { type: "set", path: [...path, "Fn::GetAtt"], value: name + argument.slice(reference.id.length) };
      return { type: "set", path: [...path, "Fn::GetAtt", 0], value: name };
    }
    case "Fn::Sub": {
      const argument = at(document.value, ...path, "Fn::Sub");
      const textPath = Array.isArray(argument) ? [...path, "Fn::Sub", 0] : [...path, "Fn::Sub"];
      const text = at(document.value, ...textPath);
      const given = Array.isArray(argument) && isJsonObject(argument[1]) ? argument[1] : {};
      return typeof text === "string" ? { type: "set", path: textPath, value: renamedInText(text, given, renamed) } : undefined;
    }
  }
}

/** All substitutions of one text at once: several mentions in it give the same edit. */
function renamedInText(text: string, given: Readonly<Record<string, Json>>, renamed: NameChange): string {
  let result = "";
  let end = 0;
  for (const part of substitutionsIn(text)) {
    const name = part.isLiteral || Object.hasOwn(given, part.id) ? undefined : renamed(part.id);
    if (name === undefined) continue;
    const start = part.index + part.whole.indexOf(part.id);
    result += text.slice(end, start) + name;
    end = start + part.id.length;
  }
  return result + text.slice(end);
}

function objectOf(template: Json): Readonly<Record<string, Json>> & { [key: string]: Json } {
  return isJsonObject(template) ? template : {};
}
