import type { Json } from "../../json.ts";
import type { TemplateDocument } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import type { DesignCommand, TemplatePath } from "../design.ts";
import { sectionOf } from "../known.ts";
import { at } from "../view.ts";
import { removePaths } from "./removePaths.ts";
import { words } from "../../words.ts";

export function setProperty(document: TemplateDocument, command: Extract<DesignCommand, { type: "setProperty" }>): TemplateDocument {
  const resource = sectionOf(document.value, "Resources")[command.id];
  if (resource === undefined) {
    throw new CommandError(
      words(
        "{{id}} is not written in the template (SAM makes it), so it has no properties to set. Add an API and connect its routes to set them.",
        { id: command.id },
      ),
    );
  }
  const path: TemplatePath = ["Resources", command.id, ...segmentsOf(resource, command.path)];
  if (command.value === undefined) return removePaths(document, [path]);
  return document.edit([{ type: "set", path, value: command.value }]);
}

export function setSection(document: TemplateDocument, command: Extract<DesignCommand, { type: "setSection" }>): TemplateDocument {
  const path: TemplatePath = command.name === undefined ? [command.section] : [command.section, command.name];
  if (command.value === undefined) return removePaths(document, [path]);
  return document.edit([{ type: "set", path, value: command.value }]);
}

/** A number is an index where a list stands, and a key elsewhere. */
function segmentsOf(resource: Json, path: string): TemplatePath {
  const segments: (string | number)[] = [];
  for (const part of path.split(".")) {
    segments.push(Array.isArray(at(resource, ...segments)) && /^\d+$/.test(part) ? Number(part) : part);
  }
  return segments;
}
