// How executions, their states and events are called and coloured.
import type { Tone } from "../../app/ui/Chip.tsx";
import { formatDuration } from "../../timeline/duration.ts";
import type { ExecutionEvent } from "./executionEvents.ts";
import type { StepOutcome } from "./steps.ts";
import { leftWords } from "./virtualNow.ts";
import type { ListedExecution } from "./watched.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

export function statusTone(status: string): Tone {
  if (status === "SUCCEEDED") return "ok";
  if (status === "RUNNING") return "accent";
  return status === "ABORTED" || status === "PENDING_REDRIVE" ? "neutral" : "error";
}

export function statusWords(status: string): string {
  const words: Readonly<Record<string, string>> = {
    RUNNING: t("running"),
    SUCCEEDED: t("succeeded"),
    FAILED: t("failed"),
    TIMED_OUT: t("timed out"),
    ABORTED: t("stopped"),
    PENDING_REDRIVE: t("waits for redrive"),
  };
  return words[status] ?? status.toLowerCase();
}

export const outcomeTones: Readonly<Record<StepOutcome, Tone>> = {
  running: "accent",
  ok: "ok",
  caught: "throttled",
  failed: "error",
  stopped: "neutral",
};

export const outcomeWords = perLanguage((): Readonly<Record<StepOutcome, string>> => ({
  running: t("running"),
  ok: t("succeeded"),
  caught: t("caught"),
  failed: t("failed"),
  stopped: t("stopped"),
}));

/** `waiting 42 m`, `1 h 00 m`, `failed: SoldOut`. */
export function listedWords(one: ListedExecution, now: number): string {
  if (one.status === "RUNNING" && one.waitsUntil !== null) return t("waiting {{left}}", { left: leftWords(one.waitsUntil - now) });
  if (one.status === "RUNNING") return one.isAnswerAwaited ? t("waits for an answer") : t("running");
  if (one.status === "SUCCEEDED") return formatDuration((one.stoppedAt ?? one.startedAt) - one.startedAt);
  return one.error ?? statusWords(one.status);
}

/** `LambdaFunctionSucceeded` → `Lambda function succeeded`. */
export function eventWords(type: string): string {
  const spaced = type.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  return spaced.charAt(0) + spaced.slice(1).toLowerCase();
}

export function eventTone({ type }: Pick<ExecutionEvent, "type">): Tone {
  if (/(?:Failed|TimedOut)$/.test(type)) return "error";
  if (type.endsWith("Aborted")) return "neutral";
  if (type.endsWith("Succeeded") || type.endsWith("Exited")) return "ok";
  return type.endsWith("Scheduled") || type.endsWith("Started") || type.endsWith("Submitted") ? "waiting" : "accent";
}
