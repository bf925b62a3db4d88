import type { Suggestion } from "../../model/asl/complete/suggestion.ts";

/** What fits at an offset of a text. */
export type TextCompletion = (text: string, offset: number) => readonly Suggestion[];
