import type { Json } from "../json.ts";
import { deliver, filterLabel, labelOf } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { allDrawnBehind, drawnBehind } from "./owners.ts";
import { at, listOf, type ResourceView, type TemplateView } from "./view.ts";
import { words, type WordsValue } from "../words.ts";

// Subscriptions of topics, and the policies of queues and topics that let them in.

export function deriveSubscription(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnBehind(view, resource.properties["TopicArn"]);
  const label = subscriptionLabel(resource.properties);
  deliver(view, draft, from, drawnBehind(view, resource.properties["Endpoint"]), [resource.path], { name: resource.id, label });
}

export function deriveTopic(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  listOf(resource.properties["Subscription"]).forEach((subscription, index) => {
    const path: TemplatePath = [...resource.path, "Properties", "Subscription", index];
    deliver(view, draft, resource.id, drawnBehind(view, at(subscription, "Endpoint")), [path]);
  });
}

/** What a subscription takes, and how: `where market = eu · raw`. */
export function subscriptionLabel(subscription: Json | undefined): WordsValue {
  const isRaw = String(at(subscription, "RawMessageDelivery")) === "true";
  return labelOf(filterLabel(at(subscription, "FilterPolicy")), isRaw ? words("raw") : undefined);
}

/** Leave for a topic, bucket or rule to send here belongs to the connection that sends. */
export function deriveQueuePolicy(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const holders = allDrawnBehind(view, resource.properties["Queues"] ?? resource.properties["Topics"]);
  deriveLeave(view, draft, resource, holders);
}

/** Statements of a resource's policy that name who may come, by the ARN of the source. */
export function deriveLeave(view: TemplateView, draft: DesignDraft, resource: ResourceView, holders: readonly string[]): void {
  const statements = at(resource.properties, "PolicyDocument", "Statement");
  const list = listOf(statements);
  list.forEach((statement, index) => {
    const place: TemplatePath = [
      ...resource.path,
      "Properties",
      "PolicyDocument",
      "Statement",
      ...(Array.isArray(statements) ? [index] : []),
    ];
    const path = list.length === 1 ? resource.path : place;
    for (const from of allDrawnBehind(view, at(statement, "Condition"))) {
      for (const to of holders) {
        if (from === to) continue;
        draft.connect({
          kind: "target",
          from,
          to,
          writtenAt: [path],
          joins: { kinds: ["trigger", "target", "origin"], orElse: "nothing" },
        });
      }
    }
  });
}
