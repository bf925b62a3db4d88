// Regular expressions of expressions, which users write: JavaScript's own where its work is bounded by the length of the text,
// and otherwise a matcher that counts its steps, since JavaScript's can go on for years and cannot be stopped.

/** Takes steps from what an evaluation may spend; throws when there is nothing left. */
export type Spend = (steps: number) => void;

/** JavaScript's matcher is trusted with so many steps in the worst case. */
const trustedSteps = 5_000_000;
const stepsAtOnce = 1_000;

export class BoundedRegExp {
  lastIndex = 0;
  readonly source: string;
  private readonly own: RegExp;
  private readonly spend: Spend;
  private pattern: Pattern | undefined;

  constructor(own: RegExp, spend: Spend) {
    this.source = own.source;
    this.own = new RegExp(own.source, own.flags.includes("g") ? own.flags : `${own.flags}g`);
    this.spend = spend;
  }

  exec(text: string): RegExpExecArray | null {
    this.pattern ??= parsePattern(this.source);
    if (this.pattern.isNested || text.length ** (this.pattern.repeats + 1) > trustedSteps) return this.execCounted(text, this.pattern);
    this.spend(1 + text.length / stepsAtOnce);
    this.own.lastIndex = this.lastIndex;
    const match = this.own.exec(text);
    this.lastIndex = this.own.lastIndex;
    return match;
  }

  private execCounted(text: string, pattern: Pattern): RegExpExecArray | null {
    const matcher = new Matcher(text, this.own.flags, this.spend);
    for (let start = this.lastIndex; start <= text.length; start += 1) {
      const end = matcher.match(pattern.node, start, (position) => position);
      if (end === undefined) continue;
      this.lastIndex = end;
      const groups = Array.from({ length: pattern.groups }, (_, index) => matcher.group(index + 1));
      return Object.assign([text.slice(start, end), ...groups] as [string, ...string[]], { index: start, input: text });
    }
    this.lastIndex = 0;
    return null;
  }
}

type Node =
  | { readonly type: "sequence" | "choice"; readonly nodes: readonly Node[] }
  | { readonly type: "characters"; readonly test: RegExp }
  | { readonly type: "assert"; readonly test: "^" | "$" | "b" | "B" }
  | { readonly type: "group"; readonly index: number; readonly node: Node }
  | { readonly type: "same"; readonly index: number }
  | { readonly type: "look"; readonly isAhead: boolean; readonly isNegative: boolean; readonly node: Node }
  | Repeat;

interface Repeat {
  readonly type: "repeat";
  readonly node: Node;
  readonly least: number;
  readonly most: number;
  readonly isLazy: boolean;
  /** The groups within begin anew each time. */
  readonly groups: readonly number[];
}

interface Pattern {
  readonly node: Node;
  readonly groups: number;
  /** How many repetitions without a small bound stand one after the other. */
  readonly repeats: number;
  /** Repetitions within repetitions, references back: work may grow without measure. */
  readonly isNested: boolean;
}

