// How wide text is in Inter and JetBrains Mono, near enough to end it before it leaves its card: nothing measures text here.

/** Inter's advance widths from the space to the tilde, in thousandths of the size. */
const widths = (
  "278 291 472 634 643 984 646 302 366 366 505 663 291 460 291 362 634 408 611 620 648 595 622 567 " +
  "621 622 291 305 663 663 663 515 969 694 655 731 722 602 590 747 744 270 572 675 565 905 754 765 " +
  "639 766 645 643 647 743 694 989 686 682 631 366 362 366 472 458 326 563 613 572 613 584 372 615 " +
  "593 244 244 551 244 878 593 601 613 613 378 530 330 593 564 820 548 564 554 429 335 429 663"
)
  .split(" ")
  .map(Number);

export function textWidth(text: string, size: number, isMono = false): number {
  if (isMono) return [...text].length * size * 0.6;
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width * size;
}

function letterWidth(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  const known = widths[code - 32];
  if (known !== undefined) return known / 1000;
  if (letter === "·") return 0.29;
  // scripts whose signs fill a square, and all else about as wide as a wide letter
  return code > 0x2e7f ? 1 : 0.72;
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
