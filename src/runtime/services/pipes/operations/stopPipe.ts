import type { StopPipeRequest, StopPipeResponse } from "@aws-sdk/client-pipes";
import type { Call } from "../../../kernel/service.ts";
import { changing } from "../describe.ts";
import { given, conflict } from "../errors.ts";
import type { Pipes } from "../pipes.ts";

export function stopPipe(pipes: Pipes, input: StopPipeRequest, call: Call): StopPipeResponse {
  const before = pipes.store.get(call.region, given(input.Name, "name"));
  if (before.desiredState === "STOPPED") throw conflict(`Pipe ${before.name} is STOPPED already.`);
  const pipe = { ...before, desiredState: "STOPPED" as const, modifiedAt: call.now() };
  pipes.save(pipe);
  return changing(pipe, "STOPPING");
}
