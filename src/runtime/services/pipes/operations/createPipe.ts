import type { CreatePipeRequest, CreatePipeResponse } from "@aws-sdk/client-pipes";
import type { Call } from "../../../kernel/service.ts";
import { changing } from "../describe.ts";
import { conflict, given } from "../errors.ts";
import type { Pipes } from "../pipes.ts";
import { checkPipe, settingsOf } from "../readPipe.ts";

export function createPipe(pipes: Pipes, input: CreatePipeRequest, call: Call): CreatePipeResponse {
  const name = given(input.Name, "name");
  const source = given(input.Source, "source");
  const target = given(input.Target, "target");
  const roleArn = given(input.RoleArn, "roleArn");
  if (pipes.store.find(call.region, name) !== undefined) throw conflict(`Pipe ${name} already exists.`);
  const pipe = checkPipe({
    region: call.region,
    accountId: call.accountId,
    name,
    arn: `arn:aws:pipes:${call.region}:${call.accountId}:pipe/${name}`,
    enrichmentParameters: {},
    targetParameters: {},
    ...settingsOf(input),
    desiredState: input.DesiredState ?? "RUNNING",
    source,
    sourceParameters: input.SourceParameters ?? {},
    target,
    roleArn,
    tags: { ...input.Tags },
    createdAt: call.now(),
    modifiedAt: call.now(),
  });
  pipes.save(pipe);
  const resource = pipes.store.ref(pipe);
  call.target(resource);
  call.effect({ action: "create", resource, key: name, after: { source, target } });
  return changing(pipe, "CREATING");
}
