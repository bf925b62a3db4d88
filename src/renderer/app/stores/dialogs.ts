// Which dialog is open: at most one.
import { create } from "zustand";
import type { Span } from "../../../model/trace.ts";

export type OpenDialog =
  | { readonly type: "palette"; readonly text?: string }
  | { readonly type: "shortcuts" }
  | { readonly type: "open-folder" }
  /** `dropped`: what it is to begin with instead of a pattern. */
  | { readonly type: "new-project"; readonly dropped?: { readonly name: string; readonly files: Readonly<Record<string, string>> } }
  | { readonly type: "parameters" }
  | { readonly type: "choose-stack"; readonly path: string }
  | { readonly type: "run-again"; readonly span: Span }
  /** `input`: what it is to begin with. */
  | { readonly type: "start-execution"; readonly machine: string; readonly input?: string }
  | {
      readonly type: "confirm";
      readonly title: string;
      readonly detail: string;
      readonly action: string;
      readonly isDangerous: boolean;
      readonly run: () => void;
    }
  | { readonly type: "unsaved"; readonly path: string; readonly next: () => void };

export const useDialog = create<{ dialog: OpenDialog | null }>(() => ({ dialog: null }));

export function showDialog(dialog: OpenDialog): void {
  useDialog.setState({ dialog });
}

export function closeDialog(): void {
  useDialog.setState({ dialog: null });
}

/** Asks before something that cannot be undone. */
export function confirm(question: Omit<Extract<OpenDialog, { type: "confirm" }>, "type">): void {
  showDialog({ type: "confirm", ...question });
}
