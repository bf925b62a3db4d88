import { invalidToken, missing, taskTimedOut } from "./errors.ts";
import { isProofOf, readToken, type OpenTask, type TaskAnswer } from "./run/taskToken.ts";
import type { ExecutionRun } from "./run/executionRun.ts";
import type { States } from "./states.ts";

/** The task that waits for an answer with this token. */
export function openTask(states: States, token: string | undefined): { readonly run: ExecutionRun; readonly task: OpenTask } {
  if (token === undefined) throw missing("taskToken");
  const parts = readToken(token);
  const run = states.runs.findById(parts.execution);
  if (run === undefined) throw taskTimedOut();
  if (!isProofOf(parts, run.record.secret)) throw invalidToken();
  const task = run.openTasks.get(parts.key);
  if (task === undefined) throw taskTimedOut();
  return { run, task };
}

/** Resolves when the answer is in the execution's log. */
export async function answerTask(states: States, token: string | undefined, answer: TaskAnswer): Promise<void> {
  const { run, task } = openTask(states, token);
  if (!task.answer(answer)) throw taskTimedOut();
  await run.commit();
}
