// What CreatePipe and UpdatePipe take.
import type { CreatePipeRequest } from "@aws-sdk/client-pipes";
import { parsePattern, PatternError } from "../../../model/eventBridge/pattern.ts";
import { readArn } from "../../../model/eventBridge/targetCall.ts";
import { constraint, validation } from "./errors.ts";
import type { Pipe } from "./pipe.ts";

const sources: ReadonlySet<string> = new Set(["sqs", "dynamodb", "kinesis"]);

/** Checks the whole pipe as it would be. */
export function checkPipe(pipe: Pipe): Pipe {
  const source = readArn(pipe.source);
  if (source === undefined) throw constraint(pipe.source, "source", "Member must satisfy regular expression pattern: arn:.+");
  if (!sources.has(source.service))
    throw validation(
      `Contrail does not run pipes from ${pipe.source} locally. Sources that run are queues, streams of tables, and Kinesis.`,
    );
  if (readArn(pipe.target) === undefined) throw constraint(pipe.target, "target", "Member must satisfy regular expression pattern: arn:.+");
  for (const { Pattern: pattern = "" } of pipe.sourceParameters.FilterCriteria?.Filters ?? []) checkFilter(pattern);
  if (source.service === "dynamodb" && pipe.sourceParameters.DynamoDBStreamParameters?.StartingPosition === undefined)
    throw constraint(undefined, "sourceParameters.dynamoDBStreamParameters.startingPosition", "Member must not be null");
  if (source.service === "kinesis" && pipe.sourceParameters.KinesisStreamParameters?.StartingPosition === undefined)
    throw constraint(undefined, "sourceParameters.kinesisStreamParameters.startingPosition", "Member must not be null");
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

export function readState(state: string | undefined): Pipe["desiredState"] {
  if (state === undefined || state === "RUNNING") return "RUNNING";
  if (state === "STOPPED") return state;
  throw constraint(state, "desiredState", "Member must satisfy enum value set: [RUNNING, STOPPED]");
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
