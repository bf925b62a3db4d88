// Whether an event matches a pattern, and why it does not: arrays count as aws/event-ruler counts them.
import type { Json } from "../json.ts";
import { meets, wordsOf, type Leaf } from "./matcher.ts";
import type { Branch, EventPattern, Field } from "./pattern.ts";

/** An event's leaves by their dotted names: made once, and matched with every rule. */
export type FlatEvent = ReadonlyMap<string, readonly FlatValue[]>;

interface FlatValue {
  readonly value: Leaf;
  /** The elements of arrays that it lies in, outermost first. */
  readonly elements: readonly Element[];
}

interface Element {
  /** Tells the arrays of one event apart. */
  readonly array: number;
  /** The array's dotted name. */
  readonly name: string;
  readonly index: number;
}

export function flattenEvent(event: Json): FlatEvent {
  const values = new Map<string, FlatValue[]>();
  let arrays = 0;
  const visit = (value: Json, name: string, elements: readonly Element[]): void => {
    if (Array.isArray(value)) {
      const array = arrays++;
      // Two values of one list of texts or numbers stand for the same field: only what lies in objects is told apart.
      value.forEach((item, index) =>
        visit(item, name, typeof item === "object" && item !== null ? [...elements, { array, name, index }] : elements),
      );
    } else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) visit(member, name === "" ? key : `${name}.${key}`, elements);
    } else {
      const known = values.get(name);
      if (known === undefined) values.set(name, [{ value, elements }]);
      else known.push({ value, elements });
    }
  };
  visit(event, "", []);
  return values;
}

export function matchesPattern({ branches }: EventPattern, event: FlatEvent): boolean {
  return branches.some((branch) => matchesBranch(branch, event));
}

/** Ways in which the fields so far match: from each array at most one element. */
type Choice = ReadonlyMap<number, Element>;

function matchesBranch(branch: Branch, event: FlatEvent): boolean {
  let choices: readonly Choice[] = [new Map()];
  for (const [position, field] of branch.entries()) {
    choices = distinct(
      choices.flatMap((choice) => extended(choice, field, event)),
      branch.slice(position + 1),
    );
    if (choices.length === 0) return false;
  }
  return true;
}

function extended(choice: Choice, { name, matchers }: Field, event: FlatEvent): Choice[] {
  const reachable = (event.get(name) ?? []).filter(({ elements }) => isConsistent(choice, elements));
  if (reachable.length === 0) return matchers.some((matcher) => matcher.type === "exists" && !matcher.isThere) ? [choice] : [];
  return reachable
    .filter(({ value }) => matchers.some((matcher) => meets(matcher, value)))
    .map(({ elements }) => new Map([...choice, ...elements.map((element): [number, Element] => [element.array, element])]));
}

function isConsistent(choice: Choice, elements: readonly Element[]): boolean {
  return elements.every(({ array, index }) => (choice.get(array)?.index ?? index) === index);
}

/** Forgets elements of arrays in which no later field lies, and choices that are then the same: else they would multiply. */
function distinct(choices: readonly Choice[], later: readonly Field[]): Choice[] {
  const byKey = new Map<string, Choice>();
  for (const choice of choices) {
    const kept = [...choice].filter(([, { name }]) => later.some((field) => field.name === name || field.name.startsWith(`${name}.`)));
    byKey.set(kept.map(([array, { index }]) => `${array}:${index}`).join(" "), new Map(kept));
  }
  return [...byKey.values()];
}

/** Why the event does not match, a line for each field that is in the way; empty: it does. Of several branches, the nearest. */
export function explainMismatch(pattern: EventPattern, event: FlatEvent): readonly string[] {
  if (matchesPattern(pattern, event)) return [];
  const [nearest] = pattern.branches.map((branch) => reasonsOf(branch, event)).sort((a, b) => a.length - b.length);
  return nearest ?? [];
}

const valuesShown = 3;

function reasonsOf(branch: Branch, event: FlatEvent): readonly string[] {
  const reasons = branch.filter((field) => extended(new Map(), field, event).length === 0).map((field) => reasonOf(field, event));
  if (reasons.length > 0) return reasons;
  return [`${branch.map(({ name }) => name).join(", ")} each match, but in no single element of the array together`];
}

function reasonOf({ name, matchers }: Field, event: FlatEvent): string {
  const wanted = matchers.map(wordsOf).join(" or ");
  const values = event.get(name);
  if (values === undefined) {
    const isObject = [...event.keys()].some((key) => key.startsWith(`${name}.`));
    return isObject ? `${name} holds an object, and the pattern wants ${wanted}` : `${name} is not there, and the pattern wants ${wanted}`;
  }
  const shown = values.slice(0, valuesShown).map(({ value }) => JSON.stringify(value));
  return `${name} is ${shown.join(", ")}${values.length > valuesShown ? ", …" : ""}, and the pattern wants ${wanted}`;
}
