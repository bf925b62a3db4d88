// Replay of a FIFO topic's archive to one subscription. https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html
import { isJsonObject } from "../../../model/json.ts";
import type { Call } from "../../kernel/service.ts";
import { receiversOf } from "./publish/publish.ts";
import { parseJson } from "./parseJson.ts";
import type { Sns } from "./sns.ts";
import type { Subscription } from "./subscriptions.ts";
import type { Topic } from "./topics.ts";

/** What the archive holds from the starting point of the subscription's ReplayPolicy on, in order; its filter applies. */
export async function beginReplay(sns: Sns, topic: Topic, subscription: Subscription, call: Call): Promise<void> {
  const policy = parseJson(subscription.attributes["ReplayPolicy"] ?? "");
  if (!isJsonObject(policy)) return;
  const from = Date.parse(String(policy["StartingPoint"]));
  const to = policy["EndingPoint"] === undefined ? call.now() : Date.parse(String(policy["EndingPoint"]));
  for (const archived of sns.messages.archived(topic, from, to, call.now())) {
    // a queue's deduplication must not take what is sent again for a duplicate of the first time
    const deduplicationId = `${archived.deduplicationId ?? ""}-${call.span.spanId}`.slice(-128);
    const message = { ...archived, deduplicationId, isReplayed: true, cause: call.span };
    if (receiversOf([subscription], message).receivers.length > 0) await sns.deliveries.send([subscription], message);
  }
}
