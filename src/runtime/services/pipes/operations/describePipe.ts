import type { DescribePipeRequest, DescribePipeResponse } from "@aws-sdk/client-pipes";
import type { Call } from "../../../kernel/service.ts";
import { summary } from "../describe.ts";
import { given } from "../errors.ts";
import type { Pipes } from "../pipes.ts";

export function describePipe(pipes: Pipes, input: DescribePipeRequest, call: Call): DescribePipeResponse {
  const pipe = pipes.store.get(call.region, given(input.Name, "name"));
  const trouble = pipes.troubles.get(pipe.arn);
  return {
    ...summary(pipe),
    ...(pipe.description !== undefined && { Description: pipe.description }),
    ...(trouble !== undefined && { StateReason: trouble }),
    Source: pipe.source,
    SourceParameters: pipe.sourceParameters,
    ...(pipe.enrichment !== undefined && { Enrichment: pipe.enrichment, EnrichmentParameters: pipe.enrichmentParameters }),
    Target: pipe.target,
    TargetParameters: pipe.targetParameters,
    RoleArn: pipe.roleArn,
    Tags: { ...pipe.tags },
  };
}
