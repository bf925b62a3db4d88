/** One AWS limit as dated data: the inspector's ranges, the rules and the services all read the same number. */
export interface Limit {
  /** Service id: `sqs`. */
  readonly service: string;
  /** `visibilityTimeoutSecondsMax` */
  readonly key: string;
  readonly value: number;
  readonly unit: string;
  /** false: AWS raises it on request. */
  readonly hard: boolean;
  /** Page or model that says so. */
  readonly source: string;
  /** ISO date on which the source said so. */
  readonly checkedOn: string;
}

type Row = readonly [value: number, unit: string, kind: "hard" | "soft", source: LimitSource];

interface LimitSource {
  readonly url: string;
  readonly checkedOn: string;
}

/** Gives each row of a service's table its full form. */
export function limitTable<Key extends string>(service: string, rows: Readonly<Record<Key, Row>>): Readonly<Record<Key, Limit>> {
  const table: Partial<Record<Key, Limit>> = {};
  for (const key in rows) {
    const [value, unit, kind, source] = rows[key];
    table[key] = { service, key, value, unit, hard: kind === "hard", source: source.url, checkedOn: source.checkedOn };
  }
  // Every key of `rows` was just filled in; TypeScript cannot follow a loop over keys.
  return table as Record<Key, Limit>;
}
