import type { TestEventPatternRequest, TestEventPatternResponse } from "@aws-sdk/client-eventbridge";
import { flattenEvent, matchesPattern } from "../../../../model/eventBridge/matchPattern.ts";
import { parsePattern } from "../../../../model/eventBridge/pattern.ts";
import { isJsonObject } from "../../../../model/json.ts";
import { constraint, validation } from "../errors.ts";
import type { Events } from "../events.ts";
import { checkPattern } from "./putRule.ts";

/** What every event has: an event without it is refused. */
const required = ["id", "account", "source", "time", "region", "resources", "detail-type"] as const;

export function testEventPattern(_events: Events, input: TestEventPatternRequest): TestEventPatternResponse {
  if (input.EventPattern === undefined) throw constraint(input.EventPattern, "eventPattern", "Member must not be null");
  if (input.Event === undefined) throw constraint(input.Event, "event", "Member must not be null");
  checkPattern(input.EventPattern);
  let event: unknown;
  try {
    event = JSON.parse(input.Event);
  } catch {
    throw validation("Parameter Event is not valid. Reason: Event is not valid JSON.");
  }
  if (!isJsonObject(event)) throw validation("Parameter Event is not valid. Reason: Event is not a JSON object.");
  const missing = required.find((name) => event[name] === undefined);
  if (missing !== undefined) throw validation(`Parameter Event is not valid. Reason: ${missing} is a required argument.`);
  return { Result: matchesPattern(parsePattern(input.EventPattern), flattenEvent(event)) };
}
