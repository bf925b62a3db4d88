const maxKept = 500;

/** Programs send the same few texts again and again: what was parsed is kept, the oldest forgotten. */
export function keeping<Parsed>(): (text: string, parse: () => Parsed) => Parsed {
  const kept = new Map<string, Parsed>();
  return (text, parse) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const parsed = parse();
    for (const oldest of kept.keys()) {
      if (kept.size < maxKept) break;
      kept.delete(oldest);
    }
    kept.set(text, parsed);
    return parsed;
  };
}
