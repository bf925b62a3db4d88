/** For lists that are searched by typing: every word must occur; what begins with the text comes first. For cmdk. */
export function wordFilter(value: string, search: string): number {
  const text = value.toLowerCase();
  const wanted = search.toLowerCase().trim();
  if (!wanted.split(/\s+/).every((word) => text.includes(word))) return 0;
  if (text.startsWith(wanted)) return 1;
  return text.includes(` ${wanted}`) ? 0.7 : 0.4;
}

/** The best `most` of many, in the order they are in: a list draws no thousands. Without a search the first ones. */
export function bestOf<T>(items: readonly T[], valueOf: (item: T) => string, search: string, most: number): readonly T[] {
  if (items.length <= most) return items;
  if (search.trim() === "") return items.slice(0, most);
  const rated = items.map((item, position) => ({ item, position, rating: wordFilter(valueOf(item), search) }));
  const found = rated
    .filter(({ rating }) => rating > 0)
    .toSorted((one, other) => other.rating - one.rating || one.position - other.position);
  return found
    .slice(0, most)
    .toSorted((one, other) => one.position - other.position)
    .map(({ item }) => item);
}
