import type { Json } from "../model/json.ts";
import type {
  Breakpoint,
  ClockState,
  CodeChange,
  DebuggerState,
  DeployDifference,
  DeployResult,
  HoldDecision,
  Inspection,
  InspectQuery,
  LogEntry,
  ResourceMetrics,
  TraceFilter,
} from "../model/run.ts";
import type { Span, SpanSummary, TraceSummary } from "../model/trace.ts";
import type { Deployment } from "./kernel/deployment.ts";
import type { FaultRule } from "./kernel/faults.ts";
import type { Kernel } from "./kernel/service.ts";
import type { TraceBudgetOptions } from "./kernel/traceBudget.ts";
import { services } from "./services/index.ts";
import { startRuntime } from "./startRuntime.ts";

export { AwsError } from "./kernel/awsError.ts";
export { type Deployment, DeployError } from "./kernel/deployment.ts";
export { projectDocuments } from "./services/cloudformation/projectDocuments.ts";
export { transformTemplate } from "./services/cloudformation/transformTemplate.ts";

/** Starts the local AWS with every service; rejects when its folder or port cannot be had. */
export function createRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  return startRuntime(services, options);
}

/** The local AWS: headless, no Electron, no UI. Used alike by the CLI, the tests, the desktop window and the browser tab. */
export interface Runtime {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly kernel: Kernel;
  readonly clock: ClockControl;
  readonly traces: Traces;
  readonly debugger: DebuggerControl;
  readonly faults: FaultControl;
  /** Creates, updates and deletes until the stack is what the template says; data stays. Rejects with DeployError. */
  deploy(deployment: Deployment): Promise<DeployResult>;
  /** What deploying would change, without doing it. */
  difference(deployment: Deployment): Promise<DeployDifference>;
  /** Says which files changed; functions built from them take new code, invocations under way finish on the old. */
  codeChanged(absolutePaths: readonly string[]): Promise<CodeChange[]>;
  /** An HTTP request of a person in the Studio to an API, function URL or distribution, by logical ID. */
  request(request: StudioRequest): Promise<StudioAnswer>;
  /** An AWS operation as a person in the Studio; its error is an answer. Payloads in JSON form: bytes as `{"$bytes": base64}` or text. */
  invokeAsStudio(call: { readonly service: string; readonly operation: string; readonly region?: string; readonly input: Json }): Promise<{
    readonly traceId: string;
    readonly output: Json;
    readonly error: { readonly code: string; readonly message: string } | null;
  }>;
  /** AWS's names of the operations that run, by service id. */
  operations(): Readonly<Record<string, readonly string[]>>;
  inspect(service: string, name: string, region: string, query: InspectQuery): Promise<Inspection>;
  /** Addresses that work in a browser as they are, by logical ID: `http://abc.execute-api.localhost:PORT/`. */
  urls(): readonly { readonly logicalId: string; readonly kind: "api" | "function-url" | "distribution"; readonly url: string }[];
  close(): Promise<void>;
}

export interface StudioRequest {
  readonly resource: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface StudioAnswer {
  readonly traceId: string | null;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly isBase64: boolean;
  readonly durationMilliseconds: number;
}

export interface RuntimeOptions {
  /** Folder for databases and code; absent: a temporary one, deleted at close. */
  readonly dataDirectory?: string;
  readonly region?: string;
  readonly accountId?: string;
  /** 0 or absent: any free one. */
  readonly endpointPort?: number;
  /** Repeats ids and randomness. */
  readonly seed?: number;
  /** Virtual time to begin at, milliseconds since 1970: with the seed and a paused clock, a run repeats exactly. Absent: now. */
  readonly startAt?: number;
  /** Records spans (default true). */
  readonly isTracing?: boolean;
  /**
   * While nobody watches, traces beyond so many spans are kept only if they fail: `burst` at once, `perSecond` (real) in the long run.
   * Absent: 5,000 and 1,500; null: all are kept.
   */
  readonly traceBudget?: TraceBudgetOptions | null;
  log?(line: string): void;
}

export interface ClockControl {
  state(): ClockState;
  pause(): void;
  /** 1, 10, 100…; also resumes. */
  run(rate: number): void;
  /** To the next due thing that is not quiet; false when nothing is due. */
  skipToNext(): boolean;
  /** Runs ahead: what falls due in between fires at its own moment. Resolves when all did. */
  advance(milliseconds: number): Promise<void>;
  onChange(listener: (state: ClockState) => void): () => void;
}

export interface Traces {
  list(filter: TraceFilter): readonly TraceSummary[];
  get(traceId: string): readonly SpanSummary[];
  span(traceId: string, spanId: string): Span | undefined;
  logs(filter: {
    readonly text?: string;
    readonly logicalId?: string;
    readonly limit: number;
    readonly before?: number;
  }): readonly LogEntry[];
  /** Batches of spans as they begin and end, at most one call per 50 ms. */
  onSpans(
    listener: (batch: {
      readonly started: readonly SpanSummary[];
      readonly ended: readonly SpanSummary[];
      readonly logs: readonly LogEntry[];
    }) => void,
  ): () => void;
  /** Numbers per resource over the last minute, four times a second while someone listens. */
  onMetrics(listener: (metrics: readonly ResourceMetrics[]) => void): () => void;
  clear(): void;
  /** Resolves when all that was recorded is in the file. */
  flush(): Promise<void>;
}

export interface DebuggerControl {
  state(): DebuggerState;
  setStepping(isStepping: boolean): void;
  setBreakpoints(breakpoints: readonly Breakpoint[]): void;
  decide(holdId: string, decision: HoldDecision): void;
  onChange(listener: (state: DebuggerState) => void): () => void;
}

/** Rules that make hops fail, lag or vanish. */
export interface FaultControl {
  /** Replaces all rules. */
  set(rules: readonly FaultRule[]): void;
  rules(): readonly FaultRule[];
}
