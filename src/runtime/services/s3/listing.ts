// Pages of keys, as all list operations have them: after a key, below a prefix, rolled up at a delimiter.
import type { Bucket } from "./buckets.ts";
import type { Objects, StoredObject } from "./objects.ts";

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last key or common prefix of the page. */
  readonly last: string | null;
}

export interface PageQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only what comes after this key or common prefix. */
  readonly after: string;
  readonly max: number;
}

const rowsAtOnce = 250;

/** Jumps over what is rolled up, so that a folder of a million objects costs one step. */
export function listPage(objects: Objects, bucket: Bucket, query: PageQuery): Page<StoredObject> {
  const { prefix, delimiter, max } = query;
  const entries: StoredObject[] = [];
  const commonPrefixes: string[] = [];
  const before = followingPrefix(prefix);
  let last: string | null = null;
  let from = startOf(query);
  for (;;) {
    const rows = objects.page(bucket, from, before, Math.min(rowsAtOnce, max - entries.length - commonPrefixes.length + 1));
    const [first] = rows;
    if (!first) return { entries, commonPrefixes, isTruncated: false, last };
    let next: string | undefined;
    for (const row of rows) {
      if (entries.length + commonPrefixes.length >= max) return { entries, commonPrefixes, isTruncated: true, last };
      const rolled = rolledUp(row.key, prefix, delimiter);
      if (rolled === undefined) {
        entries.push(row);
        last = row.key;
        next = afterKey(row.key);
      } else {
        commonPrefixes.push(rolled);
        last = rolled;
        next = followingPrefix(rolled);
        break;
      }
    }
    from = next ?? afterKey(first.key);
  }
}

function startOf({ prefix, delimiter, after }: PageQuery): string {
  if (after === "" || isBefore(after, prefix)) return prefix;
  const rolled = delimiter === "" ? undefined : rolledUp(after, prefix, delimiter);
  return rolled !== undefined && rolled === after ? followingPrefix(after) : afterKey(after);
}

/** The part of a key up to the first delimiter behind the prefix; undefined where there is none. */
export function rolledUp(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const index = key.indexOf(delimiter, prefix.length);
  return index < 0 ? undefined : key.slice(0, index + delimiter.length);
}

/** The least key that comes after this one. */
export function afterKey(key: string): string {
  return `${key}\u0000`;
}

/** Greater than every key that can be. */
const beyondAllKeys = "\u{10FFFF}".repeat(257);

/** The least text after all that begin with this one, in the order of UTF-8. */
export function followingPrefix(prefix: string): string {
  const points = [...prefix];
  while (points.length > 0) {
    const point = points.pop()?.codePointAt(0) ?? 0;
    if (point === 0x10ffff) continue;
    // Surrogates are no characters of their own.
    return points.join("") + String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1);
  }
  return beyondAllKeys;
}

/** In the order of UTF-8, which is not that of JavaScript's own texts. */
export function isBefore(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;
}

/** As `encoding-type=url` and events have keys: a space is a plus, the slash stays. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%2F", "/")
    .replaceAll("%20", "+");
}
