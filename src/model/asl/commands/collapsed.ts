// A long definition in JSON with all states that a command has nothing to do with shortened to a word: what is left is read and
// changed in no time, and the states are put back as they stood.
import type { Steps } from "./command.ts";

export interface Collapsed {
  readonly text: string;
  expand(text: string): string;
}

const mark = "\uE002";
/** A shorter value is as quickly read as the word in its place. */
const leastCharacters = 40;

/** `kept`: paths below the definition that are read or changed. The text must be JSON. */
export function collapse(text: string, kept: readonly Steps[]): Collapsed {
  if (text.includes(mark)) return { text, expand: (same) => same };
  const values: string[] = [];
  let result = "";
  let copied = 0;
  const shorten = (begin: number, end: number, word: string): void => {
    if (end - begin < leastCharacters) return;
    result += text.slice(copied, begin) + word.replace("#", `${mark}${values.length}`);
    values.push(text.slice(begin, end));
    copied = end;
  };
  const walk = (at: number, inside: readonly Steps[]): void => {
    // what stands at a path, and below it, stays
    if ((text[at] !== "{" && text[at] !== "[") || inside.some(({ length }) => length === 0)) return;
    const members = membersOf(text, at);
    let run: { readonly begin: number; end: number } | undefined;
    const endRun = (): void => {
      if (run !== undefined) shorten(run.begin, run.end, '"#": 0');
      run = undefined;
    };
    for (const [index, { name, begin, value, end }] of members.entries()) {
      const below = inside.flatMap(([step, ...rest]) => (step === name ? [rest] : []));
      const isFreeHere = below.length === 0 && isFree(members, index, inside);
      if (isFreeHere && text[at] === "{") run = { begin: run?.begin ?? begin, end };
      else endRun();
      if (below.length > 0) walk(value, below);
      // items of a list are counted
      else if (isFreeHere && text[at] === "[" && text[value] === "{") shorten(value, end, '"#"');
    }
    endRun();
  };
  walk(startOf(text), kept);
  result += text.slice(copied);
  return {
    text: result,
    expand: (changed) =>
      changed.replace(new RegExp(`"${mark}(\\d+)"(?:: 0)?`, "g"), (_word, number: string) => values[Number(number)] ?? ""),
  };
}

interface Member {
  readonly name: string | number;
  /** Where its name begins, or the item itself. */
  readonly begin: number;
  readonly value: number;
  readonly end: number;
}

/** Neighbours of what is changed show how such things are written here. */
function isFree(members: readonly Member[], index: number, kept: readonly Steps[]): boolean {
  if (index === 0 || index >= members.length - 2) return false;
  const near = [members[index - 1]?.name, members[index + 1]?.name];
  return !kept.some(([step]) => step !== undefined && near.includes(step));
}

function startOf(text: string): number {
  return spaceAfter(text, text.startsWith("\uFEFF") ? 1 : 0);
}

/** Of the object or list that begins here. */
function membersOf(text: string, begin: number): readonly Member[] {
  const list: Member[] = [];
  const isObject = text[begin] === "{";
  let at = spaceAfter(text, begin + 1);
  while (at < text.length && text[at] !== "}" && text[at] !== "]") {
    const start = at;
    let name: string | number = list.length;
    if (isObject) {
      const end = endOf(text, at);
      name = String(JSON.parse(text.slice(at, end)));
      // behind the colon
      at = spaceAfter(text, spaceAfter(text, end) + 1);
    }
    const end = endOf(text, at);
    list.push({ name, begin: start, value: at, end });
    at = spaceAfter(text, end);
    if (text[at] === ",") at = spaceAfter(text, at + 1);
  }
  return list;
}

function spaceAfter(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) <= 0x20) end += 1;
  return end;
}

/** Behind the value that begins here. */
function endOf(text: string, begin: number): number {
  let depth = 0;
  for (let at = begin; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfText(text, at);
        if (depth === 0) return at + 1;
        break;
      case 0x7b:
      case 0x5b:
        depth += 1;
        break;
      case 0x7d:
      case 0x5d:
        depth -= 1;
        if (depth === 0) return at + 1;
        if (depth < 0) return at;
        break;
      case 0x2c:
      case 0x20:
      case 0x0a:
      case 0x0d:
      case 0x09:
        if (depth === 0) return at;
    }
  }
  return text.length;
}

function endOfText(text: string, begin: number): number {
  for (let at = begin + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at;
  }
  return text.length;
}
