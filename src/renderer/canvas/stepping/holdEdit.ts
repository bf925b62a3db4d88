// The message of the held hop as it is being edited.
import { create } from "zustand";
import type { Json } from "../../../model/json.ts";

interface HoldEdit {
  holdId: string | null;
  original: string;
  text: string;
}

export const useHoldEdit = create<HoldEdit>(() => ({ holdId: null, original: "", text: "" }));

export function beginHoldEdit(holdId: string, input: Json): void {
  if (useHoldEdit.getState().holdId === holdId) return;
  const text = JSON.stringify(input, null, 2);
  useHoldEdit.setState({ holdId, original: text, text });
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
  return { value: JSON.parse(text) as Json };
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
