// Completion behind `${` in a definition: substitutions of its machine, or what Fn::Sub fills in.
import type { Suggestion } from "./suggestion.ts";

export interface Reference {
  readonly name: string;
  readonly detail: string;
}

/** null: the cursor is in no `${…`. */
export function completeReference(text: string, offset: number, references: readonly Reference[]): readonly Suggestion[] | null {
  const typed = /\$\{([\w.:]*)$/.exec(text.slice(Math.max(0, offset - 300), offset))?.[1];
  if (typed === undefined) return null;
  const behind = /^[\w.:]*\}?/.exec(text.slice(offset))?.[0] ?? "";
  return references.map(({ name, detail }) => ({
    label: name,
    insert: `${name}}`,
    from: offset - typed.length,
    to: offset + behind.length,
    kind: "resource",
    detail,
  }));
}
