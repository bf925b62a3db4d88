// What enrichment and target get of each event: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
import { atInputPath } from "../../../model/eventBridge/inputPath.ts";
import { fillTemplate } from "../../../model/eventBridge/inputTransformer.ts";
import type { Json } from "../../../model/json.ts";
import type { Pipe } from "./pipe.ts";
import { parsed } from "./sources/record.ts";

/** An event on its way through a pipe. */
export interface Carried {
  readonly event: Json;
  /** As templates look into it. */
  readonly seen: Json;
  readonly ingestedAt: number;
}

/** The event as it is, or the template filled from it: JSON where it is some, else text. */
export function inputOf(template: string | undefined, carried: Carried, pipe: Pipe): Json {
  if (template === undefined || template === "") return carried.event;
  return parsed(
    fillTemplate(template, (name) => (name.startsWith("$") ? atInputPath(carried.seen, name) : predefined(name, carried, pipe))),
  );
}

function predefined(name: string, { event, ingestedAt }: Carried, pipe: Pipe): Json | undefined {
  switch (name) {
    case "aws.pipes.pipe-arn":
      return pipe.arn;
    case "aws.pipes.pipe-name":
      return pipe.name;
    case "aws.pipes.source-arn":
      return pipe.source;
    case "aws.pipes.enrichment-arn":
      return pipe.enrichment;
    case "aws.pipes.target-arn":
      return pipe.target;
    case "aws.pipes.event.ingestion-time":
      return new Date(ingestedAt).toISOString();
    case "aws.pipes.event":
    case "aws.pipes.event.json":
      return event;
    default:
      return undefined;
  }
}

export function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
