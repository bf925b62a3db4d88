import type { InitHead, InvokeHead } from "./protocol.ts";

/** How an invocation ends. */
export interface Completion {
  succeed(result: unknown): void;
  fail(error: unknown): void;
  /** Until the invocation is ended for taking too long. */
  remainingMilliseconds(): number;
}

export interface Context {
  /** Handlers set it: whether a callback's result waits until nothing is left to do. Read when the callback is called. */
  callbackWaitsForEmptyEventLoop: unknown;
  readonly [member: string]: unknown;
}

/** The second argument of a handler, member by member as Lambda's Node.js runtime gives it. */
export function createContext(init: InitHead, invoke: InvokeHead, completion: Completion, hasCallbacks: boolean): Context {
  const mobile = invoke.clientContext === undefined ? undefined : (JSON.parse(invoke.clientContext) as unknown);
  return {
    callbackWaitsForEmptyEventLoop: true,
    ...(hasCallbacks && {
      succeed: (result: unknown) => completion.succeed(result),
      fail: (error: unknown) => completion.fail(error ?? "handled"),
      done: (error: unknown, result: unknown) =>
        error === undefined || error === null ? completion.succeed(result) : completion.fail(error),
    }),
    functionVersion: init.functionVersion,
    functionName: init.functionName,
    memoryLimitInMB: String(init.memoryMegabytes),
    logGroupName: init.logGroupName,
    logStreamName: init.logStreamName,
    clientContext: mobile,
    identity: undefined,
    invokedFunctionArn: invoke.functionArn,
    awsRequestId: invoke.requestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(completion.remainingMilliseconds())),
  };
}
