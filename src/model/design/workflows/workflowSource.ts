// Where a state machine's definition is written, what it says, and where in the text each part of it stands.
import { readDefinition, withQuotedNames } from "../asl.ts";
import type { DesignResource } from "../design.ts";
import { isJsonText, localPath } from "../localFiles.ts";
import type { Steps } from "../../asl/commands/command.ts";
import { joinedText } from "../../asl/commands/joinedText.ts";
import { readAgain } from "../../asl/commands/readAgain.ts";
import { memberRangeOf, pathAt } from "../../asl/jsonText.ts";
import type { DefinitionPlace } from "../../asl/commands/definitionDocument.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { Problem, TextRange } from "../../problem.ts";
import { parseTemplate } from "../../template/parseTemplate.ts";
import type { TemplateDocument } from "../../template/document.ts";
import { words, type Words } from "../../words.ts";

export const stateMachineTypes: ReadonlySet<string> = new Set(["AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"]);

export interface WorkflowSource {
  /** File in which it is written, relative to the project; of an inline definition the template. */
  readonly file: string;
  /** null: it cannot be read; `trouble` says why. */
  readonly definition: JsonObject | null;
  readonly trouble: Words | null;
  /** The definition as JSON text, where it is written so: numbers have their form in it. */
  json(): string | null;
  /** Where a text that cannot be read goes wrong. */
  readonly mistakes: readonly Problem[];
  readonly isExpress: boolean;
  /** It is drawn, but cannot be changed in the drawing: why; null: it can. */
  readonly readOnly: Words | null;
  /** Where commands write; null: there is nothing to write in. */
  readonly place: DefinitionPlace | null;
  /** Where the value at these steps below the definition stands in `file`. */
  placeOf(steps: Steps): TextRange | undefined;
  /** The steps to what stands at a line and column of `file`, both from 1; undefined: nothing of the definition. */
  stepsAt(line: number, column: number): Steps | undefined;
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
    return {
      ...readAs(inline, template.path),
      json: () => null,
      isExpress,
      readOnly: null,
      place,
      placeOf: (steps) => template.rangeOf([...at("Definition"), ...steps]),
      stepsAt: (line, column) => below(template.pathAt(offsetOf(template.text, line, column)), at("Definition")),
    };
  }
  const text = textOf(properties["DefinitionString"]);
  if (text !== undefined) {
    const { placeOf, stepsAt, mistakes } = placesInText(template, at("DefinitionString"), text.text, text.type);
    const place: DefinitionPlace = { type: text.type, file: template.path, path: [...at("DefinitionString"), ...text.below] };
    const value = text.text.trimStart().startsWith("{") && !isJson(text.text) ? undefined : readDefinition(text.text);
    return {
      ...readAs(value, template.path),
      json: () => jsonText(text.text),
      ...(isJsonObject(value) ? {} : { mistakes: mistakes() }),
      isExpress,
      readOnly: text.readOnly,
      place,
      placeOf,
      stepsAt,
    };
  }
  const whole = (): TextRange | undefined => template.rangeOf(resource.path, "key");
  const file = localPath(properties["DefinitionUri"]) ?? localPath(properties["DefinitionS3Location"]);
  if (file === undefined) {
    return {
      file: template.path,
      definition: null,
      trouble: words("{{machine}} has no definition that can be drawn: give it a DefinitionUri, a Definition or a DefinitionString.", {
        machine: resource.id,
      }),
      json: () => null,
      mistakes: [],
      isExpress,
      readOnly: null,
      place: null,
      placeOf: whole,
      stepsAt: () => undefined,
    };
  }
  const read = readText(file);
  if (read === undefined) {
    return {
      file: template.path,
      definition: null,
      trouble: words("{{file}} is not in the project, or is not text. Create it, or name another file in the properties of {{machine}}.", {
        file,
        machine: resource.id,
      }),
      json: () => null,
      mistakes: [],
      isExpress,
      readOnly: null,
      place: null,
      placeOf: whole,
      stepsAt: () => undefined,
    };
  }
  let document: TemplateDocument | undefined;
  const parsed = (): TemplateDocument => (document ??= readAgain(withQuotedPlaceholders(read, file), file));
  // half a line typed into JSON may still be YAML, but not what anyone meant
  const isJsonFile = /\.json$/i.test(file);
  const value = isJsonFile && !isJson(read) ? undefined : readDefinition(read);
  const places = isJsonFile && isJsonObject(value) ? placesInJson(() => withQuotedPlaceholders(read, file)) : undefined;
  return {
    ...readAs(value, file),
    json: () => jsonText(read),
    ...(isJsonObject(value) ? {} : { mistakes: parsed().problems.map((problem) => ({ ...problem, rule: "workflow.syntax" })) }),
    isExpress,
    readOnly: null,
    place: { type: "value", file, path: [] },
    ...(places ?? {
      placeOf: (steps) => parsed().rangeOf([...steps]),
      stepsAt: (line, column) => parsed().pathAt(offsetOf(read, line, column)),
    }),
  };
}

