// The way under the pointer: its plus stands above the lines, where the lines themselves know nothing of it.
import { create } from "zustand";

export const useHoveredWay = create<{ id: string | null }>(() => ({ id: null }));
