import type { ListPipesRequest, ListPipesResponse } from "@aws-sdk/client-pipes";
import type { Call } from "../../../kernel/service.ts";
import { summary } from "../describe.ts";
import { validation } from "../errors.ts";
import type { Pipes } from "../pipes.ts";

const mostListed = 100;

export function listPipes(pipes: Pipes, input: ListPipesRequest, call: Call): ListPipesResponse {
  const {
    NamePrefix: prefix = "",
    DesiredState: state,
    SourcePrefix: source = "",
    TargetPrefix: target = "",
    Limit: limit = mostListed,
  } = input;
  const found = pipes.store
    .all()
    .filter(
      (pipe) =>
        pipe.region === call.region &&
        pipe.name.startsWith(prefix) &&
        pipe.source.startsWith(source) &&
        pipe.target.startsWith(target) &&
        (state ?? pipe.desiredState) === pipe.desiredState,
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const offset =
    input.NextToken === undefined ? 0 : Number(/^from:(\d+)$/.exec(Buffer.from(input.NextToken, "base64url").toString("utf8"))?.[1]);
  if (Number.isNaN(offset)) throw validation("Token is invalid.");
  const end = offset + limit;
  return {
    Pipes: found.slice(offset, end).map((pipe) => ({
      ...summary(pipe),
      Source: pipe.source,
      Target: pipe.target,
      ...(pipe.enrichment !== undefined && { Enrichment: pipe.enrichment }),
    })),
    ...(end < found.length && { NextToken: Buffer.from(`from:${end}`).toString("base64url") }),
  };
}
