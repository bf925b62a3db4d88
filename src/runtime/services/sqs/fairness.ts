// Fair queues: of a standard queue with message groups, a group that holds most of what is in flight waits for the others.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
import type { MessageRow } from "./message.ts";

/** So many of the oldest messages are looked through for one of a quiet group. */
export const lookAhead = 1_000;
/** Below that nobody is noisy. */
const leastNoisy = 10;

export interface GroupInFlight {
  readonly group_id: string;
  readonly count: number;
}

/** Messages of quiet groups first, each part in its order. */
export function fairly(rows: readonly MessageRow[], inFlight: readonly GroupInFlight[]): readonly MessageRow[] {
  const total = inFlight.reduce((sum, { count }) => sum + count, 0);
  const noisy = new Set(inFlight.filter(({ count }) => count >= leastNoisy && count > total / 2).map(({ group_id }) => group_id));
  if (noisy.size === 0) return rows;
  const isNoisy = (row: MessageRow): boolean => row.group_id !== null && noisy.has(row.group_id);
  return [...rows.filter((row) => !isNoisy(row)), ...rows.filter(isNoisy)];
}
