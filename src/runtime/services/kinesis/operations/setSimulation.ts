import type { Call } from "../../../kernel/service.ts";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";

interface SimulationInput {
  readonly StreamName?: string | undefined;
  /** Whether requests beyond what its shards take and give in a second are refused. */
  readonly EnforceThroughput?: boolean | undefined;
}

/** Not an operation of AWS: how closely AWS is imitated. Only the Studio and those who hold the runtime reach it. */
export function setSimulation(kinesis: Kinesis, input: SimulationInput, call: Call): { readonly EnforceThroughput: boolean } {
  const stream = kinesis.streams.get(call.region, required(input.StreamName, "streamName"));
  if (input.EnforceThroughput !== undefined) stream.change({ isThroughputEnforced: input.EnforceThroughput });
  return { EnforceThroughput: stream.settings.isThroughputEnforced === true };
}
