import { z } from "zod";
import { canvasSchema } from "./design/canvasFile.ts";
import type { Canvas } from "./design/design.ts";
import type { Miniature } from "./design/miniature.ts";
import type { Json } from "./json.ts";
import type { Problem } from "./problem.ts";
import type {
  ClockState,
  CodeChange,
  DebuggerState,
  DeployDifference,
  Inspection,
  LogEntry,
  ObservedCall,
  ResourceMetrics,
} from "./run.ts";
import { type Starter, starterLanguages, starterPatterns } from "./starters.ts";
import type { ResourceRef, Span, SpanSummary, TraceSummary } from "./trace.ts";
import { WordsError, type Words } from "./words.ts";

/**
 * Every call and event between renderer and Studio server, over one WebSocket (`/studio?token=…`).
 * Wire: `{id, call, input}` → `{id, output}` or `{id, error: {code, message, words}}`; events come as `{event, data}`.
 * Inputs are parsed by these schemas at the server's door; outputs are trusted.
 */
const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;
const projectPath = z.string().min(1).max(1024);
const resource = z.object({ service: z.string(), name: z.string(), region: z.string() });

export const studioInputs = {
  "session.open": z.object({}),
  /** Opens a folder or template file as the window's project. */
  "project.open": z.object({ path: z.string() }),
  /** Copies an example into a folder that the user may change, and opens it. */
  "project.openExample": z.object({ example: z.string() }),
  /** The examples' designs as small pictures, by id. */
  "project.exampleMiniatures": z.object({}),
  "project.recent": z.object({}),
  /** Takes a project from the list of recent ones; the project stays. */
  "project.forgetRecent": z.object({ path: z.string() }),
  "project.starters": z.object({}),
  /** A new folder with a template: an empty one, a starter's, or files that the person brought along. */
  "project.create": z.object({
    directory: z.string(),
    name: z.string(),
    starter: z.object({ pattern: z.enum(starterPatterns), language: z.enum(starterLanguages) }).optional(),
    files: z.record(projectPath, z.string()).optional(),
  }),
  /** What `project.open` refuses with code `several-stacks` can be opened by these. */
  "project.stacks": z.object({ path: z.string() }),
  "project.setParameters": z.object({ parameters: z.record(z.string(), z.string()) }),
  /** The project as it is saved, in another form; `api`: the logical ID of the API that an OpenAPI document describes. */
  "project.export": z.object({ format: z.enum(["cloudformation", "openapi"]), api: z.string().optional() }),
  /** With `files`, templates and state machines' definitions are listed too. */
  "folder.list": z.object({ path: z.string().optional(), files: z.boolean().optional() }),
  "file.read": z.object({ path: projectPath }),
  /** Refused with code `conflict` when the file on disk is no longer the one that was read. */
  "file.write": z.object({ path: projectPath, text: z.string(), baseVersion: z.string().nullable() }),
  "file.create": z.object({ path: projectPath, text: z.string() }),
  "file.rename": z.object({ path: projectPath, newPath: projectPath }),
  "file.remove": z.object({ path: projectPath }),
  "canvas.write": z.object({ canvas: canvasSchema }),
  "run.start": z.object({}),
  "run.stop": z.object({}),
  /** What Run or a save would change in the running stack. */
  "run.difference": z.object({}),
  "request.http": z.object({
    /** Logical ID of an API, function with URL or distribution. */
    resource: z.string(),
    method: z.string(),
    /** Path and query. */
    path: z.string(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.string(),
  }),
  /** An AWS operation as a person in the Studio: invoke a function, send a message, put an item. */
  "request.operation": z.object({ service: z.string(), operation: z.string(), region: z.string().optional(), input: json }),
  /** Connects to a WebSocket API, by its logical ID; `query` follows the stage: `?name=Ada`. Refused with code `refused`. */
  "socket.connect": z.object({ resource: z.string(), query: z.string().regex(/^([?/].*)?$/) }),
  "socket.send": z.object({ id: z.string(), text: z.string() }),
  "socket.close": z.object({ id: z.string() }),
  "request.history": z.object({}),
  "request.clearHistory": z.object({}),
  "trace.list": z.object({
    text: z.string().optional(),
    logicalId: z.string().optional(),
    outcome: z.enum(["ok", "error", "throttled", "running"]).optional(),
    minDurationMilliseconds: z.number().optional(),
    limit: z.number().int().min(1).max(500),
    before: z.number().optional(),
  }),
  "trace.get": z.object({ traceId: z.string() }),
  "trace.span": z.object({ traceId: z.string(), spanId: z.string() }),
  "trace.clear": z.object({}),
  "log.list": z.object({
    text: z.string().optional(),
    logicalId: z.string().optional(),
    limit: z.number().int().min(1).max(2000),
    before: z.number().optional(),
  }),
  "data.inspect": resource.extend({
    view: z.string(),
    limit: z.number().int().min(1).max(1000),
    cursor: z.string().optional(),
    filter: z.string().optional(),
  }),
  "debug.setStepping": z.object({ isStepping: z.boolean() }),
  "debug.setBreakpoints": z.object({
    breakpoints: z.array(
      z.object({
        id: z.string(),
        isEnabled: z.boolean(),
        on: z.discriminatedUnion("type", [
          z.object({ type: z.literal("resource"), logicalId: z.string() }),
          z.object({ type: z.literal("connection"), from: z.string(), to: z.string() }),
        ]),
      }),
    ),
  }),
  "debug.decide": z.object({
    holdId: z.string(),
    decision: z.discriminatedUnion("type", [
      z.object({ type: z.literal("step"), input: json.optional() }),
      z.object({ type: z.literal("continue"), input: json.optional() }),
      z.object({ type: z.literal("drop") }),
      z.object({ type: z.literal("fail"), code: z.string(), message: z.string(), status: z.number().int() }),
    ]),
  }),
  "clock.pause": z.object({}),
  "clock.run": z.object({ rate: z.number().positive().max(100000) }),
  "clock.skip": z.object({}),
  /** On to a virtual moment; what is due before it happens on the way, each at its own time. Answers when all has. */
  "clock.skipTo": z.object({ at: z.number() }),
  /** Step Functions' TestState; unlike `request.operation` it leaves no line in the history of requests. */
  "workflow.test": z.object({ region: z.string(), input: json }),
  /** What a Task may call: the operations of every service that runs, by service id. */
  "workflow.operations": z.object({}),
  /** Types for Monaco: AWS Lambda events, Node, the AWS SDK clients: `{path: text}`. */
  "editor.typeLibraries": z.object({}),
} as const;

export type StudioCall = keyof typeof studioInputs;
export type StudioInput<C extends StudioCall> = z.infer<(typeof studioInputs)[C]>;

export interface StudioOutputs {
  "session.open": Session;
  "project.open": Project;
  "project.openExample": Project;
  "project.exampleMiniatures": Readonly<Record<string, Miniature>>;
  "project.recent": readonly RecentProject[];
  "project.forgetRecent": readonly RecentProject[];
  "project.starters": readonly Starter[];
  "project.create": Project;
  "project.stacks": readonly AppStack[];
  "project.setParameters": ProjectSettings;
  "project.export": { readonly text: string };
  "folder.list": {
    readonly path: string;
    readonly parent: string | null;
    /** template, state-machine: files that open by themselves. */
    readonly entries: readonly {
      readonly name: string;
      readonly path: string;
      readonly kind: "folder" | "project" | "template" | "state-machine";
    }[];
  };
  "file.read": ProjectFile;
  "file.write": { readonly version: string };
  "file.create": { readonly version: string };
  "file.rename": null;
  "file.remove": null;
  "canvas.write": null;
  "run.start": null;
  "run.stop": null;
  "run.difference": DeployDifference;
  "request.http": HttpAnswer;
  "request.operation": {
    readonly traceId: string;
    readonly output: Json;
    readonly error: { readonly code: string; readonly message: string } | null;
    readonly durationMilliseconds: number;
  };
  "socket.connect": { readonly id: string };
  "socket.send": null;
  "socket.close": null;
  "request.history": readonly HistoryEntry[];
  "request.clearHistory": null;
  "trace.list": readonly TraceSummary[];
  "trace.get": readonly SpanSummary[];
  "trace.span": Span | null;
  "trace.clear": null;
  "log.list": readonly LogEntry[];
  "data.inspect": Inspection;
  "debug.setStepping": null;
  "debug.setBreakpoints": null;
  "debug.decide": null;
  "clock.pause": null;
  "clock.run": null;
  "clock.skip": { readonly isSkipped: boolean };
  "clock.skipTo": null;
  "workflow.test": Omit<StudioOutputs["request.operation"], "durationMilliseconds">;
  "workflow.operations": Readonly<Record<string, readonly string[]>>;
  "editor.typeLibraries": Readonly<Record<string, string>>;
}

export interface StudioEvents {
  "project.opened": Project;
  /** Files were added, removed or changed on disk, by us or by others. `version` null: removed. */
  "files.changed": readonly { readonly path: string; readonly version: string | null }[];
  /** Positions and notes as they are on disk now, whoever wrote them. */
  "canvas.changed": Pick<Project, "canvas" | "canvasProblem">;
  "run.changed": RunState;
  "run.codeChanged": readonly CodeChange[];
  spans: { readonly started: readonly SpanSummary[]; readonly ended: readonly SpanSummary[]; readonly logs: readonly LogEntry[] };
  metrics: readonly ResourceMetrics[];
  "clock.changed": ClockState;
  "debug.changed": DebuggerState;
  "socket.changed": SocketChange;
  /** Asked by the desktop menu: run a command of the renderer by its id (`file.save`). */
  command: { readonly id: string };
}

export interface Session {
  readonly version: string;
  readonly platform: "darwin" | "win32" | "linux";
  /** electron: in the desktop window · browser */
  readonly shell: "electron" | "browser";
  readonly project: Project | null;
  /** What was to be opened last and could not be; null once a project is open. */
  readonly failedOpen: { readonly path: string; readonly code: string; readonly message: string; readonly words?: Words } | null;
  readonly recent: readonly RecentProject[];
  readonly examples: readonly Example[];
  readonly run: RunState;
  readonly clock: ClockState | null;
  readonly debugger: DebuggerState | null;
}

/** The last opened first. */
export interface RecentProject {
  readonly name: string;
  readonly path: string;
  readonly openedAt: number;
  /** Moved or deleted since. */
  readonly isMissing: boolean;
}

/** A complete project that comes with Contrail, the simplest first. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What it shows, each in a few words. */
  readonly learn: readonly string[];
}

