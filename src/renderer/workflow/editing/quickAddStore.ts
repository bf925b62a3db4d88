// Where the list of what can be added is open; null: it is closed.
import { create } from "zustand";
import type { Point } from "../../../model/design/curve.ts";
import type { InsertPlace } from "./places.ts";

export const useWorkflowQuickAdd = create<{ open: { readonly client: Point; readonly place: InsertPlace } | null }>(() => ({ open: null }));

export function openQuickAdd(client: Point, place: InsertPlace): void {
  useWorkflowQuickAdd.setState({ open: { client, place } });
}

export function closeQuickAdd(): void {
  useWorkflowQuickAdd.setState({ open: null });
}
