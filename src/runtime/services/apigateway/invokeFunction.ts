import { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";

/** What became of a function that an integration called. */
export type Invoked =
  | { readonly type: "answered"; readonly payload: string }
  /** errorPayload: what a function that ran and failed gave back. */
  | { readonly type: "failed"; readonly reason: string; readonly errorPayload?: string }
  | { readonly type: "throttled"; readonly reason: string }
  | { readonly type: "too large"; readonly reason: string }
  | { readonly type: "timed out" };

interface InvokeOutput {
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array;
}

/** Invokes and waits at most the integration's time; the function itself runs on, as on AWS. */
export async function invokeFunction(call: Call, arn: string, event: unknown, timeoutMilliseconds: number): Promise<Invoked> {
  let cancel = (): void => {};
  const timeUp = new Promise<Invoked>((resolve) => {
    cancel = call.kernel.clock.limit(timeoutMilliseconds, () => resolve({ type: "timed out" }));
  });
  try {
    return await Promise.race([invoke(call, arn, event), timeUp]);
  } finally {
    cancel();
  }
}

async function invoke(call: Call, arn: string, event: unknown): Promise<Invoked> {
  try {
    const output = await call.invoke<InvokeOutput>("lambda", "Invoke", { FunctionName: arn, Payload: Buffer.from(JSON.stringify(event)) });
    const payload = textOf(output.Payload);
    if (output.FunctionError !== undefined)
      return { type: "failed", reason: `The function failed (${output.FunctionError}): ${payload}`, errorPayload: payload };
    return { type: "answered", payload };
  } catch (error) {
    if (!(error instanceof AwsError) || call.signal?.aborted) throw error;
    if (error.name === "MessageDropped") return { type: "timed out" };
    const reason = `${error.code}: ${error.message}`;
    if (error.code === "TooManyRequestsException") return { type: "throttled", reason };
    if (error.code === "RequestTooLargeException") return { type: "too large", reason };
    return { type: "failed", reason };
  }
}

function textOf(payload: Uint8Array | undefined): string {
  return payload === undefined ? "null" : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8");
}
