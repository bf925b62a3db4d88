// The difference of two texts in the unified form that people and `patch` read.

const context = 3;

interface Step {
  readonly mark: " " | "-" | "+";
  readonly line: string;
}

/** Empty when the texts are the same. */
export function unifiedDiff(before: string, after: string, file: string): string {
  if (before === after) return "";
  const steps = stepsBetween(linesOf(before), linesOf(after));
  return [`--- ${file}`, `+++ ${file}`, ...hunksOf(steps)].join("\n");
}

/** Lines with their ends, so that a changed line ending and a missing last one are differences too. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function stepsBetween(a: readonly string[], b: readonly string[]): Step[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const same = (lines: readonly string[]): Step[] => lines.map((line) => ({ mark: " ", line }));
  return [
    ...same(a.slice(0, start)),
    ...shortestEdit(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ];
}

/** E. Myers, An O(ND) difference algorithm: the fewest lines taken away and added. */
function shortestEdit(a: readonly string[], b: readonly string[]): Step[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  const goesDown = (at: Map<number, number>, diagonal: number, edits: number): boolean =>
    diagonal === -edits || (diagonal !== edits && (at.get(diagonal - 1) ?? 0) < (at.get(diagonal + 1) ?? 0));
  for (let edits = 0; edits <= a.length + b.length; edits += 1) {
    trail.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = goesDown(furthest, diagonal, edits) ? (furthest.get(diagonal + 1) ?? 0) : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return walkBack(a, b, trail, goesDown);
    }
  }
  return [];
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trail: readonly Map<number, number>[],
  goesDown: (at: Map<number, number>, diagonal: number, edits: number) => boolean,
): Step[] {
  const steps: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trail.length - 1; edits >= 0; edits -= 1) {
    const at = trail[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const from = goesDown(at, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const fromX = at.get(from) ?? 0;
    const fromY = fromX - from;
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) {
      x -= 1;
      y -= 1;
      steps.push({ mark: " ", line: a[x] ?? "" });
    }
    if (edits === 0) break;
    if (x === fromX) steps.push({ mark: "+", line: b[fromY] ?? "" });
    else steps.push({ mark: "-", line: a[fromX] ?? "" });
    [x, y] = [fromX, fromY];
  }
  return steps.reverse();
}

function hunksOf(steps: readonly Step[]): string[] {
  const changed = steps.flatMap((step, index) => (step.mark === " " ? [] : [index]));
  const lines: string[] = [];
  for (let index = 0; index < changed.length;) {
    const first = changed[index] ?? 0;
    let last = first;
    while (index < changed.length && (changed[index] ?? 0) - last <= 2 * context) last = changed[index++] ?? last;
    const from = Math.max(0, first - context);
    const hunk = steps.slice(from, last + context + 1);
    const before = steps.slice(0, from);
    lines.push(`@@ -${rangeOf(before, hunk, "+")} +${rangeOf(before, hunk, "-")} @@`);
    for (const { mark, line } of hunk) {
      lines.push(mark + line.replace(/\n$/, ""));
      if (!line.endsWith("\n")) lines.push("\\ No newline at end of file");
    }
  }
  return lines;
}

/** `start,count` on one side: all lines but those that are only on the other. */
function rangeOf(before: readonly Step[], hunk: readonly Step[], other: "+" | "-"): string {
  const count = hunk.filter((step) => step.mark !== other).length;
  const start = before.filter((step) => step.mark !== other).length;
  return `${count === 0 ? start : start + 1},${count}`;
}
