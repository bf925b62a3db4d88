import { AwsError } from "../../../kernel/awsError.ts";

/** What is deleted already need not be deleted. */
export async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) throw error;
  }
}

export function isChanged(after: object, before: object, names: readonly string[]): boolean {
  const [now, then] = [after as Record<string, unknown>, before as Record<string, unknown>];
  return names.some((name) => JSON.stringify(now[name]) !== JSON.stringify(then[name]));
}
