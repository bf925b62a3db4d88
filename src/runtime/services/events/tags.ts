import type { Tag } from "@aws-sdk/client-eventbridge";
import { constraint, notFound } from "./errors.ts";
import type { Events } from "./events.ts";

type Tags = Readonly<Record<string, string>>;

export function tagMap(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).flatMap(({ Key: key, Value: value }) => (key === undefined ? [] : [[key, value ?? ""]])));
}

/** The rule or bus with this ARN: its tags, and how to change them. */
export function taggedAt(events: Events, arn: string | undefined): { readonly tags: Tags; save(tags: Tags): void } {
  if (arn === undefined) throw constraint(arn, "resourceARN", "Member must not be null");
  const [, , , region = "", , resource = ""] = arn.split(":");
  const [kind, ...names] = resource.split("/");
  if (kind === "event-bus") {
    const bus = events.buses.get(region, names.join("/"));
    return { tags: bus.tags, save: (tags) => events.buses.save({ ...bus, tags }) };
  }
  const rule = events.rules.findByArn(arn);
  if (rule === undefined) {
    const [name = "", bus = "default"] = [...names].reverse();
    throw notFound(`Rule ${name} does not exist on EventBus ${bus}.`);
  }
  return { tags: rule.tags, save: (tags) => events.rules.save({ ...rule, tags }) };
}
