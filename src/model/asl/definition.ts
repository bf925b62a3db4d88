// A parsed state machine: what the interpreter runs. The query language is resolved for every state, the defaults of
// the language are filled in, and fields of the other query language are absent. Literals are values: their numbers keep their form. `parse.ts` builds it, `validate/` says what is wrong.
import type { Json, JsonObject } from "../json.ts";
import type { TaskResource } from "./resource.ts";

export type QueryLanguage = "JSONPath" | "JSONata";
export type StateType = "Pass" | "Task" | "Choice" | "Wait" | "Succeed" | "Fail" | "Parallel" | "Map";

export interface StateMachineDefinition extends Flow {
  readonly comment?: string;
  readonly version?: string;
  readonly queryLanguage: QueryLanguage;
  /** Of the whole execution. */
  readonly timeoutSeconds?: number;
}

/** States that run as one: a state machine, a branch of a Parallel, the processor of a Map. */
export interface Flow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  /** Where it stands, in AWS's notation: empty for the machine itself, `/States/All/Branches[0]`. */
  readonly location: string;
}

export type State = PassState | TaskState | ChoiceState | WaitState | SucceedState | FailState | ParallelState | MapState;

interface AnyState {
  readonly name: string;
  /** `/States/Name`, as diagnostics name it. */
  readonly location: string;
  readonly queryLanguage: QueryLanguage;
  readonly comment?: string;
}

/** Fields of states that pass input to output; a path of `null` discards, an absent one is `$`. */
interface DataFlow {
  /** JSONPath. */
  readonly inputPath: string | null;
  /** JSONPath. */
  readonly outputPath: string | null;
  /** JSONata: any JSON, with `{% %}` in its texts. */
  readonly output?: Json;
  /** Both languages: the template of variables to set. */
  readonly assign?: JsonObject;
}

/** Where a state goes: absent `next` ends the flow. */
interface Transition {
  readonly next?: string;
}

/** Result and its place; JSONPath. A `resultPath` of `null` discards the result. */
interface ResultFlow {
  readonly resultSelector?: Json;
  readonly resultPath: string | null;
}

