/** For lists that are searched by typing: every word must occur; what begins with the text comes first. For cmdk. */
export function wordFilter(value: string, search: string): number {
  const text = value.toLowerCase();
  const wanted = search.toLowerCase().trim();
  if (!wanted.split(/\s+/).every((word) => text.includes(word))) return 0;
  if (text.startsWith(wanted)) return 1;
  return text.includes(` ${wanted}`) ? 0.7 : 0.4;
}
