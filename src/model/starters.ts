// What a new project may begin with: small, whole projects of one pattern, in each language.
import type { Miniature } from "./design/miniature.ts";

export const starterPatterns = ["api", "worker", "workflow"] as const;
export const starterLanguages = ["typescript", "javascript", "python"] as const;

export interface Starter {
  readonly pattern: (typeof starterPatterns)[number];
  readonly miniature: Miniature;
}
