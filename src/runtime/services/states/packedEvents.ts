// Events as they are stored: short, since most of what a Standard execution costs is to write them. Every text stands once in a
// piece of the log, whatever says it: what a state gives is given to the next, and names come again and again.
import type { Json } from "../../../model/json.ts";
import type { LoggedEvent } from "./history.ts";

interface Piece {
  /** Of the first event; those after it count up. */
  readonly id: number;
  /** Microseconds since 1970. */
  readonly at: number;
  readonly texts: readonly string[];
  /** Members of details, by the number that events name; `=` before one whose value is a text. */
  readonly shapes: readonly (readonly string[])[];
  readonly events: readonly PackedEvent[];
}

/** Texts are their numbers. Behind the values of the details: the next state (its number and one, or 0), retries, hop. */
type PackedEvent = [type: number, at: number, behindPrevious: number, frame: number, shape: number, ...valuesAndRest: Json[]];

/** Events of one piece of a log as text. */
export function packEvents(events: readonly LoggedEvent[]): string {
  const [first] = events;
  if (first === undefined) return "";
  const at = Math.round(first.at * 1000);
  const texts = new Numbers();
  const shapes = new Numbers();
  const packed: PackedEvent[] = [];
  for (const event of events) {
    const row: PackedEvent = [texts.of(event.type), Math.round(event.at * 1000) - at, event.id - event.previous, texts.of(event.frame), 0];
    let shape = "";
    const { details } = event;
    for (const member in details) {
      const value = details[member];
      if (value === undefined) continue;
      const isText = typeof value === "string";
      shape += isText ? ` =${member}` : ` ${member}`;
      row.push(isText ? texts.of(value) : value);
    }
    row[4] = shapes.of(details === undefined ? "none" : shape);
    const { next, retries, hop } = event;
    if (next !== undefined || retries !== undefined || hop !== undefined) row.push(next === undefined ? 0 : texts.of(next) + 1);
    if (retries !== undefined || hop !== undefined) row.push(retries === undefined ? 0 : [...retries]);
    if (hop !== undefined) row.push(hop);
    packed.push(row);
  }
  const shapesOfPiece = shapes.all.map((shape) => (shape === "none" ? ["none"] : shape.split(" ").slice(1)));
  return JSON.stringify({ id: first.id, at, texts: texts.all, shapes: shapesOfPiece, events: packed } satisfies Piece);
}

export function unpackEvents(text: string): LoggedEvent[] {
  const { id: firstId, at: firstAt, texts, shapes, events } = JSON.parse(text) as Piece;
  const textOf = (number: Json | undefined): string => texts[Number(number)] ?? "";
  return events.map(([type, at, behindPrevious, frame, shapeNumber, ...rest], index) => {
    const shape = shapes[shapeNumber] ?? [];
    const hasDetails = shape[0] !== "none";
    const details: Record<string, Json> = {};
    const members = hasDetails ? shape : [];
    members.forEach((member, place) => {
      const value = rest[place] ?? null;
      if (member.startsWith("=")) details[member.slice(1)] = textOf(value);
      else details[member] = value;
    });
    const [next = 0, retries = 0, hop] = rest.slice(members.length);
    const id = firstId + index;
    return {
      id,
      previous: id - behindPrevious,
      at: (firstAt + at) / 1000,
      type: textOf(type) as LoggedEvent["type"],
      frame: textOf(frame),
      ...(hasDetails && { details }),
      ...(next !== 0 && { next: textOf(Number(next) - 1) }),
      ...(Array.isArray(retries) && { retries: retries.map(Number) }),
      ...(typeof hop === "string" && { hop }),
    };
  });
}

/** Gives texts numbers, the same to the same. */
class Numbers {
  readonly all: string[] = [];
  readonly #known = new Map<string, number>();

  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.all.push(text) - 1;
    this.#known.set(text, number);
    return number;
  }
}
