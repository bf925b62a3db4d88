import type { Sources } from "./sources.ts";
import type { Value } from "./value.ts";
import type { Variables } from "./variables.ts";

/** What expressions can see and draw from. */
export interface Scope {
  /** `$` of JSONPath (a field's effective input or output), `$states.input` of JSONata (the state's raw input). */
  readonly input: Value;
  /** `$$` of JSONPath, `$states.context` of JSONata. */
  readonly context: Value;
  readonly variables: Variables;
  readonly sources: Sources;
  /** `$states.result` of JSONata: after the work of a Task, Parallel or Map. */
  readonly result?: Value;
  /** `$states.errorOutput` of JSONata: in a Catch. */
  readonly errorOutput?: Value;
}

/** What JSONPath sees of it. */
export type PathScope = Pick<Scope, "input" | "context" | "variables" | "sources">;
