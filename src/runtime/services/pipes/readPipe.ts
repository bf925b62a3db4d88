// What CreatePipe and UpdatePipe take.
import type { CreatePipeRequest } from "@aws-sdk/client-pipes";
import { parsePattern, PatternError } from "../../../model/eventBridge/pattern.ts";
import { readArn } from "../../../model/eventBridge/targetCall.ts";
import { validation } from "./errors.ts";
import type { Pipe } from "./pipe.ts";

const sources: ReadonlySet<string> = new Set(["sqs", "dynamodb", "kinesis"]);

/** Checks the whole pipe as it would be. */
export function checkPipe(pipe: Pipe): Pipe {
  const source = readArn(pipe.source);
  if (source === undefined || !sources.has(source.service))
    throw validation(
      `Contrail does not run pipes from ${pipe.source} locally. Sources that run are queues, streams of tables, and Kinesis.`,
    );
  for (const { Pattern: pattern = "" } of pipe.sourceParameters.FilterCriteria?.Filters ?? []) checkFilter(pattern);
  if (source.service === "dynamodb" && pipe.sourceParameters.DynamoDBStreamParameters?.StartingPosition === undefined)
    throw validation("DynamoDBStreamParameters with a StartingPosition must be given for a stream of a table.");
  if (source.service === "kinesis" && pipe.sourceParameters.KinesisStreamParameters?.StartingPosition === undefined)
    throw validation("KinesisStreamParameters with a StartingPosition must be given for a Kinesis stream.");
  return pipe;
}

function checkFilter(pattern: string): void {
  try {
    parsePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) throw validation(`Event pattern is not valid. Reason: ${error.message}`);
    throw error;
  }
}

/** What both operations may give. */
export function settingsOf(input: Pick<CreatePipeRequest, "Description" | "Enrichment" | "EnrichmentParameters" | "TargetParameters">) {
  return {
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.Enrichment !== undefined && input.Enrichment !== "" && { enrichment: input.Enrichment }),
    ...(input.EnrichmentParameters !== undefined && { enrichmentParameters: input.EnrichmentParameters }),
    ...(input.TargetParameters !== undefined && { targetParameters: input.TargetParameters }),
  };
}
