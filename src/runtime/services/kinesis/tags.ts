import { kinesisLimits } from "../../../model/limits/kinesis.ts";
import { invalidArgument, notFound } from "./errors.ts";
import type { Consumer } from "./consumers.ts";
import type { Kinesis } from "./kinesis.ts";
import type { Stream } from "./stream.ts";

export type Tags = { readonly [key: string]: string };

export function checkTags(tags: Tags): void {
  const keys = Object.keys(tags);
  if (keys.length > kinesisLimits.tags.value)
    throw invalidArgument(`Failed to add tags. A resource cannot have more than ${kinesisLimits.tags.value} tags associated with it.`);
  for (const key of keys) {
    if (/^aws:/i.test(key)) throw invalidArgument("aws: prefixed tag key names are not allowed for external use.");
  }
}

export function without(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

/** A stream or one of its consumers, as the newer tagging operations name them. */
export interface Tagged {
  readonly tags: Tags;
  retag(tags: Tags): void;
}

export function taggedAt(kinesis: Kinesis, arn: string): Tagged {
  const { stream, consumer } = resourceAt(kinesis, arn);
  if (consumer === undefined) return { tags: stream.settings.tags, retag: (tags) => stream.change({ tags }) };
  return { tags: consumer.tags, retag: (tags) => kinesis.consumers.retag(stream, consumer.name, tags) };
}

export function resourceAt(kinesis: Kinesis, arn: string): { readonly stream: Stream; readonly consumer: Consumer | undefined } {
  const [, , , region = "", , path = ""] = arn.split(":");
  const [kind, name = "", inner] = path.split("/");
  const stream = kind === "stream" ? kinesis.streams.find(region, name) : undefined;
  if (stream === undefined) throw notFound(`Resource ${arn} not found.`);
  if (inner === undefined) return { stream, consumer: undefined };
  const consumer = kinesis.consumers.all(stream).find((one) => one.arn === arn);
  if (consumer === undefined) throw notFound(`Consumer ${arn} not found.`);
  return { stream, consumer };
}
