import type { Value } from "./value.ts";

/** The variables that a state can read: those of its own flow, and those of the flows around it. Never changed in place. */
export interface Variables {
  readonly own: ReadonlyMap<string, Value>;
  readonly outer?: Variables;
}
