/** A token's colour as the 2D canvas wants it. */
export function cssColour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}
