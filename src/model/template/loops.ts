// Fn::ForEach of AWS::LanguageExtensions: a fragment once for each item of a collection, in Resources, Outputs, Conditions
// and inside resources. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { resolveValue } from "./resolve.ts";
import type { ResolveFinding, Scope } from "./resolve.ts";
import { put } from "./value.ts";
import { type Words, said, words } from "../words.ts";

export const loopPrefix = "Fn::ForEach::";

const maxDepth = 5;
/** Values that loops make: far above the 1 MB that the written out template may have, as nested loops multiply. */
const maxMade = 200_000;

export interface LoopState {
  readonly scope: Scope;
  readonly findings: ResolveFinding[];
  made: number;
}

interface Place {
  readonly path: TemplatePath;
  /** Items that identifiers stand for here. */
  readonly items: ReadonlyMap<string, string>;
  readonly depth: number;
}

/** A section, or a part of one, with its loops written out. */
export function unrolled(value: Json, path: TemplatePath, state: LoopState): Json {
  return unroll(value, { path, items: new Map(), depth: 0 }, state);
}

function unroll(value: Json, place: Place, state: LoopState): Json {
  if (place.depth > 0) state.made += 1 + (typeof value === "string" ? value.length / 50 : 0);
  if (typeof value === "string") return filledIn(value, place.items);
  if (Array.isArray(value)) return value.map((item, index) => unroll(item, below(place, index), state));
  if (!isJsonObject(value)) return value;
  const { Ref: name } = value;
  if (typeof name === "string" && place.items.has(name) && Object.keys(value).length === 1) return place.items.get(name) ?? null;
  if (isExhausted(place, state)) return {};
  const result: JsonObject = {};
  const loops: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    // Keys beside a loop come first, wherever they stand: what a loop makes must not take their names.
    if (key.startsWith(loopPrefix)) loops.push([key, item]);
    else
      put(
        result,
        filledIn(key, place.items),
        key === "Fn::If" ? unrolledIf(item, below(place, key), state) : unroll(item, below(place, key), state),
      );
  }
  for (const [key, item] of loops)
    for (const [made, each] of runLoop(item, below(place, key), state)) add(result, made, each, below(place, key), state);
  return result;
}

/** CloudFormation leaves a condition's name in Fn::If as it is written. */
function unrolledIf(argument: Json, place: Place, state: LoopState): Json {
  const [condition, ...branches] = Array.isArray(argument) ? argument : [];
  return condition === undefined
    ? unroll(argument, place, state)
    : [condition, ...branches.map((each, index) => unroll(each, below(place, index + 1), state))];
}

function add(result: JsonObject, key: string, value: Json, place: Place, state: LoopState): void {
  if (Object.hasOwn(result, key))
    fail(state, place.path, words("This loop makes {{key}}, which is there already. Names made by loops must be new.", { key }));
  else put(result, key, value);
}

function runLoop(written: Json, place: Place, state: LoopState): readonly (readonly [string, Json])[] {
  const [identifier, collection, fragment] = Array.isArray(written) && written.length === 3 ? written : [];
  if (typeof identifier !== "string" || collection === undefined || !isJsonObject(fragment)) {
    return fail(
      state,
      place.path,
      words("Fn::ForEach takes a list of three: an identifier, a collection, and a map with what is made for each item."),
    );
  }
  if (place.items.has(identifier))
    return fail(
      state,
      [...place.path, 0],
      words("The loop around this one calls its items {{identifier}} too. Give them another name.", { identifier }),
    );
  if (place.depth >= maxDepth) return fail(state, place.path, words("Loops are nested more than {{most}} deep.", { most: maxDepth }));
  if (isExhausted(place, state)) return [];
  const items = itemsOf(collection, below(place, 1), state);
  return items.flatMap((item): (readonly [string, Json])[] => {
    state.made += 1;
    if (isExhausted(place, state)) return [];
    const inner: Place = { path: [...place.path, 2], items: new Map([...place.items, [identifier, item]]), depth: place.depth + 1 };
    return Object.entries(fragment).flatMap(([key, body]): readonly (readonly [string, Json])[] => {
      if (key.startsWith(loopPrefix)) return runLoop(body, below(inner, key), state);
      if (!key.includes(`\${${identifier}}`) && !key.includes(`&{${identifier}}`)) {
        return fail(
          state,
          [...inner.path, key],
          words("The key {{key}} would be the same for each item: put {{placeholder}} into it.", { key, placeholder: `\${${identifier}}` }),
        );
      }
      return [[filledIn(key, inner.items), unroll(body, below(inner, key), state)]];
    });
  });
}