/** The source is one that JavaScript has accepted. */
function parsePattern(source: string): Pattern {
  const token =
    /\\(?:u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|c[A-Za-z]|k<[^>]+>|[1-9]\d*|.)|\[(?:[^\]\\]|\\.)*\]|\(\?(?:[:=!]|<[=!]|<[^>]+>)|\{\d+(?:,\d*)?\}\??|[*+?]\??|./gsu;
  const tokens = source.match(token) ?? [];
  let at = 0;
  let groups = 0;
  let repeats = 0;
  let isNested = false;

  function choice(): { node: Node; hasRepeat: boolean } {
    const branches: Node[] = [];
    let hasRepeat = false;
    for (;;) {
      const branch = sequence();
      branches.push(branch.node);
      hasRepeat ||= branch.hasRepeat;
      if (tokens[at] !== "|") break;
      at += 1;
    }
    const [only] = branches;
    // a choice repeated can be made in as many ways as a repetition repeated
    return branches.length === 1 && only !== undefined
      ? { node: only, hasRepeat }
      : { node: { type: "choice", nodes: branches }, hasRepeat: true };
  }

  function sequence(): { node: Node; hasRepeat: boolean } {
    const nodes: Node[] = [];
    let hasRepeat = false;
    while (at < tokens.length && tokens[at] !== "|" && tokens[at] !== ")") {
      const groupsBefore = groups;
      const atom = single(tokens[at++] ?? "");
      const times = quantifier(tokens[at]);
      if (times === undefined) {
        nodes.push(atom.node);
        hasRepeat ||= atom.hasRepeat;
        continue;
      }
      at += 1;
      if (times.most > 1) {
        isNested ||= atom.hasRepeat;
        if (times.most - times.least > 1) repeats += 1;
      }
      hasRepeat = true;
      nodes.push({
        type: "repeat",
        node: atom.node,
        ...times,
        groups: Array.from({ length: groups - groupsBefore }, (_, index) => groupsBefore + index + 1),
      });
    }
    return { node: { type: "sequence", nodes }, hasRepeat };
  }

  function single(text: string): { node: Node; hasRepeat: boolean } {
    if (text.startsWith("(")) {
      const index = text === "(" || /^\(\?<[^=!]/.test(text) ? (groups += 1) : 0;
      const inner = choice();
      at += 1;
      if (index > 0) return { node: { type: "group", index, node: inner.node }, hasRepeat: inner.hasRepeat };
      if (text === "(?:") return inner;
      isNested ||= inner.hasRepeat;
      return {
        node: { type: "look", isAhead: !text.includes("<"), isNegative: text.endsWith("!"), node: inner.node },
        hasRepeat: inner.hasRepeat,
      };
    }
    if (text === "^" || text === "$") return { node: { type: "assert", test: text }, hasRepeat: false };
    if (text === "\\b" || text === "\\B") return { node: { type: "assert", test: text === "\\b" ? "b" : "B" }, hasRepeat: false };
    if (/^\\[1-9]/.test(text)) {
      isNested = true;
      return { node: { type: "same", index: Number(text.slice(1)) }, hasRepeat: true };
    }
    return {
      node: {
        type: "characters",
        test: new RegExp(text.length > 1 || text === "." ? text : text.replace(/[{}\]/^$*+?|()\\]/, "\\$&"), "s"),
      },
      hasRepeat: false,
    };
  }

  const { node } = choice();
  return { node, groups, repeats, isNested };
}

function quantifier(token: string | undefined): { least: number; most: number; isLazy: boolean } | undefined {
  if (token === undefined || !/^(?:[*+?]\??|\{\d+(?:,\d*)?\}\??)$/.test(token)) return undefined;
  const isLazy = token.length > 1 && token.endsWith("?");
  if (token.startsWith("*")) return { least: 0, most: Infinity, isLazy };
  if (token.startsWith("+")) return { least: 1, most: Infinity, isLazy };
  if (token.startsWith("?")) return { least: 0, most: 1, isLazy };
  const [least = "0", most] = token.replace(/[{}?]/g, "").split(",");
  return { least: Number(least), most: most === undefined ? Number(least) : most === "" ? Infinity : Number(most), isLazy };
}

/** What comes after in the pattern: the end of the match, or undefined where it does not fit. */
type Then = (position: number) => number | undefined;

class Matcher {
  private readonly text: string;
  private readonly ignoresCase: boolean;
  private readonly isMultiline: boolean;
  private readonly hasDotAll: boolean;
  private readonly spend: Spend;
  private readonly groups = new Map<number, readonly [number, number]>();
  private readonly tests = new Map<RegExp, RegExp>();
  private steps = 0;

  constructor(text: string, flags: string, spend: Spend) {
    this.text = text;
    this.ignoresCase = flags.includes("i");
    this.isMultiline = flags.includes("m");
    this.hasDotAll = flags.includes("s");
    this.spend = spend;
  }

  group(index: number): string | undefined {
    const place = this.groups.get(index);
    return place === undefined ? undefined : this.text.slice(...place);
  }

