import type { AwsError } from "../../kernel/awsError.ts";
import type { StreamedBody } from "../../kernel/streamedBody.ts";
import type { Model, Operation } from "../model.ts";
import type { RouteMatch } from "../route.ts";

/** How one wire protocol carries an operation: what is read from a request and what is written in answer. */
export interface Protocol {
  read(request: WireRequest, model: Model, operation: Operation): unknown;
  write(output: unknown, model: Model, operation: Operation, answer: Answering): WireResponse | Promise<WireResponse>;
  fail(error: AwsError, model: Model | null, answer: Answering): WireResponse | Promise<WireResponse>;
}

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names; repeated ones joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** In place of the body, where that is too large to be read before the operation runs. */
  readonly stream?: StreamedBody;
  /** Where the operation was found by method and URI. */
  readonly match?: RouteMatch;
  /** Bucket from host or path, where the API is addressed so. */
  readonly bucket?: string;
}

export interface Answering {
  readonly requestId: string;
  readonly request: WireRequest;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
  /** In place of the body; its length is in the headers. */
  readonly stream?: AsyncIterable<Uint8Array>;
}

export const noBytes: Uint8Array = new Uint8Array(0);
