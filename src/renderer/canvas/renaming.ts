// Which card's title, or which note, is being typed into.
import { create } from "zustand";

export const useRenaming = create<{ id: string | null }>(() => ({ id: null }));

export function beginRename(id: string): void {
  useRenaming.setState({ id });
}

export function endRename(): void {
  useRenaming.setState({ id: null });
}
