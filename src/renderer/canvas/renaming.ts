// Which card's title, which fact of a card, or which note, is being typed into.
import { create } from "zustand";

export const useRenaming = create<{ id: string | null }>(() => ({ id: null }));

export function beginRename(id: string): void {
  useRenaming.setState({ id });
}

/** `part`: `facts`, or a route's id. */
export function editPart(id: string, part: string): void {
  useRenaming.setState({ id: partOf(id, part) });
}

export function partOf(id: string, part: string): string {
  return `${id} ${part}`;
}

export function endRename(): void {
  useRenaming.setState({ id: null });
}
