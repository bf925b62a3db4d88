import type { ListStreamsInput, ListStreamsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import type { Kinesis } from "../kinesis.ts";

export function listStreams(kinesis: Kinesis, input: ListStreamsInput, call: Call): ListStreamsOutput {
  const limit = input.Limit ?? 100;
  const after = input.NextToken === undefined ? input.ExclusiveStartStreamName : Buffer.from(input.NextToken, "base64").toString("utf8");
  const streams = kinesis.streams
    .all()
    .filter((stream) => stream.region === call.region && (after === undefined || stream.name > after))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const page = streams.slice(0, limit);
  const last = page.at(-1);
  const hasMore = streams.length > limit;
  return {
    StreamNames: page.map(({ name }) => name),
    HasMoreStreams: hasMore,
    ...(hasMore && last !== undefined ? { NextToken: Buffer.from(last.name).toString("base64") } : {}),
    StreamSummaries: page.map((stream) => ({
      StreamName: stream.name,
      StreamARN: stream.arn,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: stream.settings.mode },
      StreamCreationTimestamp: new Date(stream.createdAt),
    })),
  };
}
