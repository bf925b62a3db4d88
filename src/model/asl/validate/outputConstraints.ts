// Values and ranges of members of outputs: what the SDK's schemas, which know all the rest of a shape, leave out.

/** Allowed words, or least and most. */
export type MemberConstraint = readonly string[] | readonly [least: number | null, most: number | null];

/** By `Structure.member`, of one service. */
export type OutputConstraints = ReadonlyMap<string, MemberConstraint>;

/** `service` is the SDK's client without its prefix: `lambda`, `sfn`, `eventbridge`. */
export async function loadOutputConstraints(service: string): Promise<OutputConstraints> {
  const { default: all } = await import("./outputConstraints.json", { with: { type: "json" } });
  const found: readonly [string, Readonly<Record<string, unknown>>][] = Object.entries(all);
  const members = found.find(([name]) => name === service)?.[1] ?? {};
  return new Map(Object.entries(members).flatMap(([name, value]) => (isConstraint(value) ? [[name, value] as const] : [])));
}

function isConstraint(value: unknown): value is MemberConstraint {
  return Array.isArray(value);
}
