// Where an offset stands in JSON text, however unfinished the text is.

export interface PlaceInText {
  /** Keys and indexes to the value, or to the object whose key is written. */
  readonly steps: readonly (string | number)[];
  readonly role: "key" | "value";
  /** Between quotes. */
  readonly isInText: boolean;
  /** What is written there so far, and after the cursor up to its end. */
  readonly from: number;
  readonly to: number;
}

interface Level {
  readonly type: "object" | "array";
  key: string | null;
  index: number;
  isAfterColon: boolean;
}

/** null: between values, where nothing begins. */
export function placeInJson(text: string, offset: number): PlaceInText | null {
  const levels: Level[] = [];
  const steps = (): (string | number)[] =>
    levels.flatMap((level): (string | number)[] => (level.type === "array" ? [level.index] : level.key === null ? [] : [level.key]));
  for (let at = 0; at < offset; at += 1) {
    const level = levels.at(-1);
    const character = text[at];
    if (character === '"') {
      const end = endOfText(text, at);
      const isKey = level?.type === "object" && !level.isAfterColon;
      if (offset <= end) {
        if (isKey) level.key = null;
        return { steps: steps(), role: isKey ? "key" : "value", isInText: true, from: at + 1, to: end };
      }
      if (isKey) level.key = text.slice(at + 1, end);
      at = end;
    } else if (character === "{" || character === "[") {
      levels.push({ type: character === "{" ? "object" : "array", key: null, index: 0, isAfterColon: false });
    } else if (character === "}" || character === "]") levels.pop();
    else if (character === ":" && level !== undefined) level.isAfterColon = true;
    else if (character === "," && level !== undefined) {
      level.index += 1;
      level.key = null;
      level.isAfterColon = false;
    }
  }
  const level = levels.at(-1);
  if (level === undefined) return null;
  const from = offset - (/[\p{L}\p{N}_.$-]*$/u.exec(text.slice(0, offset))?.[0].length ?? 0);
  const isKey = level.type === "object" && !level.isAfterColon;
  if (isKey) level.key = null;
  return { steps: steps(), role: isKey ? "key" : "value", isInText: false, from, to: offset };
}

/** Offset of the closing quote; of a text that is not closed the end of its line. */
function endOfText(text: string, begin: number): number {
  for (let at = begin + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"' || text[at] === "\n") return at;
  }
  return text.length;
}