/** A stack of a CDK app: `path` opens it. */
export interface AppStack {
  /** As the app's tree names it: `Prod/Shop`. */
  readonly name: string;
  readonly stackName: string;
  readonly path: string;
}

/** What a project is drawn and deployed with, beside its template. */
export interface ProjectSettings {
  /** Values of the template's parameters that hold: those given here before the project's own. Defaults are not among them. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Given in the Studio and kept with the user's settings. */
  readonly ownParameters: Readonly<Record<string, string>>;
  /** What the project says of its own, and where: `samconfig.toml`, `cdk.out`. */
  readonly parameterSources: Readonly<Record<string, { readonly from: string; readonly value: string }>>;
  /** What is wrong with the files that say so. */
  readonly settingsProblems: readonly Problem[];
}

export interface Project extends ProjectSettings {
  readonly name: string;
  /** Absolute folder, for the title bar only. */
  readonly directory: string;
  /** Relative to the folder: `template.yaml`. */
  readonly templatePath: string;
  /** `version` null: not on disk any more; `text` is then the last that could be read, as it is when `isBinary`. */
  readonly template: Omit<ProjectFile, "version"> & { readonly version: string | null };
  readonly canvas: Canvas;
  /** `.contrail/canvas.json` could not be read; the file is left as it is until the user decides. */
  readonly canvasProblem: Problem | null;
  readonly files: readonly { readonly path: string; readonly isDirectory: boolean; readonly bytes: number }[];
  /** Git branch, where the folder is a checkout. */
  readonly branch: string | null;
  /** All stacks of the CDK app that the template is one of; none: it is not of a CDK app. */
  readonly stacks: readonly AppStack[];
}