interface ErrorFlow {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface PassState extends AnyState, DataFlow, Transition {
  readonly type: "Pass";
  /** JSONPath: literal, never a template. */
  readonly result?: Json;
  readonly parameters?: Json;
  readonly resultPath: string | null;
}

export interface TaskState extends AnyState, DataFlow, Transition, ResultFlow, ErrorFlow {
  readonly type: "Task";
  readonly resource: TaskResource;
  /** JSONPath. */
  readonly parameters?: Json;
  /** JSONata: any JSON or one expression. */
  readonly arguments?: Json;
  readonly timeout?: Amount;
  readonly heartbeat?: Amount;
  /** Template whose `RoleArn` the task assumes. */
  readonly credentials?: JsonObject;
}

export interface ChoiceState extends AnyState, DataFlow {
  readonly type: "Choice";
  readonly choices: readonly ChoiceRule[];
  readonly default?: string;
}

export interface ChoiceRule {
  readonly location: string;
  readonly condition: Condition;
  readonly next: string;
  readonly assign?: JsonObject;
  /** JSONata. */
  readonly output?: Json;
}

export type Condition =
  | { readonly type: "and" | "or"; readonly conditions: readonly Condition[] }
  | { readonly type: "not"; readonly condition: Condition }
  | { readonly type: "compare"; readonly variable: string; readonly operator: ChoiceOperator; readonly operand: ChoiceOperand }
  /** JSONata: an expression, or plainly true or false. */
  | { readonly type: "expression"; readonly expression: string | boolean };

/** What a variable is compared with: a literal, or for operators written `…Path` the value at a path. */
export type ChoiceOperand = { readonly type: "literal"; readonly value: Json } | { readonly type: "path"; readonly path: string };

/** Operators without their `Path` suffix: `NumericEqualsPath` is `NumericEquals` with an operand that is a path. */
export const choiceOperators = [
  "StringEquals",
  "StringLessThan",
  "StringGreaterThan",
  "StringLessThanEquals",
  "StringGreaterThanEquals",
  "StringMatches",
  "NumericEquals",
  "NumericLessThan",
  "NumericGreaterThan",
  "NumericLessThanEquals",
  "NumericGreaterThanEquals",
  "BooleanEquals",
  "TimestampEquals",
  "TimestampLessThan",
  "TimestampGreaterThan",
  "TimestampLessThanEquals",
  "TimestampGreaterThanEquals",
  "IsNull",
  "IsPresent",
  "IsNumeric",
  "IsString",
  "IsBoolean",
  "IsTimestamp",
] as const;
export type ChoiceOperator = (typeof choiceOperators)[number];

export interface WaitState extends AnyState, DataFlow, Transition {
  readonly type: "Wait";
  readonly until: WaitUntil;
}

/** `timestamp` of JSONata may be an expression. */
export type WaitUntil =
  | { readonly type: "seconds"; readonly seconds: Amount }
  | { readonly type: "timestamp"; readonly timestamp: string }
  | { readonly type: "timestampPath"; readonly path: string };

export interface SucceedState extends AnyState, DataFlow {
  readonly type: "Succeed";
}

export interface FailState extends AnyState {
  readonly type: "Fail";
  readonly error?: FailText;
  readonly cause?: FailText;
}

/** `text` of JSONata may be an expression; `path` is JSONPath's `ErrorPath`: a path or an intrinsic function. */
export type FailText = { readonly type: "text"; readonly text: string } | { readonly type: "path"; readonly path: string };

export interface ParallelState extends AnyState, DataFlow, Transition, ResultFlow, ErrorFlow {
  readonly type: "Parallel";
  readonly branches: readonly Flow[];
  /** JSONPath. */
  readonly parameters?: Json;
  /** JSONata. */
  readonly arguments?: Json;
}

export interface MapState extends AnyState, DataFlow, Transition, ResultFlow, ErrorFlow {
  readonly type: "Map";
  readonly processor: MapProcessor;
  /** JSONPath. */
  readonly itemsPath: string;
  /** JSONata: an array, an object, or an expression; absent: the state's input. */
  readonly items?: Json;
  /** Both languages; of the older form with `Iterator` it is what stands in `Parameters`. */
  readonly itemSelector?: Json;
  readonly itemReader?: ItemReader;
  readonly itemBatcher?: ItemBatcher;
  readonly resultWriter?: ResultWriter;
  readonly maxConcurrency?: Amount;
  readonly toleratedFailureCount?: Amount;
  readonly toleratedFailurePercentage?: Amount;
  readonly label?: string;
}

export interface MapProcessor extends Flow {
  readonly mode: "INLINE" | "DISTRIBUTED";
  /** Of the child executions when distributed. */
  readonly executionType: "STANDARD" | "EXPRESS";
  /** Written as `Iterator`, the older name. */
  readonly isIterator: boolean;
}

/** A number, an expression of JSONata that gives one, or a path of JSONPath (`TimeoutSecondsPath`). */
export type Amount =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "expression"; readonly expression: string }
  | { readonly type: "path"; readonly path: string };

export interface ItemReader {
  readonly location: string;
  readonly resource: TaskResource;
  /** JSONPath. */
  readonly parameters?: Json;
  /** JSONata. */
  readonly arguments?: Json;
  readonly config: ReaderConfig;
}

export interface ReaderConfig {
  readonly inputType?: "CSV" | "JSON" | "JSONL" | "MANIFEST" | "PARQUET";
  readonly transformation?: "NONE" | "LOAD_AND_FLATTEN";
  readonly manifestType?: "S3_INVENTORY" | "ATHENA_DATA";
  readonly csvHeaderLocation?: "FIRST_ROW" | "GIVEN";
  readonly csvHeaders?: readonly string[];
  readonly csvDelimiter?: string;
  readonly itemsPointer?: string;
  readonly maxItems?: Amount;
}

export interface ItemBatcher {
  /** Template, merged into each batch. */
  readonly batchInput?: Json;
  readonly maxItemsPerBatch?: Amount;
  readonly maxInputBytesPerBatch?: Amount;
}

export interface ResultWriter {
  readonly location: string;
  /** Absent: the results are only formatted as the configuration says. */
  readonly resource?: TaskResource;
  readonly parameters?: Json;
  readonly arguments?: Json;
  readonly transformation?: "NONE" | "COMPACT" | "FLATTEN";
  readonly outputType?: "JSON" | "JSONL";
}

export interface Retrier {
  readonly location: string;
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly jitterStrategy: "FULL" | "NONE";
}

export interface Catcher {
  readonly location: string;
  readonly errorEquals: readonly string[];
  readonly next: string;
  /** JSONPath. */
  readonly resultPath: string | null;
  readonly assign?: JsonObject;
  /** JSONata. */
  readonly output?: Json;
}
