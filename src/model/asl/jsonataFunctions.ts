// The functions that Step Functions adds to JSONata, and those of JSONata that have to take time and chance from the kernel or
// to mind the limits.
import type compile from "jsonata";
import { JavaRandom } from "./javaText.ts";
import { toJsonata } from "./jsonataValues.ts";
import { callingFunctions } from "./jsonataCallbacks.ts";
import { orderBy, orderByName, sort } from "./jsonataSort.ts";
import type { Scope } from "./scope.ts";
import { readValue } from "./value.ts";

/** What a function works within. */
export interface FunctionHost {
  readonly scope: Scope;
  checkSize(bytes: number): void;
  spend(steps: number): void;
  /** Around each call of a function by a function; a promise is to be awaited before. */
  enter(): Promise<void> | undefined;
  leave(result: unknown): void;
}

export interface OverriddenFunction {
  /** In the library's own notation: https://docs.jsonata.org/embedding-extending#function-signature-syntax */
  readonly signature: string;
  readonly call: (list: readonly unknown[], host: FunctionHost, frame: compile.Focus) => unknown;
}

/** An array of more elements is too large for AWS. */
const maxRangeLength = 360_145;
const algorithms = new Set(["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"]);

export const overriddenFunctions: Readonly<Record<string, OverriddenFunction>> = {
  partition: { signature: "<xn?:a>", call: ([array, size]) => partition(array, size) },
  range: { signature: "<nnn?:a>", call: ([first, last, step], host) => range(Number(first), Number(last), step, host) },
  hash: { signature: "<ss?:s>", call: ([text, algorithm], host) => hash(String(text), algorithm, host) },
  random: {
    signature: "<n?:n>",
    call: ([seed], host) => (typeof seed === "number" ? new JavaRandom(seed).nextDouble() : host.scope.sources.random()),
  },
  uuid: { signature: "<:s>", call: (_list, host) => host.scope.sources.uuid() },
  parse: { signature: "<s?:x>", call: ([text]) => parse(text) },
  now: { signature: "<s?s?:s>", call: ([picture, zone], host, frame) => formatTime(host.scope.sources.now(), picture, zone, frame) },
  millis: { signature: "<:n>", call: (_list, host) => host.scope.sources.now() },
  shuffle: { signature: "<a:a>", call: ([array], host) => shuffle(array, host) },
  distinct: { signature: "<x:x>", call: ([array], host) => distinct(array, host) },
  sort: { signature: "<af?:a>", call: ([array, swaps], host) => sort(array, swaps, host) },
  [orderByName]: { signature: "<xsf+:x>", call: ([items, flags, ...terms], host) => orderBy(items, flags, terms, host) },
  ...callingFunctions,
  pad: { signature: "<s-ns?:s>", call: ([text, width, filler], host) => pad(text, width, filler, host) },
};

/** An error of the library's kind: its code finds the text. */
function custom(message: string): { code: string; message: string } {
  return { code: "D3137", message };
}

function partition(array: unknown, size: unknown): unknown {
  if (array === null) return raise({ code: "T0412", index: 1, token: "partition", type: "x" });
  const items: unknown[] = Array.isArray(array) ? array : array === undefined ? [] : [array];
  const chunk = size === undefined ? items.length : Math.trunc(Number(size));
  if (chunk < 0) return raise(custom("Second argument must be zero or greater"));
  if (chunk === 0 || items.length === 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) => items.slice(index * chunk, (index + 1) * chunk));
}

function raise(error: object): never {
  throw error;
}

function range(first: number, last: number, given: unknown, host: FunctionHost): unknown {
  if (typeof given !== "number") return undefined;
  const [start, end, step] = [Math.trunc(first), Math.trunc(last), Math.trunc(given)];
  const length = step === 0 ? 0 : Math.floor((end - start) / step) + 1;
  if (length <= 0) return undefined;
  if (length > maxRangeLength) host.checkSize(Infinity);
  return length === 1 ? start : Array.from({ length }, (_, index) => start + index * step);
}

function hash(text: string, algorithm: unknown, host: FunctionHost): unknown {
  if (algorithm === undefined) return undefined;
  if (!algorithms.has(String(algorithm))) return raise(custom(`Unsupported hash algorithm: ${String(algorithm)}`));
  return host.scope.sources.digest(String(algorithm), text);
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  try {
    const value = toJsonata(readValue(String(text)));
    if (value === Infinity || value === -Infinity) throw new RangeError("The number is too large.");
    return value;
  } catch {
    return raise(custom("Invalid JSON"));
  }
}

/** In the expression's own language, whose function formats the time. */
function formatTime(time: number, picture: unknown, zone: unknown, frame: compile.Focus): unknown {
  const format: { implementation(time: number, picture: unknown, zone: unknown): unknown } = frame.environment.lookup("fromMillis");
  return format.implementation(time, picture, zone);
}

function shuffle(array: unknown, host: FunctionHost): unknown {
  if (!Array.isArray(array)) return array;
  const items: unknown[] = [...array];
  for (let index = items.length - 1; index > 0; index -= 1) {
    const other = Math.floor(host.scope.sources.random() * (index + 1));
    [items[index], items[other]] = [items[other], items[index]];
  }
  return items;
}

/** The library compares each with each; that many comparisons have no end for long arrays. */
function distinct(array: unknown, host: FunctionHost): unknown {
  if (!Array.isArray(array) || array.length <= 1) return array;
  host.spend(array.length / 10);
  const seen = new Set<string>();
  const items = array.filter((item: unknown) => {
    const key = canonical(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return "sequence" in array ? Object.assign(items, { sequence: true }) : items;
}

/** The same text for the same value, whatever the order of its members. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.toSorted().join(",")}}`;
}

function pad(text: unknown, width: unknown, filler: unknown, host: FunctionHost): unknown {
  if (typeof text !== "string" || typeof width !== "number") return undefined;
  host.checkSize(Math.abs(width));
  const characters = typeof filler === "string" && filler !== "" ? [...filler] : [" "];
  const missing = Math.max(0, Math.trunc(Math.abs(width)) - [...text].length);
  const whole = characters.join("").repeat(Math.floor(missing / characters.length));
  const padding = whole + characters.slice(0, missing % characters.length).join("");
  return width < 0 ? padding + text : text + padding;
}
