// Sorting in JSONata. The library's own copies what is left of both halves at each comparison and keeps all copies until the
// end: some ten thousand items take gigabytes. So `$sort` is replaced, and `path^(terms)` is rewritten to a call of a function here.
import { minded } from "./jsonataCallbacks.ts";
import type { FunctionHost } from "./jsonataFunctions.ts";

/** No name that an expression can say. */
export const orderByName = "order by";

type Callback = (...list: unknown[]) => unknown;

/** `$sort`: with a function that tells whether two are in the wrong order, else numbers or texts by size. */
export async function sort(array: unknown, swaps: unknown, host: FunctionHost): Promise<unknown> {
  if (!Array.isArray(array) || array.length <= 1) return array;
  if (typeof swaps === "function") return sequenceLike(array, await mergeSort(array, minded(swaps as Callback, host)));
  const kind = typeof array[0];
  if ((kind !== "number" && kind !== "string") || array.some((item) => typeof item !== kind)) throw { code: "D3070", index: 1 };
  spendOnSorting(array.length, host);
  return sequenceLike(array, array.toSorted(compareKeys));
}

/** `items^(a, >b)`: `flags` tells of each term whether the largest come first; a term's function is given the item in an array. */
export async function orderBy(items: unknown, flags: unknown, terms: readonly unknown[], host: FunctionHost): Promise<unknown> {
  if (!Array.isArray(items)) return items;
  if (items.length <= 1) return Object.assign([...items], { sequence: true });
  const keys: unknown[][] = [];
  for (const term of terms as readonly Callback[]) {
    const column: unknown[] = [];
    for (const item of items) column.push(await term([item]));
    checkKeys(column);
    keys.push(column);
  }
  spendOnSorting(items.length * keys.length, host);
  const isDescending = [...String(flags)].map((flag) => flag === ">");
  const order = items.map((_, index) => index);
  order.sort((one, other) => {
    for (const [term, column] of keys.entries()) {
      const [left, right] = [column[one], column[other]];
      // what is not there comes last, either way
      if (left === undefined || right === undefined) {
        if (left !== right) return left === undefined ? 1 : -1;
        continue;
      }
      const compared = compareKeys(left, right);
      if (compared !== 0) return isDescending[term] === true ? -compared : compared;
    }
    return 0;
  });
  return Object.assign(
    order.map((index) => items[index] as unknown),
    { sequence: true },
  );
}

function compareKeys(left: unknown, right: unknown): number {
  return Number((left as number) > (right as number)) - Number((left as number) < (right as number));
}

function checkKeys(column: readonly unknown[]): void {
  const known = column.filter((key) => key !== undefined);
  const [first] = known;
  for (const key of known) {
    if (typeof key !== "string" && typeof key !== "number") throw { code: "T2008", value: key };
    if (typeof key !== typeof first) throw { code: "T2007", value: first, value2: key };
  }
}

/** A comparison of keys takes far less than a step of evaluation. */
function spendOnSorting(items: number, host: FunctionHost): void {
  host.spend((items * Math.log2(items + 1)) / 20);
}

/** The function may take turns, so the sort has to wait for it. Equal items keep their order. */
async function mergeSort(array: readonly unknown[], swaps: Callback): Promise<unknown[]> {
  let from = [...array];
  let to: unknown[] = [];
  for (let width = 1; width < from.length; width *= 2) {
    to = [];
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length);
      const end = Math.min(start + 2 * width, from.length);
      let left = start;
      let right = middle;
      while (left < middle && right < end) {
        const isSwapped = await swaps(from[left], from[right]);
        to.push(from[isSwapped === false || isSwapped === undefined ? left++ : right++]);
      }
      while (left < middle) to.push(from[left++]);
      while (right < end) to.push(from[right++]);
    }
    from = to;
  }
  return from;
}

/** The library marks arrays that came about by a path. */
function sequenceLike(array: readonly unknown[], items: unknown[]): unknown[] {
  return "sequence" in array ? Object.assign(items, { sequence: true }) : items;
}

/** A node of the library's syntax tree, as far as it matters here. */
interface Node {
  readonly type?: unknown;
  readonly steps?: unknown;
  readonly [member: string]: unknown;
}

/** Rewrites in place. Paths that carry positions or parents (`#`, `@`, `%`) stay as they are. */
export function rewriteOrderBy(tree: unknown, seen = new WeakSet<object>()): void {
  if (typeof tree !== "object" || tree === null || seen.has(tree)) return;
  seen.add(tree);
  for (const member of Object.values(tree)) rewriteOrderBy(member, seen);
  const node = tree as Node;
  if (node.type !== "path" || !Array.isArray(node.steps)) return;
  const steps = node.steps as Node[];
  if (node["tuple"] === true || steps.some((step) => step["tuple"] === true || step["focus"] !== undefined || step["index"] !== undefined))
    return;
  for (let index = steps.findIndex(({ type }) => type === "sort"); index > 0; index = steps.findIndex(({ type }) => type === "sort"))
    steps.splice(0, index + 1, callOf(steps.slice(0, index), steps[index] ?? {}));
}

interface Term {
  readonly descending?: boolean;
  readonly expression: unknown;
}

function callOf(before: readonly Node[], sorted: Node): Node {
  const terms = sorted["terms"] as readonly Term[];
  const { position } = sorted;
  const item = "sorted item";
  return {
    type: "function",
    name: undefined,
    value: "(",
    position,
    procedure: { type: "variable", value: orderByName, position },
    arguments: [
      { type: "path", steps: before },
      { type: "string", value: terms.map(({ descending }) => (descending === true ? ">" : "<")).join(""), position },
      ...terms.map(({ expression }) => ({
        type: "lambda",
        arguments: [{ type: "variable", value: item, position }],
        position,
        body: {
          type: "path",
          steps: [
            { type: "variable", value: item, position },
            { type: "block", expressions: [expression], position },
          ],
        },
      })),
    ],
    ...(sorted["stages"] !== undefined && { stages: sorted["stages"] }),
  };
}
