/** A query request's parameters as a tree: `Attribute.1.Name=x` becomes `{Attribute: {1: {Name: "x"}}}`. */
export interface Form {
  readonly [key: string]: string | Form | undefined;
}

/** Deeper names than any operation has are refused with the rest of the request ignored. */
const maxSegments = 24;

export function parseForm(text: string): Form {
  const root: Record<string, string | Form | undefined> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const segments = name.split(".");
    if (segments.length > maxSegments) continue;
    let level = root;
    for (const segment of segments.slice(0, -1)) {
      const next: unknown = level[segment];
      if (isLevel(next)) level = next;
      else level = level[segment] = Object.create(null) as Record<string, string | Form | undefined>;
    }
    level[segments.at(-1) ?? ""] = value;
  }
  return root;
}

function isLevel(value: unknown): value is Record<string, string | Form | undefined> {
  return typeof value === "object" && value !== null;
}
