import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { TemplateDocument, TemplateEdit } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import { sectionOf } from "../known.ts";
import { whyNotLogicalId } from "../logicalIds.ts";
import { allReferences, substitutionsIn, type Reference } from "../references.ts";
import { transformed } from "../transformed.ts";
import { at, type DesignContext } from "../view.ts";
import { words } from "../../words.ts";

/** Gives a resource another logical ID, wherever it is mentioned: Ref, GetAtt, Sub, DependsOn, connectors, and IDs that SAM makes from it. */
export function renameResource(document: TemplateDocument, id: string, newId: string, context: DesignContext): TemplateDocument {
  if (id === newId) return document;
  const resources = sectionOf(document.value, "Resources");
  if (!Object.hasOwn(resources, id))
    throw new CommandError(words("{{id}} is not written in the template (SAM makes it), so it cannot be renamed.", { id }));
  const refusal = whyNotLogicalId(document.value, newId);
  if (refusal !== undefined) throw new CommandError(refusal);
  const renamed = nameChange(document.value, id, newId, context);
  const edits = new Map<string, TemplateEdit>();
  for (const reference of allReferences(document.value)) {
    const edit = rewritten(document, reference, renamed);
    if (edit) edits.set(edit.path.join("\u0000"), edit);
  }
  return document.edit([...edits.values(), { type: "renameKey", path: ["Resources", id], key: newId }]);
}

type NameChange = (name: string) => string | undefined;

/** What SAM makes of a resource that it cannot transform as it stands. */
const usuallyMade = /^(Role|Url|UrlPublicPermissions|Version|Alias\w*|Deployment|\w*Stage|ApiGatewayDefaultStage)$/;

/** What SAM makes from a resource carries its ID as prefix: `OrdersRole`, `OrdersUrl`, `OrdersApiProdStage`, `Orders.Alias`. */
function nameChange(template: JsonObject, id: string, newId: string, context: DesignContext): NameChange {
  const isServerless = String(at(template, "Resources", id, "Type")).startsWith("AWS::Serverless::");
  const isDeclared = (name: string): boolean =>
    Object.hasOwn(sectionOf(template, "Resources"), name) || Object.hasOwn(sectionOf(template, "Parameters"), name);
  return (name) => {
    if (name === id) return newId;
    if (!isServerless || !name.startsWith(id) || isDeclared(name)) return undefined;
    const rest = name.slice(id.length);
    const owner = transformed(template, context).sources[name];
    return rest.startsWith(".") || (owner === undefined ? usuallyMade.test(rest) : owner === id) ? newId + rest : undefined;
  };
}

function rewritten(document: TemplateDocument, reference: Reference, renamed: NameChange): TemplateEdit | undefined {
  const name = renamed(reference.id);
  if (name === undefined) return undefined;
  const { path } = reference;
  switch (reference.how) {
    case "plain":
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