/** `${Seconds}` where JSON wants a value, as text of the same length: all else keeps its place. */
function withQuotedPlaceholders(text: string, file: string): string {
  if (!/\.json$/i.test(file) || !text.includes("${")) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|\$\{[^}"]*\}/g, (part) => (part.startsWith("$") ? `"${part.slice(1, -1)}"` : part));
}

/** JSON is looked through for one place: reading a long one whole takes a second. */
function placesInJson(quoted: () => string): Pick<WorkflowSource, "placeOf" | "stepsAt"> {
  let text: string | undefined;
  return {
    placeOf: (steps) => memberRangeOf((text ??= quoted()), steps),
    stepsAt: (line, column) => pathAt((text ??= quoted()), offsetOf(text, line, column)),
  };
}

function jsonText(text: string): string | null {
  return isJson(text) ? withQuotedNames(text.replace(/^\uFEFF/, "")) : null;
}

function isJson(text: string): boolean {
  return isJsonText(withQuotedNames(text));
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}

function below(path: Steps, base: Steps): Steps | undefined {
  return base.every((step, index) => path[index] === step) ? path.slice(base.length) : undefined;
}

function readAs(value: Json | undefined, file: string): Pick<WorkflowSource, "file" | "definition" | "trouble" | "mistakes"> {
  if (isJsonObject(value)) return { file, definition: value, trouble: null, mistakes: [] };
  return {
    file,
    definition: null,
    mistakes: [],
    trouble: words("The definition in {{file}} cannot be read as JSON or YAML. Mend it in the text; the drawing follows.", { file }),
  };
}

interface WrittenText {
  readonly type: "text" | "join";
  readonly text: string;
  readonly below: Steps;
  readonly readOnly: Words | null;
}

function textOf(value: Json | undefined): WrittenText | undefined {
  const text = (written: string, ...below: Steps): WrittenText => ({ type: "text", text: written, below, readOnly: null });
  if (typeof value === "string") return text(value);
  if (!isJsonObject(value)) return undefined;
  const { "Fn::Sub": sub, "Fn::Join": join } = value;
  if (typeof sub === "string") return text(sub, "Fn::Sub");
  if (Array.isArray(sub) && typeof sub[0] === "string") return text(sub[0], "Fn::Sub", 0);
  const joined = joinedText(join);
  return joined && { type: "join", text: joined.text, below: ["Fn::Join"], readOnly: joined.readOnly };
}

/** In a block of text (`|`) each line of the definition has its own line in the template; otherwise the text as a whole is the place. */
function placesInText(
  template: TemplateDocument,
  property: Steps,
  text: string,
  type: "text" | "join",
): Pick<WorkflowSource, "placeOf" | "stepsAt"> & { mistakes(): readonly Problem[] } {
  let inner: TemplateDocument | undefined;
  const parsed = (): TemplateDocument =>
    (inner ??= text.trimStart().startsWith("{")
      ? parseTemplate(withQuotedPlaceholders(text, "definition.json"), "definition.json")
      : parseTemplate(text, "definition.yaml"));
  const whole = template.rangeOf([...property], "node") ?? template.rangeOf([...property]);
  const lines = template.text.split("\n");
  const first = text.split("\n")[0] ?? "";
  const found = lines.findIndex(
    (line, index) => whole !== undefined && index >= whole.start.line - 1 && index < whole.end.line && /[|][-+]?\s*(#.*)?$/.test(line),
  );
  // parts of a join have no lines of their own
  const header = type === "text" && found >= 0 && lines[found + 1]?.trim() === first.trim() ? found : -1;
  const shifted = (line: number): { line: number; column: number; offset: number } => ({ line: header + 1 + line, column: 1, offset: 0 });
  return {
    placeOf: (steps) => {
      const range = whole === undefined || header < 0 ? undefined : parsed().rangeOf([...steps]);
      if (range === undefined) return whole;
      return { start: shifted(range.start.line), end: shifted(range.end.column === 1 ? range.end.line : range.end.line + 1) };
    },
    mistakes: () =>
      parsed().problems.map((problem) => {
        const { range: inside } = problem;
        const range = inside === undefined || header < 0 ? whole : { start: shifted(inside.start.line), end: shifted(inside.end.line + 1) };
        return { ...problem, rule: "workflow.syntax", file: template.path, ...(range === undefined ? {} : { range }) };
      }),
    stepsAt: (line, column) => {
      if (header < 0 || whole === undefined || line <= header + 1 || line > whole.end.line) return undefined;
      const indent = (lines[header + 1] ?? "").indexOf(first.trim()) - (first.length - first.trimStart().length);
      return parsed().pathAt(offsetOf(text, line - header - 1, Math.max(1, column - indent)));
    },
  };
}