  match(node: Node, position: number, then: Then): number | undefined {
    this.steps += 1;
    if (this.steps % stepsAtOnce === 0) this.spend(stepsAtOnce / 2);
    switch (node.type) {
      case "characters":
        return this.isAt(node.test, position) ? then(position + 1) : undefined;
      case "sequence":
        return this.sequence(node.nodes, 0, position, then);
      case "choice":
        for (const branch of node.nodes) {
          const end = this.match(branch, position, then);
          if (end !== undefined) return end;
        }
        return undefined;
      case "group":
        return this.inGroup(node.index, node.node, position, then);
      case "same": {
        const earlier = this.group(node.index) ?? "";
        return this.text.startsWith(earlier, position) ? then(position + earlier.length) : undefined;
      }
      case "assert":
        return this.holds(node.test, position) ? then(position) : undefined;
      case "look":
        return this.looks(node.node, node.isAhead, position) === node.isNegative ? undefined : then(position);
      case "repeat":
        return node.node.type === "characters" ? this.run(node.node.test, node, position, then) : this.repeat(node, 0, position, then);
    }
  }

  private sequence(nodes: readonly Node[], index: number, position: number, then: Then): number | undefined {
    const node = nodes[index];
    return node === undefined ? then(position) : this.match(node, position, (next) => this.sequence(nodes, index + 1, next, then));
  }

  private inGroup(index: number, node: Node, position: number, then: Then): number | undefined {
    const before = this.groups.get(index);
    const end = this.match(node, position, (next) => {
      const within = this.groups.get(index);
      this.groups.set(index, [position, next]);
      const matched = then(next);
      if (matched === undefined) this.restore(index, within);
      return matched;
    });
    if (end === undefined) this.restore(index, before);
    return end;
  }

  private restore(index: number, place: readonly [number, number] | undefined): void {
    if (place === undefined) this.groups.delete(index);
    else this.groups.set(index, place);
  }

  /** A repetition of single characters needs no recursion. */
  private run(test: RegExp, times: Repeat, position: number, then: Then): number | undefined {
    let count = 0;
    const most = times.isLazy ? times.least : times.most;
    while (count < most && this.isAt(test, position + count)) count += 1;
    if (count < times.least) return undefined;
    for (;;) {
      const end = then(position + count);
      if (end !== undefined) return end;
      if (times.isLazy) {
        if (count >= times.most || !this.isAt(test, position + count)) return undefined;
        count += 1;
      } else if (count === times.least) return undefined;
      else count -= 1;
    }
  }

  private repeat(times: Repeat, count: number, position: number, then: Then): number | undefined {
    const again = (): number | undefined => {
      if (count >= times.most) return undefined;
      const before = times.groups.map((index) => [index, this.groups.get(index)] as const);
      for (const index of times.groups) this.groups.delete(index);
      const end = this.match(times.node, position, (next) =>
        next === position && count >= times.least ? undefined : this.repeat(times, count + 1, next, then),
      );
      if (end === undefined) for (const [index, place] of before) this.restore(index, place);
      return end;
    };
    if (count < times.least) return again();
    return times.isLazy ? (then(position) ?? again()) : (again() ?? then(position));
  }

  private isAt(test: RegExp, position: number): boolean {
    const character = this.text[position];
    if (character === undefined) return false;
    this.steps += 1;
    if (this.steps % stepsAtOnce === 0) this.spend(stepsAtOnce / 2);
    if (test.source === "." && !this.hasDotAll) return !/[\n\r\u2028\u2029]/.test(character);
    let tested = test;
    if (this.ignoresCase) {
      tested = this.tests.get(test) ?? new RegExp(test.source, "i");
      this.tests.set(test, tested);
    }
    return tested.test(character);
  }

  private holds(test: "^" | "$" | "b" | "B", position: number): boolean {
    const before = this.text[position - 1];
    const after = this.text[position];
    if (test === "^") return before === undefined || (this.isMultiline && /[\n\r\u2028\u2029]/.test(before));
    if (test === "$") return after === undefined || (this.isMultiline && /[\n\r\u2028\u2029]/.test(after));
    return (/\w/.test(before ?? " ") !== /\w/.test(after ?? " ")) === (test === "b");
  }

  private looks(node: Node, isAhead: boolean, position: number): boolean {
    if (isAhead) return this.match(node, position, (end) => end) !== undefined;
    for (let start = position; start >= 0; start -= 1) {
      if (this.match(node, start, (end) => (end === position ? end : undefined)) !== undefined) return true;
    }
    return false;
  }
}
