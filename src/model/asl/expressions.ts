// What the interpreter calls to evaluate the fields of a state, in both query languages. Everything fails by throwing a
// StateFailure with AWS's error and text. JSONPath is evaluated at once; JSONata through a promise, in steps that are counted.
import type { Json, JsonObject } from "../json.ts";
import type { Amount, Condition, FailText, WaitUntil } from "./definition.ts";
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

/** Randomness and time, all from the kernel. */
export interface Sources {
  /** A version 4 UUID. */
  readonly uuid: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** The virtual clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Lets other work run: awaited now and then while a long JSONata expression is evaluated. */
  readonly pause: () => Promise<void>;
}

/** InputPath, OutputPath, ItemsPath, TimeoutSecondsPath …: the value at a path; a path of `null` gives `{}`. */
export declare function valueAtPath(path: string | null, scope: Scope): Value;

/** JSONPath: Parameters, ResultSelector, ItemSelector, Assign …: the template with its `.$` fields filled in. */
export declare function fillTemplate(template: Json, scope: Scope): Value;

/** JSONPath: ErrorPath, CausePath and other fields that hold a path or an intrinsic function; `field` is named in errors. */
export declare function valueOfPathField(expression: string, field: string, scope: Scope): Value;

/** JSONPath: the state's input with the result at ResultPath; `null` discards the result. */
export declare function placeResult(resultPath: string | null, input: Value, result: Value): Value;

/** JSONPath: whether a rule of a Choice holds. */
export declare function testCondition(condition: Condition, scope: Scope): boolean;

/** JSONata: any JSON whose strings `{% … %}`, however deep, are replaced by what they give; `field` begins the location (`Arguments`). */
export declare function evaluateTemplate(template: Json, field: string, scope: Scope): Promise<Value>;

/** JSONata: Condition of a rule of a Choice (`Choices[0]/Condition`), which must give a boolean. */
export declare function evaluateCondition(expression: string | boolean, field: string, scope: Scope): Promise<boolean>;

/** Both languages: the variables that an Assign sets, all evaluated against the old ones. */
export declare function evaluateAssign(assign: JsonObject, language: "JSONPath" | "JSONata", field: string, scope: Scope): Promise<ReadonlyMap<string, Value>>;

/** Both languages: TimeoutSeconds, HeartbeatSeconds, MaxConcurrency, ToleratedFailure…, Seconds; `field` without `Path`. */
export declare function evaluateAmount(amount: Amount, field: string, scope: Scope): Promise<number>;

/** JSONata: Items, which must give an array or an object (an object becomes its `{key, value}` pairs' array, in order). */
export declare function evaluateItems(items: Json, scope: Scope): Promise<readonly Value[]>;

/** Both languages: the moment a Wait ends, milliseconds since 1970, of `Seconds…` counted from `enteredAt`; fails as AWS does for negative, fractional, too distant ones. */
export declare function evaluateWait(until: WaitUntil, enteredAt: number, scope: Scope): Promise<number>;

/** Both languages: `Error` and `Cause` of a Fail (`field` is `Error` or `Cause`). */
export declare function evaluateFailText(text: FailText, field: "Error" | "Cause", scope: Scope): Promise<string>;
