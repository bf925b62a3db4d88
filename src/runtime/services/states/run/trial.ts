// What TestState asks of a state that is tried: answers given beforehand, and the values of its fields noted on the way.
import type { Value } from "../../../../model/asl/value.ts";
import type { ExecutionFailure } from "./failure.ts";
import type { Datum } from "./datum.ts";

export interface Trial {
  /** The context object as it was given; absent: that of an execution. */
  readonly context?: Value;
  readonly mock?:
    | { readonly type: "result"; readonly text: string }
    | { readonly type: "error"; readonly error: string | undefined; readonly cause: string | undefined };
  /** How often the retrier that takes the failure had its turn. */
  readonly retrierRetryCount: number;
  /** Of a Map: how many of its items have failed. */
  readonly mapIterationFailureCount?: number;
  readonly hasItemReaderData: boolean;
  /** By AWS's name: `afterInputPath`. */
  readonly seen: Map<string, Datum | number>;
  caught?: ExecutionFailure;
  errorDetails?: { readonly catchIndex: number } | { readonly retryIndex: number; readonly retryBackoffIntervalSeconds: number };
}

/** A retrier would take the failure: an execution would wait and try again. */
export class Retriable extends Error {
  readonly failure: ExecutionFailure;

  constructor(failure: ExecutionFailure) {
    super("The state would be tried again.");
    this.failure = failure;
  }
}
