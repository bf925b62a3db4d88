import { create } from "zustand";

/** The file whose editor shows what is on disk beside what is typed; one at a time. */
export const useComparing = create<{ path: string | null }>(() => ({ path: null }));

export function toggleComparing(path: string): void {
  useComparing.setState((state) => ({ path: state.path === path ? null : path }));
}