export interface ProjectFile {
  readonly path: string;
  readonly text: string;
  /** Hash of the bytes. */
  readonly version: string;
  /** Binary or over 5 MB: not shown. */
  readonly isBinary: boolean;
  /** As it lies on disk. */
  readonly bytes: number;
}

export type RunState =
  | { readonly type: "stopped" }
  | { readonly type: "deploying"; readonly since: number; readonly message: string }
  | {
      readonly type: "running";
      readonly endpoint: string;
      readonly region: string;
      readonly accountId: string;
      readonly urls: readonly {
        readonly logicalId: string;
        readonly kind: "api" | "function-url" | "distribution";
        readonly url: string;
      }[];
      /** Everything that exists in the account, runtime-made resources included (no logicalId). */
      readonly resources: readonly ResourceRef[];
      readonly lastDifference: DeployDifference | null;
      readonly outputs: Readonly<Record<string, Json>>;
      /** Calls among the design's resources since the runtime began, each kind once. */
      readonly observed: readonly ObservedCall[];
      readonly problems: readonly Problem[];
    }
  /** The last deploy failed; `isServing`: the previous stack still runs. */
  | {
      readonly type: "failed";
      readonly message: string;
      readonly words?: Words;
      readonly problems: readonly Problem[];
      readonly isServing: boolean;
    };

export interface HttpAnswer {
  readonly traceId: string | null;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly isBase64: boolean;
  readonly durationMilliseconds: number;
}

/** What came over a connection that `socket.connect` made. Binary messages come as base64. */
export type SocketChange =
  | { readonly id: string; readonly type: "message"; readonly at: number; readonly text: string }
  | { readonly id: string; readonly type: "closed"; readonly at: number; readonly code: number; readonly reason: string };

export interface HistoryEntry {
  readonly id: string;
  readonly at: number;
  readonly title: string;
  readonly request:
    | { readonly type: "http"; readonly input: StudioInput<"request.http"> }
    | { readonly type: "operation"; readonly input: StudioInput<"request.operation"> };
  readonly status: string;
  readonly durationMilliseconds: number;
  readonly traceId: string | null;
}

export class StudioError extends WordsError {
  readonly code: string;
  constructor(code: string, what: Words) {
    super(what);
    this.name = "StudioError";
    this.code = code;
  }
}
