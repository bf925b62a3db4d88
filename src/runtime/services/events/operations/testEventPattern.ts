import type { TestEventPatternRequest, TestEventPatternResponse } from "@aws-sdk/client-eventbridge";
import { flattenEvent, matchesPattern } from "../../../../model/eventBridge/matchPattern.ts";
import { parsePattern } from "../../../../model/eventBridge/pattern.ts";
import { isJsonObject } from "../../../../model/json.ts";
import { validation } from "../errors.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";
import { checkPattern } from "./putRule.ts";

/** What every event has: an event without it is refused. The API's page names `resources` as well, and AWS does without. */
const required = ["id", "account", "source", "time", "region", "detail-type"] as const;

export function testEventPattern(_events: Events, input: TestEventPatternRequest): TestEventPatternResponse {
  const pattern = given(input.EventPattern, "eventPattern");
  checkPattern(pattern);
  const event = jsonIn(given(input.Event, "event"));
  if (!isJsonObject(event) || required.some((name) => event[name] === undefined)) throw validation("Parameter Event is not valid.");
  return { Result: matchesPattern(parsePattern(pattern), flattenEvent(event)) };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
