// The message of the held hop as it is being edited.
import { create } from "zustand";
import type { Json } from "../../../model/json.ts";
import type { HoldDecision } from "../../../model/run.ts";
import { compactJson } from "../../editors/json/compactJson.ts";
import { closeJsonInText, openJsonInText } from "../../editors/json/jsonInText.ts";

interface HoldEdit {
  holdId: string | null;
  original: string;
  text: string;
  /** How many values were JSON in text and are shown opened. */
  opened: number;
}

export const useHoldEdit = create<HoldEdit>(() => ({ holdId: null, original: "", text: "", opened: 0 }));

let openedPaths: ReadonlyMap<string, number> = new Map();

export function beginHoldEdit(holdId: string, input: Json): void {
  if (useHoldEdit.getState().holdId === holdId) return;
  const { value, opened } = openJsonInText(input);
  openedPaths = opened;
  const text = compactJson(value);
  useHoldEdit.setState({ holdId, original: text, text, opened: opened.size });
}

export function changeHoldText(text: string): void {
  useHoldEdit.setState({ text });
}

export function undoHoldEdit(): void {
  useHoldEdit.setState(({ original }) => ({ text: original }));
}

/** What is wrong with the text; null: it is JSON. */
export function holdProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** undefined: not changed. */
export function editedInput(): { readonly value: Json } | undefined | "invalid" {
  const { text, original } = useHoldEdit.getState();
  if (text === original) return undefined;
  if (holdProblem(text) !== null) return "invalid";
  return { value: closeJsonInText(JSON.parse(text) as Json, openedPaths) };
}

/** What is typed into one of these is no JSON: nothing goes on until it is mended or undone. */
export function isSpoilt(holds: readonly { readonly id: string }[]): boolean {
  const { holdId } = useHoldEdit.getState();
  return holds.some(({ id }) => id === holdId) && editedInput() === "invalid";
}

/** Lets a hop go with its message as it was edited, if it is the one that is shown. */
export function goingOn(holdId: string): HoldDecision {
  const input = useHoldEdit.getState().holdId === holdId ? editedInput() : undefined;
  return { type: "continue", ...(input === undefined || input === "invalid" ? {} : { input: input.value }) };
}

/** How many leaves differ between two JSON texts: `1 value changed`. */
export function changedValues(before: string, after: string): number {
  const flat = (value: unknown, path: string, into: Map<string, unknown>): Map<string, unknown> => {
    if (typeof value !== "object" || value === null) return into.set(path, value);
    for (const [key, item] of Object.entries(value)) flat(item, `${path}/${key}`, into);
    return into;
  };
  if (holdProblem(before) !== null || holdProblem(after) !== null) return 0;
  const a = flat(JSON.parse(before), "", new Map());
  const b = flat(JSON.parse(after), "", new Map());
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).length;
}
