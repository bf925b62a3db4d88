import type { CreatePipeRequest, CreatePipeResponse } from "@aws-sdk/client-pipes";
import type { Call } from "../../../kernel/service.ts";
import { changing } from "../describe.ts";
import { checkName, conflict, constraint } from "../errors.ts";
import type { Pipes } from "../pipes.ts";
import { checkPipe, readState, settingsOf } from "../readPipe.ts";

export function createPipe(pipes: Pipes, input: CreatePipeRequest, call: Call): CreatePipeResponse {
  const name = checkName(input.Name);
  const { Source: source, Target: target, RoleArn: roleArn } = input;
  if (source === undefined) throw constraint(source, "source", "Member must not be null");
  if (target === undefined) throw constraint(target, "target", "Member must not be null");
  if (roleArn === undefined) throw constraint(roleArn, "roleArn", "Member must not be null");
  if (pipes.store.find(call.region, name) !== undefined) throw conflict(`Pipe ${name} already exists.`);
  const pipe = checkPipe({
    region: call.region,
    accountId: call.accountId,
    name,
    arn: `arn:aws:pipes:${call.region}:${call.accountId}:pipe/${name}`,
    enrichmentParameters: {},
    targetParameters: {},
    ...settingsOf(input),
    desiredState: readState(input.DesiredState),
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
