// A state machine's definition in the text where it is written: a file of its own, a template's Definition, or a text in
// the template. Immutable: a command gives the file's new text, which differs only in the lines that it concerns.
import { CommandError } from "../../design/commandError.ts";
import { isJsonObject, type Json } from "../../json.ts";
import type { TemplateDocument, TemplateEdit } from "../../template/document.ts";
import { parseTemplate } from "../../template/parseTemplate.ts";
import { blockText } from "./blockText.ts";
import { changesBetween } from "./changesBetween.ts";
import type { Steps, WorkflowCommand } from "./command.ts";
import { editsOf, type MoveEdit } from "./editsOf.ts";
import { valueAt } from "./flow.ts";
import { collapse } from "./collapsed.ts";
import { joinedText, joinEdits } from "./joinedText.ts";
import { markLiterals } from "./literals.ts";
import { moveItem } from "./moveItem.ts";
import { rawValue, withRawValue } from "./rawValue.ts";
import { readAgain } from "./readAgain.ts";
import { words } from "../../words.ts";

export interface DefinitionPlace {
  /** value: below `path` of a template or, with no path, a whole file · text: as a string at `path` of a template · join: as the parts of an Fn::Join at `path`. */
  readonly type: "value" | "text" | "join";
  readonly file: string;
  readonly path: Steps;
}

/** The file's text after the commands, one after the other. Throws a CommandError that says what stands in the way. */
export function applyWorkflowCommands(place: DefinitionPlace, text: string, commands: readonly WorkflowCommand[]): string {
  return commands.reduce((before, command) => applyWorkflowCommand(place, before, command), text);
}

function applyWorkflowCommand(place: DefinitionPlace, text: string, command: WorkflowCommand): string {
  switch (place.type) {
    case "value":
      return inValue(place, text, command);
    case "text":
      return inText(place, text, command);
    case "join":
      return inJoin(place, text, command);
  }
}

function inValue({ file, path }: DefinitionPlace, text: string, command: WorkflowCommand): string {
  const format = /\.json$/i.test(file) || (!/\.ya?ml$/i.test(file) && /^\uFEFF?\s*\{/.test(text)) ? "json" : "yaml";
  if (path.length === 0) {
    const marked = markLiterals(text, format);
    return marked.unmark(format === "json" ? inJson(marked.text, file, command) : inDocument(readAgain(marked.text, file), path, command));
  }
  const range = rangeIn(readAgain(text, file), path);
  const marked = markLiterals(text.slice(range.start, range.end), format);
  return marked.unmark(inDocument(readAgain(text.slice(0, range.start) + marked.text + text.slice(range.end), file), path, command));
}

/** Only what the command is about is read as a document. */
function inJson(text: string, file: string, command: WorkflowCommand): string {
  const definition = parsedJson(text);
  if (!isJsonObject(definition)) throw unreadable(file);
  const edits = editsOf(definition, command);
  const moved = rawPath(command);
  const kept = [...edits.flatMap(pathsOf), ...(moved.length === 0 ? [] : [moved])];
  const collapsed = collapse(text, kept);
  return collapsed.expand(edited(readable(parseTemplate(collapsed.text, file)), [], command, edits));
}

function pathsOf(edit: TemplateEdit | MoveEdit): readonly Steps[] {
  return edit.type === "set" && edit.after !== undefined ? [edit.path, [...edit.path.slice(0, -1), edit.after]] : [edit.path];
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as Json;
  } catch {
    return undefined;
  }
}

function inDocument(document: TemplateDocument, base: Steps, command: WorkflowCommand): string {
  const definition: Json | undefined = valueAt(readable(document).value, base);
  if (!isJsonObject(definition)) throw unreadable(document.path);
  return edited(document, base, command, editsOf(definition, command));
}

function readable(document: TemplateDocument): TemplateDocument {
  if (document.problems.some(({ severity }) => severity === "error")) throw unreadable(document.path);
  return document;
}

function inText({ file, path }: DefinitionPlace, text: string, command: WorkflowCommand): string {
  const template = parseTemplate(text, file);
  const written = valueAt(template.value, path);
  if (typeof written !== "string") throw unreadable(file);
  const { start, end } = rangeIn(template, path);
  const block = template.format === "yaml" ? blockText(text.slice(start, end)) : undefined;
  const inner: DefinitionPlace = { type: "value", file: innerFile(written), path: [] };
  if (block !== undefined && block.text.trimEnd() === written.trimEnd())
    return text.slice(0, start) + block.withText(inValue(inner, block.text, command)) + text.slice(end);
  return template.edit([{ type: "set", path: [...path], value: inValue(inner, written, command) }]).text;
}

function inJoin({ file, path }: DefinitionPlace, text: string, command: WorkflowCommand): string {
  const template = readable(readAgain(text, file));
  const join = valueAt(template.value, path);
  const joined = joinedText(join);
  if (joined === undefined || joined.readOnly !== null) throw unreadable(file);
  const inner: DefinitionPlace = { type: "value", file: innerFile(joined.text), path: [] };
  return template.edit(joinEdits(path, join, joined, inValue(inner, joined.text, command))).text;
}

function innerFile(text: string): string {
  return text.trimStart().startsWith("{") ? "definition.json" : "definition.yaml";
}

function edited(document: TemplateDocument, base: Steps, command: WorkflowCommand, edits: readonly (TemplateEdit | MoveEdit)[]): string {
  const raw = command.type === "moveState" || command.type === "copyState" ? rawValue(document, [...base, ...command.state]) : undefined;
  const moves = edits.filter((edit): edit is MoveEdit => edit.type === "move");
  const [move] = moves;
  if (move !== undefined) return moveItem(document, base, move);
  const changes = edits.filter((edit): edit is TemplateEdit => edit.type !== "move");
  const placed = changes.map((edit): TemplateEdit => ({ ...edit, path: [...base, ...edit.path] }));
  const added = raw === undefined ? undefined : placed.find((edit) => edit.type === "set" && edit.path.at(-2) === "States");
  if (raw === undefined || added?.type !== "set") return document.edit(placed).text;
  // first as it was written elsewhere, in its own text, then as it is here
  const original = valueAt(document.value, [...base, ...rawPath(command)]);
  if (original === undefined) return document.edit(placed).text;
  const put = document.edit(placed.map((edit) => (edit === added ? { ...added, value: original } : edit)));
  const parse = (text: string): TemplateDocument => parseTemplate(text, document.path);
  return withRawValue(put, added.path, raw, parse).edit(changesBetween(added.path, original, added.value)).text;
}

function rawPath(command: WorkflowCommand): Steps {
  return command.type === "moveState" || command.type === "copyState" ? command.state : [];
}

function rangeIn(document: TemplateDocument, path: Steps): { readonly start: number; readonly end: number } {
  const range = document.rangeOf([...path], "value");
  if (range === undefined) throw unreadable(document.path);
  return { start: range.start.offset, end: range.end.offset };
}

function unreadable(file: string): CommandError {
  return new CommandError(words("The definition in {{file}} cannot be read. Mend it in the text first.", { file }));
}
