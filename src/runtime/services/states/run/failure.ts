// How an execution fails, or is brought to an end from outside, while a state runs.

/** A state failed with this error and cause; absent ones are absent in the history too. */
export class ExecutionFailure extends Error {
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** Nothing catches it and no retrier takes it: it ends the execution from wherever it happens. */
  readonly isFatal: boolean;

  constructor(error: string | undefined, cause: string | undefined, kind: { isFatal?: boolean } = {}) {
    super(cause ?? error ?? "");
    this.error = error;
    this.reason = cause;
    this.isFatal = kind.isFatal === true;
  }
}

/** The execution, or the branch that this work belongs to, was ended from outside: nobody waits for it. */
export class Ended extends Error {
  constructor() {
    super("The execution has ended.");
  }
}
