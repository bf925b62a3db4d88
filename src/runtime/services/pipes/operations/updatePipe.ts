import type { UpdatePipeRequest, UpdatePipeResponse } from "@aws-sdk/client-pipes";
import type { Call } from "../../../kernel/service.ts";
import { changing } from "../describe.ts";
import { given } from "../errors.ts";
import type { Pipes } from "../pipes.ts";
import { checkPipe, settingsOf } from "../readPipe.ts";

export function updatePipe(pipes: Pipes, input: UpdatePipeRequest, call: Call): UpdatePipeResponse {
  const before = pipes.store.get(call.region, given(input.Name, "name"));
  const {
    DynamoDBStreamParameters: table,
    KinesisStreamParameters: stream,
    SqsQueueParameters: queue,
    FilterCriteria: filters,
  } = input.SourceParameters ?? {};
  const kept = before.sourceParameters;
  const { enrichment: _enrichment, ...rest } = before;
  const pipe = checkPipe({
    ...(input.Enrichment === "" ? rest : before),
    ...settingsOf(input),
    desiredState: input.DesiredState ?? before.desiredState,
    target: input.Target ?? before.target,
    roleArn: given(input.RoleArn, "roleArn"),
    sourceParameters: {
      ...kept,
      ...(filters !== undefined && { FilterCriteria: filters }),
      ...(queue !== undefined && { SqsQueueParameters: queue }),
      // where it began to read stays
      ...(kept.DynamoDBStreamParameters && { DynamoDBStreamParameters: { ...kept.DynamoDBStreamParameters, ...table } }),
      ...(kept.KinesisStreamParameters && { KinesisStreamParameters: { ...kept.KinesisStreamParameters, ...stream } }),
    },
    modifiedAt: call.now(),
  });
  pipes.save(pipe);
  call.effect({ action: "update", resource: pipes.store.ref(pipe), key: pipe.name, after: { source: pipe.source, target: pipe.target } });
  return changing(pipe, "UPDATING");
}
