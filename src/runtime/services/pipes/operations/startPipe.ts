import type { StartPipeRequest, StartPipeResponse } from "@aws-sdk/client-pipes";
import type { Call } from "../../../kernel/service.ts";
import { changing } from "../describe.ts";
import { given, conflict } from "../errors.ts";
import type { Pipes } from "../pipes.ts";

export function startPipe(pipes: Pipes, input: StartPipeRequest, call: Call): StartPipeResponse {
  const before = pipes.store.get(call.region, given(input.Name, "name"));
  if (before.desiredState === "RUNNING") throw conflict(`Pipe ${before.name} is RUNNING already.`);
  const pipe = { ...before, desiredState: "RUNNING" as const, modifiedAt: call.now() };
  pipes.save(pipe);
  return changing(pipe, "STARTING");
}
