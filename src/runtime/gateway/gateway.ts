import type { ResourceRef, SpanRef } from "../../model/trace.ts";
import type { Kernel, ServiceInstance } from "../kernel/service.ts";

export interface GatewayOptions {
  readonly kernel: Kernel;
  /** By service id; read at each request, so services may be added after the gateway listens. */
  readonly services: ReadonlyMap<string, ServiceInstance>;
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly region: string;
  readonly accountId: string;
  /** The resource whose work a span is, so that calls of a function's code are known as its own; null: no span of this runtime. */
  resourceOf(span: SpanRef): ResourceRef | null;
  log?(line: string): void;
}

export interface Gateway {
  readonly port: number;
  /** Ends every connection; requests under way are aborted. */
  close(): Promise<void>;
}
