// Filter criteria of mappings: event patterns as EventBridge reads them. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
import { flattenEvent, matchesPattern } from "../../../../model/eventBridge/matchPattern.ts";
import { parsePattern, PatternError, type EventPattern } from "../../../../model/eventBridge/pattern.ts";
import type { Json } from "../../../../model/json.ts";

const read = new Map<string, EventPattern>();

export function isFilter(text: string): boolean {
  try {
    patternOf(text);
    return true;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

/** Whether one of them lets it through. */
export function passesFilters(filters: readonly string[], record: Json): boolean {
  if (filters.length === 0) return true;
  const event = flattenEvent(record);
  return filters.some((filter) => matchesPattern(patternOf(filter), event));
}

/** An empty pattern, which EventBridge refuses, lets everything through here. */
function patternOf(text: string): EventPattern {
  const known = read.get(text);
  if (known !== undefined) return known;
  const pattern = /^\s*\{\s*\}\s*$/.test(text) ? { branches: [[]] } : parsePattern(text);
  read.set(text, pattern);
  return pattern;
}
