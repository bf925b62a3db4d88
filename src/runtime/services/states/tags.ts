import type { Tag } from "@aws-sdk/client-sfn";
import { resourceNotFound } from "./errors.ts";
import { parseArn } from "./names.ts";
import type { States } from "./states.ts";

export function tagsOf(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ key, value }) => [key ?? "", value ?? ""]));
}

/** Tags of a state machine or an activity, and how to change them. */
export function taggedAt(
  states: States,
  arn: string | undefined,
): { readonly tags: Readonly<Record<string, string>>; save(tags: Record<string, string>): void } {
  const parsed = parseArn(arn, "resourceArn");
  if (parsed.type === "activity") {
    const activity = states.activities.find(arn ?? "");
    if (activity !== undefined) return { tags: activity.record.tags, save: (tags) => states.activities.save({ ...activity.record, tags }) };
  }
  if (parsed.type === "stateMachine" && parsed.qualifier === undefined) {
    const machine = states.machines.find(parsed.region, parsed.name);
    if (machine?.arn === arn && machine !== undefined)
      return { tags: machine.tags, save: (tags) => void states.machines.save({ ...machine, tags }) };
  }
  throw resourceNotFound(arn);
}
