// Where a state machine's definition is written, what it says, and where in the text each part of it stands.
import { readDefinition } from "../asl.ts";
import type { DesignResource } from "../design.ts";
import { localPath } from "../localFiles.ts";
import type { Steps } from "../../asl/commands/command.ts";
import type { DefinitionPlace } from "../../asl/commands/definitionDocument.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { TextRange } from "../../problem.ts";
import { parseTemplate } from "../../template/parseTemplate.ts";
import type { TemplateDocument } from "../../template/document.ts";

export const stateMachineTypes: ReadonlySet<string> = new Set(["AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"]);

export interface WorkflowSource {
  /** File in which it is written, relative to the project; of an inline definition the template. */
  readonly file: string;
  /** null: it cannot be read; `trouble` says why. */
  readonly definition: JsonObject | null;
  readonly trouble: string | null;
  readonly isExpress: boolean;
  /** Where commands write; null: there is nothing to write in. */
  readonly place: DefinitionPlace | null;
  /** Where the value at these steps below the definition stands in `file`. */
  placeOf(steps: Steps): TextRange | undefined;
}

/** Reads the definition of a machine; `${Name}` stays as it is written. */
export function workflowSource(
  resource: DesignResource,
  template: TemplateDocument,
  readText: (path: string) => string | undefined,
): WorkflowSource {
  const { properties } = resource;
  const isExpress = [properties["Type"], properties["StateMachineType"]].includes("EXPRESS");
  const at = (property: string): (string | number)[] => [...resource.path, "Properties", property];

  const inline = properties["Definition"];
  if (isJsonObject(inline)) {
    const place: DefinitionPlace = { type: "value", file: template.path, path: at("Definition") };
    return { ...readAs(inline, template.path), isExpress, place, placeOf: (steps) => template.rangeOf([...at("Definition"), ...steps]) };
  }
  const text = textOf(properties["DefinitionString"]);
  if (text !== undefined) {
    const placeOf = placesInText(template, at("DefinitionString"), text.text);
    const place: DefinitionPlace = { type: "text", file: template.path, path: [...at("DefinitionString"), ...text.below] };
    return { ...readAs(readDefinition(text.text), template.path), isExpress, place, placeOf };
  }
  const whole = (): TextRange | undefined => template.rangeOf(resource.path, "key");
  const file = localPath(properties["DefinitionUri"]) ?? localPath(properties["DefinitionS3Location"]);
  if (file === undefined) {
    return {
      file: template.path,
      definition: null,
      trouble: `${resource.id} has no definition that can be drawn: give it a DefinitionUri, a Definition or a DefinitionString.`,
      isExpress,
      place: null,
      placeOf: whole,
    };
  }
  const read = readText(file);
  if (read === undefined) {
    return {
      file: template.path,
      definition: null,
      trouble: `${file} is not in the project, or is not text. Create it, or name another file in the properties of ${resource.id}.`,
      isExpress,
      place: null,
      placeOf: whole,
    };
  }
  let document: TemplateDocument | undefined;
  return {
    ...readAs(readDefinition(read), file),
    isExpress,
    place: { type: "value", file, path: [] },
    placeOf: (steps) => (document ??= parseTemplate(read, file)).rangeOf([...steps]),
  };
}

function readAs(value: Json | undefined, file: string): Pick<WorkflowSource, "file" | "definition" | "trouble"> {
  if (isJsonObject(value)) return { file, definition: value, trouble: null };
  return {
    file,
    definition: null,
    trouble: `The definition in ${file} cannot be read as JSON or YAML. Mend it in the text; the drawing follows.`,
  };
}

function textOf(value: Json | undefined): { readonly text: string; readonly below: Steps } | undefined {
  if (typeof value === "string") return { text: value, below: [] };
  const sub = isJsonObject(value) ? value["Fn::Sub"] : undefined;
  if (typeof sub === "string") return { text: sub, below: ["Fn::Sub"] };
  return Array.isArray(sub) && typeof sub[0] === "string" ? { text: sub[0], below: ["Fn::Sub", 0] } : undefined;
}

/** In a block of text (`|`) each line of the definition has its own line in the template; otherwise the text as a whole is the place. */
function placesInText(template: TemplateDocument, property: Steps, text: string): (steps: Steps) => TextRange | undefined {
  let inner: TemplateDocument | undefined;
  return (steps) => {
    const whole = template.rangeOf([...property], "node") ?? template.rangeOf([...property]);
    if (whole === undefined) return undefined;
    const lines = template.text.split("\n");
    const first = text.split("\n")[0]?.trim() ?? "";
    const header = lines.findIndex((line, index) => index >= whole.start.line - 1 && index < whole.end.line && /[|][-+]?\s*$/.test(line));
    if (header < 0 || lines[header + 1]?.trim() !== first) return whole;
    inner ??= parseTemplate(text, text.trimStart().startsWith("{") ? "definition.json" : "definition.yaml");
    const range = inner.rangeOf([...steps]);
    if (range === undefined) return whole;
    const shifted = (line: number): { line: number; column: number; offset: number } => ({ line: header + 1 + line, column: 1, offset: 0 });
    return { start: shifted(range.start.line), end: shifted(range.end.column === 1 ? range.end.line : range.end.line + 1) };
  };
}