function isExhausted({ path }: Place, state: LoopState): boolean {
  if (state.made <= maxMade) return false;
  if (state.made !== Infinity)
    fail(state, path, words("Loops make more than {{most}} values here: a template of that size is refused.", { most: maxMade }));
  // said once
  state.made = Infinity;
  return true;
}

/** Collections are lists of texts, or parameters and mappings that hold such lists: all that is known before anything is made. */
function itemsOf(collection: Json, place: Place, state: LoopState): readonly string[] {
  const before = state.findings.length;
  const resolved = resolveValue(unroll(collection, place, state), state.scope, place.path);
  // A parameter that is still to be given a value is told where that matters; until then nobody knows what the loop makes.
  if (resolved.findings.some(({ rule }) => rule === "template.parameter-missing")) return [];
  state.findings.push(...resolved.findings.map((finding) => ({ ...finding, rule: "template.loop" })));
  const list = Array.isArray(resolved.value) ? resolved.value.flat() : undefined;
  if (list?.every((item) => typeof item !== "object")) return list.map(String);
  if (state.findings.length === before)
    fail(state, place.path, words("A loop goes over a list of texts, or over a parameter of type CommaDelimitedList."));
  return [];
}

/** `${Name}` gives the item as it is, `&{Name}` its letters and digits. */
function filledIn(text: string, items: ReadonlyMap<string, string>): string {
  if (items.size === 0 || !text.includes("{")) return text;
  return text.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (whole, form: string, name: string) => {
    const item = items.get(name);
    if (item === undefined) return whole;
    return form === "&" ? item.replace(/[^A-Za-z0-9]/g, "") : item;
  });
}

function below(place: Place, step: string | number): Place {
  return { ...place, path: [...place.path, step] };
}

function fail(state: LoopState, path: TemplatePath, what: Words): [] {
  const { message } = said(what);
  const isSaid = state.findings.some((each) => each.message === message && each.path.join("\n") === path.join("\n"));
  if (!isSaid) state.findings.push({ rule: "template.loop", message, words: what, path });
  return [];
}

/** How many letters of a name a key written in a loop says; undefined: the loop cannot have made the name from it. */
export function loopKeyMatch(written: string, name: string): number | undefined {
  const [first = "", ...others] = written.split(/[$&]\{[A-Za-z0-9]+\}/);
  const last = others.pop();
  if (last === undefined || !name.startsWith(first)) return undefined;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at + 1);
    if (found < 0) return undefined;
    at = found + part.length;
  }
  const isWhole = name.endsWith(last) && name.length - last.length > at;
  return isWhole ? first.length + others.join("").length + last.length : undefined;
}

/** The loop of a section that can have made a name which is not written there: its path. */
export function loopThatMakes(section: JsonObject, name: string): TemplatePath | undefined {
  if (Object.hasOwn(section, name)) return undefined;
  for (const [key, loop] of Object.entries(section)) {
    const fragment = key.startsWith(loopPrefix) && Array.isArray(loop) ? loop[2] : undefined;
    if (!isJsonObject(fragment)) continue;
    if (Object.keys(fragment).some((written) => loopKeyMatch(written, name) !== undefined)) return [key];
    const inner = loopThatMakes(fragment, name);
    if (inner) return [key, 2, ...inner];
  }
  return undefined;
}
