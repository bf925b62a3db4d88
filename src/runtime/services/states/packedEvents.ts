// Events as they are stored: short, since most of what a Standard execution costs is to write them. What one state gives the
// next is given, so a text that comes again is written once.
import type { EventDetails, LoggedEvent } from "./history.ts";

type PackedEvent = [
  id: number,
  previous: number,
  at: number,
  type: LoggedEvent["type"],
  /** A text of `shared` is its number among them. */
  details?: EventDetails | null,
  frame?: string,
  next?: string | null,
  retries?: readonly number[] | null,
  hop?: string,
];

/** Members of the details that are texts of JSON; as a number they mean one of the texts that stand before the events. */
const shared = ["input", "output", "parameters"] as const;
/** Shorter texts are no longer than their number with what belongs to it. */
const leastShared = 8;

/** Events of one piece of a log as text. */
export function packEvents(events: readonly LoggedEvent[]): string {
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  const short = (details: EventDetails): EventDetails => {
    let changed: Record<string, EventDetails[string]> | undefined;
    for (const member of shared) {
      const text = details[member];
      if (typeof text !== "string" || text.length < leastShared) continue;
      let number = numbers.get(text);
      if (number === undefined) {
        number = texts.push(text) - 1;
        numbers.set(text, number);
      }
      changed ??= { ...details };
      changed[member] = number;
    }
    return changed ?? details;
  };
  const packed = events.map(({ id, previous, at, type, details, frame, next, retries, hop }): PackedEvent => {
    const moment = Math.round(at * 1000) / 1000;
    const told = details === undefined ? null : short(details);
    if (hop !== undefined) return [id, previous, moment, type, told, frame, next ?? null, retries ?? null, hop];
    if (retries !== undefined) return [id, previous, moment, type, told, frame, next ?? null, retries];
    if (next !== undefined) return [id, previous, moment, type, told, frame, next];
    return frame === "" ? [id, previous, moment, type, told] : [id, previous, moment, type, told, frame];
  });
  return JSON.stringify([texts, packed]);
}

export function unpackEvents(text: string): LoggedEvent[] {
  const [texts, events] = JSON.parse(text) as [string[], PackedEvent[]];
  return events.map(([id, previous, at, type, details, frame = "", next, retries, hop]) => ({
    id,
    previous,
    at,
    type,
    frame,
    ...(details !== null && details !== undefined && { details: long(details, texts) }),
    ...(next !== null && next !== undefined && { next }),
    ...(retries !== undefined && retries !== null && { retries }),
    ...(hop !== undefined && { hop }),
  }));
}

function long(details: EventDetails, texts: readonly string[]): EventDetails {
  const whole: Record<string, EventDetails[string]> = { ...details };
  for (const member of shared) {
    const number = details[member];
    if (typeof number === "number") whole[member] = texts[number];
  }
  return whole;
}
