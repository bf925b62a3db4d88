// Which services keep data that can be looked at, and the words for it. Views are named in each service's README.
export interface DataKind {
  readonly service: string;
  /** Heading in the explorer. */
  readonly title: string;
  /** View for `data.inspect`. */
  readonly view: string;
  /** `item`, `message`: for counts and empty states. */
  readonly one: string;
  readonly many: string;
  /** Gauge that counts the rows, for the explorer. */
  readonly gauge: string;
  readonly filterHint: string;
  readonly emptyHint: string;
  /** What else there is to see of it, behind tabs of its own; the first view is called `viewTitle` then. */
  readonly viewTitle?: string;
  readonly otherViews?: readonly OtherView[];
}

export interface OtherView extends Pick<DataKind, "view" | "one" | "many" | "filterHint" | "emptyHint"> {
  readonly title: string;
}

export const dataKinds: readonly DataKind[] = [
  {
    service: "dynamodb",
    title: "Tables",
    view: "items",
    one: "item",
    many: "items",
    gauge: "items",
    filterHint: "Filter by text in the item",
    emptyHint: "Items that functions or you put into this table appear here.",
  },
  {
    service: "sqs",
    title: "Queues",
    view: "messages",
    one: "message",
    many: "messages",
    gauge: "depth",
    filterHint: "Filter by text in the body",
    emptyHint: "Messages that wait here, are in flight or delayed appear with when they become visible. Looking receives nothing.",
  },
  {
    service: "sns",
    title: "Topics",
    view: "messages",
    one: "message",
    many: "messages",
    gauge: "messages",
    filterHint: "Filter by text in the message",
    emptyHint: "Messages published to this topic appear with whom they were sent to, and why a filter did not match.",
    viewTitle: "Messages",
    otherViews: [
      {
        view: "subscriptions",
        title: "Subscriptions",
        one: "subscription",
        many: "subscriptions",
        filterHint: "Filter by text in the endpoint",
        emptyHint: "Connect the topic with a function or a queue, and it is told of every message.",
      },
    ],
  },
  {
    service: "kinesis",
    title: "Streams",
    view: "records",
    one: "record",
    many: "records",
    gauge: "records",
    filterHint: "Filter by text in data or key",
    emptyHint: "Records that functions or you put into this stream appear here, the latest first, until their retention ends.",
    viewTitle: "Records",
    otherViews: [
      {
        view: "shards",
        title: "Shards",
        one: "shard",
        many: "shards",
        filterHint: "Shards are not filtered",
        emptyHint: "A stream has at least one shard.",
      },
    ],
  },
  {
    service: "s3",
    title: "Buckets",
    view: "objects",
    one: "object",
    many: "objects",
    gauge: "objects",
    filterHint: "Filter by text in the key",
    emptyHint: "Objects that functions or you put into this bucket appear here with their size, type and metadata.",
  },
  {
    service: "events",
    title: "Event buses and rules",
    view: "events",
    one: "event",
    many: "events",
    gauge: "events",
    filterHint: "Filter by text in the event",
    emptyHint:
      "Events that come to the bus appear with the rules that they matched, or why a rule did not match; a scheduled rule shows its next runs.",
  },
  {
    service: "scheduler",
    title: "Schedules",
    view: "runs",
    one: "run",
    many: "runs",
    gauge: "runs",
    filterHint: "Filter by text in the run",
    emptyHint: "The next runs of a schedule that is enabled appear with the local time of its zone.",
  },
  {
    service: "dax",
    title: "DAX clusters",
    view: "entries",
    one: "entry",
    many: "entries",
    gauge: "entries",
    filterHint: "Filter by text in what was asked",
    emptyHint:
      "Items and answers of queries that were read through the cluster appear with how long they stay and how often they were hit.",
  },
  {
    service: "cloudfront",
    title: "Caches",
    view: "entries",
    one: "entry",
    many: "entries",
    gauge: "entries",
    filterHint: "Filter by path",
    emptyHint: "Responses that the CDN may keep appear with their age and how long they stay fresh. Send a GET through the distribution.",
  },
];

export function dataKindOf(service: string): DataKind | undefined {
  return dataKinds.find((kind) => kind.service === service);
}
