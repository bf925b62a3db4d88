import type { DeletePipeRequest, DeletePipeResponse } from "@aws-sdk/client-pipes";
import type { Call } from "../../../kernel/service.ts";
import { changing } from "../describe.ts";
import { given } from "../errors.ts";
import type { Pipes } from "../pipes.ts";

export function deletePipe(pipes: Pipes, input: DeletePipeRequest, call: Call): DeletePipeResponse {
  const pipe = pipes.store.get(call.region, given(input.Name, "name"));
  call.effect({ action: "delete", resource: pipes.store.ref(pipe), key: pipe.name });
  pipes.delete(pipe);
  return { ...changing(pipe, "DELETING"), DesiredState: "DELETED" };
}
