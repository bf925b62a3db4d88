// How wide text is in Inter and JetBrains Mono, near enough to end it before it leaves its card: nothing measures text here.

const narrow = /[iIjl.,:;'|!()[\]{}\s·/-]/;
const wide = /[mwMW@%&—…]/;
const capital = /[A-Z0-9_+=<>~#$?]/;

export function textWidth(text: string, size: number, isMono = false): number {
  if (isMono) return [...text].length * size * 0.6;
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width * size;
}

function letterWidth(letter: string): number {
  if (narrow.test(letter)) return 0.32;
  if (wide.test(letter)) return 0.9;
  if (capital.test(letter)) return 0.67;
  // scripts whose signs fill a square
  return letter > "\u2E7F" ? 1 : 0.58;
}

/** The text, or as much of its beginning as has room, with an ellipsis. */
export function fitted(text: string, size: number, room: number, isMono = false): string {
  if (textWidth(text, size, isMono) <= room) return text;
  let kept = "";
  for (const letter of text) {
    if (textWidth(`${kept}${letter}…`, size, isMono) > room) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

/** Lines no wider than the room, broken at spaces. */
export function wrapped(text: string, size: number, room: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && textWidth(longer, size) > room) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}
