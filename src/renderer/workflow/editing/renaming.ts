// The state whose name is being typed on its card.
import { create } from "zustand";

export const useRenamingState = create<{ id: string | null }>(() => ({ id: null }));

export function beginRenameState(id: string): void {
  useRenamingState.setState({ id });
}

export function endRenameState(): void {
  useRenamingState.setState({ id: null });
}
