import type { Json } from "./json.ts";
import type { Problem } from "./problem.ts";
import type { LogLine, ResourceRef, SpanSummary } from "./trace.ts";

// What a running design tells and is told: shared by the runtime's public door and the Studio API.

export interface DeployResult {
  readonly difference: DeployDifference;
  readonly outputs: Readonly<Record<string, Json>>;
  readonly problems: readonly Problem[];
  /** Files beside the template and the code that went into the stack (OpenAPI documents), relative to the project's folder. */
  readonly files: readonly string[];
}

export interface DeployDifference {
  readonly added: readonly string[];
  readonly changed: readonly { readonly logicalId: string; readonly properties: readonly string[]; readonly isReplaced: boolean }[];
  readonly removed: readonly string[];
}

/** A function's code was built anew, or could not be (the old code keeps running). */
export interface CodeChange {
  readonly logicalId: string;
  readonly problems: readonly Problem[];
}

/** A call that one resource of the design made of another while it ran. */
export interface ObservedCall {
  /** Logical IDs. */
  readonly from: string;
  readonly to: string;
  /** As spans name it: `dynamodb`, `PutItem`. */
  readonly service: string;
  readonly operation: string;
}

export interface ClockState {
  readonly now: number;
  readonly rate: number;
  readonly isPaused: boolean;
  readonly due: readonly { readonly at: number; readonly title: string; readonly resource?: ResourceRef }[];
}

export interface TraceFilter {
  readonly text?: string;
  readonly logicalId?: string;
  readonly outcome?: "ok" | "error" | "throttled" | "running";
  readonly minDurationMilliseconds?: number;
  readonly limit: number;
  /** Only traces that began before this moment. */
  readonly before?: number;
}

export interface LogEntry extends LogLine {
  readonly traceId: string;
  readonly spanId: string;
  readonly target: ResourceRef | null;
}

export interface ResourceMetrics {
  readonly resource: ResourceRef;
  /** Since the runtime began. */
  readonly count: number;
  readonly errors: number;
  readonly throttles: number;
  readonly inFlight: number;
  readonly perSecond: number;
  readonly p50: number | null;
  readonly p95: number | null;
  /** Counts per second of the last minute, oldest first, with errors. */
  readonly history: readonly { readonly count: number; readonly errors: number }[];
  /** From Service.gauges: depth, items, hitRatio… */
  readonly gauges: Readonly<Record<string, number>>;
}

/** Where a hop stopped: before it runs, its message open and editable. */
export interface Hold {
  readonly id: string;
  readonly span: SpanSummary;
  readonly input: Json;
  readonly reason: "step" | "breakpoint";
}

export type HoldDecision =
  /** Lets this hop go; `stop` says where to hold next: every hop of any trace, or only breakpoints. */
  | { readonly type: "step"; readonly input?: Json }
  | { readonly type: "continue"; readonly input?: Json }
  /** The message vanishes as if the network had lost it. */
  | { readonly type: "drop" }
  | { readonly type: "fail"; readonly code: string; readonly message: string; readonly status: number };

export interface Breakpoint {
  readonly id: string;
  /** A resource, or a connection between two. */
  readonly on:
    | { readonly type: "resource"; readonly logicalId: string }
    | { readonly type: "connection"; readonly from: string; readonly to: string };
  readonly isEnabled: boolean;
}

export interface DebuggerState {
  /** Holds before every hop. */
  readonly isStepping: boolean;
  readonly breakpoints: readonly Breakpoint[];
  /** Waiting for a decision, oldest first. The clock stands still while there is one. */
  readonly holds: readonly Hold[];
}

/** A view of what a resource holds: `messages`, `items`, `entries`; each service's README names its views. */
export interface InspectQuery {
  /** `messages`, `items`, `entries`: the service's README names its views. */
  readonly view: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly filter?: string;
}

export interface Inspection {
  readonly columns: readonly {
    readonly key: string;
    readonly title: string;
    readonly kind: "text" | "code" | "json" | "time" | "duration" | "number" | "state";
  }[];
  readonly rows: readonly { readonly id: string; readonly cells: Readonly<Record<string, Json>>; readonly detail: Json }[];
  readonly total: number | null;
  /** How many were looked at for this page, where a filter leaves some out. */
  readonly looked?: number;
  readonly cursor?: string;
}
