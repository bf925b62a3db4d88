import type { Json } from "../json.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { isStarted } from "./kinds.ts";
import { at, listOf, textOf, type TemplateView } from "./view.ts";
import { inRow, words, type Words, type WordsValue } from "../words.ts";

/** Something of one resource reaches another: a function or state machine is triggered by it, anything else is its target. */
export function deliver(
  view: TemplateView,
  draft: DesignDraft,
  from: string | undefined,
  to: string | undefined,
  writtenAt: readonly TemplatePath[],
  more: { readonly name?: string; readonly label?: WordsValue; readonly file?: string } = {},
): void {
  if (from === undefined || to === undefined || from === to) return;
  draft.connect({ kind: isStarted(view.resources.get(to)?.type) ? "trigger" : "target", from, to, ...more, writtenAt });
}

/** What could not be delivered goes elsewhere. */
export function deliverFailures(
  draft: DesignDraft,
  from: string | undefined,
  to: string | undefined,
  path: TemplatePath,
  more: { readonly name?: string; readonly label?: WordsValue } = {},
): void {
  if (from !== undefined && to !== undefined && from !== to) draft.connect({ kind: "dead-letter", from, to, ...more, writtenAt: [path] });
}

/** Parts of a label, those that say something: `batch of 10 · filtered`. */
export function labelOf(...parts: readonly (WordsValue | undefined)[]): WordsValue {
  const said = parts.flatMap((part) => (part === undefined || part === "" ? [] : [part]));
  const [only = ""] = said;
  return said.length < 2 ? only : inRow(said, " · ");
}

/** `where market, kind`: the keys that a filter looks at, or `where market = eu` when it is as simple as that. */
export function filterLabel(policy: Json | undefined): Words | undefined {
  const parsed = parsedJson(policy);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const keys = Object.keys(parsed);
  const [key] = keys;
  if (key === undefined) return undefined;
  const values = listOf(at(parsed, key));
  const only = keys.length === 1 && values.length === 1 ? textOf(values[0]) : undefined;
  return words("where {{keys}}", { keys: only === undefined ? keys.join(", ") : `${key} = ${only}` });
}

/** Policies and patterns may also be given as JSON text. */
export function parsedJson(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  try {
    const parsed: Json = JSON.parse(value);
    return parsed;
  } catch {
    return value;
  }
}

/** Texts of a list, or of one. */
export function textList(value: Json | undefined): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}
