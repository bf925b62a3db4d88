// A note's Markdown as lines that fit its width: as much of it as notes on a canvas use, set without a browser.
import { textWidth } from "./textWidth.ts";

export interface NoteRun {
  readonly text: string;
  readonly style: "plain" | "strong" | "code" | "link";
}

export interface NoteLine {
  readonly runs: readonly NoteRun[];
  readonly kind: "text" | "heading" | "headline" | "quote" | "code";
  /** Of the words from the note's edge. */
  readonly indent: number;
  /** `•` or `2.`, to the left of them. */
  readonly marker?: string;
  /** Above it. */
  readonly gap: number;
  readonly height: number;
}

interface Block extends Pick<NoteLine, "kind" | "indent" | "marker"> {
  readonly runs: readonly NoteRun[];
  /** What belongs together stands without a gap. */
  readonly part: string;
}

export const noteSizes: Readonly<Record<NoteLine["kind"], number>> = { text: 12, quote: 12, code: 11, heading: 12.5, headline: 15 };
const lineHeight = 1.45;
const gapBetweenParts = 5;
const listIndent = 16;

export function noteLines(markdown: string, room: number): NoteLine[] {
  const lines: NoteLine[] = [];
  let before: Block | undefined;
  for (const block of blocksOf(markdown)) {
    const size = noteSizes[block.kind];
    wrappedRuns(block.runs, size, room - block.indent).forEach((runs, index) => {
      const gap = index === 0 && before !== undefined && before.part !== block.part ? gapBetweenParts : 0;
      lines.push({
        runs,
        kind: block.kind,
        indent: block.indent,
        gap,
        height: size * lineHeight,
        ...(index === 0 ? { marker: block.marker } : {}),
      });
    });
    before = block;
  }
  return lines;
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let part = 0;
  let isCode = false;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (/^\s*```/.test(line)) {
      isCode = !isCode;
      part++;
    } else if (isCode) blocks.push({ kind: "code", indent: 0, runs: [{ text: line, style: "code" }], part: `code ${part}` });
    else if (line.trim() === "") part++;
    else blocks.push(blockOf(line, index === 0, part));
  }
  return blocks;
}

function blockOf(line: string, isFirst: boolean, part: number): Block {
  const [, marks, heading] = /^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?$/.exec(line) ?? [];
  if (marks !== undefined && heading !== undefined)
    return { kind: marks.length < 3 ? "headline" : "heading", indent: 0, runs: runsOf(heading, "strong"), part: `heading ${part}` };
  const [, before = "", bullet, item] = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line) ?? [];
  if (bullet !== undefined && item !== undefined) {
    const marker = /\d/.test(bullet) ? bullet : "•";
    return { kind: "text", indent: listIndent * (1 + Math.floor(before.length / 2)), marker, runs: runsOf(item), part: `list ${part}` };
  }
  const quote = /^ {0,3}>\s?(.*)$/.exec(line)?.[1];
  if (quote !== undefined) return { kind: "quote", indent: 10, runs: runsOf(quote), part: `quote ${part}` };
  // a note's first line is its heading, marked as one or not
  if (isFirst && /^[\w"'(]/.test(line) && line.length < 120)
    return { kind: "heading", indent: 0, runs: runsOf(line, "strong"), part: "heading" };
  return { kind: "text", indent: 0, runs: runsOf(line.trim()), part: `text ${part}` };
}

const marked =
  /(\*\*|__)(?<strong>.+?)\1|`(?<code>[^`]+)`|!?\[(?<link>[^\]]*)\]\([^)]*\)|(?<![\w*_])[*_](?<soft>\S(?:.*?\S)?)[*_](?![\w*_])/g;

function runsOf(text: string, style: NoteRun["style"] = "plain"): NoteRun[] {
  const runs: NoteRun[] = [];
  let at = 0;
  for (const match of text.matchAll(marked)) {
    runs.push({ text: text.slice(at, match.index), style });
    const { strong, code, link, soft } = match.groups ?? {};
    if (strong !== undefined) runs.push(...runsOf(strong, "strong"));
    else if (code !== undefined) runs.push({ text: code, style: "code" });
    else if (link !== undefined) runs.push({ text: link, style: match[0].startsWith("!") ? style : "link" });
    else runs.push(...runsOf(soft ?? "", style));
    at = match.index + match[0].length;
  }
  runs.push({ text: text.slice(at), style });
  return runs.filter((run) => run.text !== "");
}

/** Lines no wider than the room, broken at spaces, and inside words that are wider than it. */
function wrappedRuns(runs: readonly NoteRun[], size: number, room: number): NoteRun[][] {
  const lines: NoteRun[][] = [[]];
  let used = 0;
  const add = (run: NoteRun, width: number): void => {
    const line = lines.at(-1) ?? [];
    const last = line.at(-1);
    if (last?.style === run.style) line[line.length - 1] = { ...last, text: last.text + run.text };
    else line.push(run);
    used += width;
  };
  const breakLine = (): void => {
    lines.push([]);
    used = 0;
  };
  for (const { text, style } of runs)
    for (const word of text.split(/(?<=\s)/)) {
      const width = widthOf(word, style, size);
      if (used > 0 && used + widthOf(word.trimEnd(), style, size) > room) breakLine();
      if (width <= room) {
        add({ text: word, style }, width);
        continue;
      }
      for (const letter of word) {
        const letterWidth = widthOf(letter, style, size);
        if (used + letterWidth > room) breakLine();
        add({ text: letter, style }, letterWidth);
      }
    }
  return lines;
}

/** Strong letters are a little wider. */
function widthOf(text: string, style: NoteRun["style"], size: number): number {
  if (style === "code") return textWidth(text, noteSizes.code, true);
  return textWidth(text, size) * (style === "strong" ? 1.04 : 1);
}
