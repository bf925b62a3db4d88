/** One line of the benchmark: a value beside a limit that was measured in the same run, on the same machine, under the same load. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same unit; what the machine allows without us. null: there is nothing to compare with. */
  readonly limit: number | null;
  /** value / limit for rates; limit / value for times, so that more is better either way. */
  readonly ratio: number | null;
  /** What we aim at, as a ratio or in the unit of the value. */
  readonly aim?: string;
}
