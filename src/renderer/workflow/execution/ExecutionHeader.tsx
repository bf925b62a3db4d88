import { locale } from "../../app/format.ts";
import { ChevronRight, Columns2, CopyPlus, RotateCw, Square } from "lucide-react";
import { showDialog } from "../../app/stores/dialogs.ts";
import { notify } from "../../app/stores/notices.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Chip } from "../../app/ui/Chip.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { DropdownMenu, type MenuItem } from "../../app/ui/Menu.tsx";
import { Tooltip } from "../../app/ui/Tooltip.tsx";
import { formatClockTime, formatDuration } from "../../timeline/duration.ts";
import { redriveExecution, stopExecution } from "./executionActions.ts";
import { chooseExecution, openExecutionOf, useExecutionChoice } from "./executionChoice.ts";
import { listedWords, statusTone, statusWords } from "./executionWords.ts";
import { SkipWait } from "./SkipWait.tsx";
import { leftWords, useVirtualNow } from "./virtualNow.ts";
import type { OpenedExecution, Watched } from "./watched.ts";
import { t } from "../../app/texts/texts.ts";

const mostOffered = 12;

/** Which execution is open, how it stands, and what can be done with it. */
export function ExecutionHeader({ machine, watched, opened }: { machine: string; watched: Watched; opened: OpenedExecution }) {
  const { execution, steps } = opened;
  const choice = useExecutionChoice(machine);
  const isRunning = execution.status === "RUNNING";
  const now = useVirtualNow(isRunning);
  const took = (execution.stoppedAt ?? now) - execution.startedAt;
  const waits = opened.waiting.flatMap((one) => ("until" in one ? [one] : [])).toSorted((a, b) => a.until - b.until);
  const wait = waits[0];
  const others = watched.executions.filter(({ arn }) => arn !== execution.arn).slice(0, mostOffered);
  const why = execution.isRedrivable
    ? null
    : (execution.redriveReason ?? t("A child is redriven with its Map: redrive the execution around it."));
  return (
    <div className="flex h-[30px] flex-none items-center gap-2 border-b border-line pr-1.5 pl-3">
      {choice.path.map((arn, index) => (
        <span key={arn} className="flex min-w-0 items-center gap-1">
          <button
            type="button"
            className="truncate font-mono text-xs text-accent hover:underline"
            onClick={() => openExecutionOf(machine, arn, { path: choice.path.slice(0, index) })}
          >
            {arn.slice(arn.lastIndexOf(":") + 1)}
          </button>
          <ChevronRight size={12} className="flex-none text-fg-3" />
        </span>
      ))}
      <span data-selectable className="min-w-0 truncate font-mono text-xs" title={execution.arn}>
        {execution.name}
      </span>
      <Chip tone={waits.length > 0 ? "waiting" : statusTone(execution.status)}>{openedWords(opened, now)}</Chip>
      {execution.redriveCount > 0 && (
        <Chip>
          <RotateCw size={10} />
          {t("redriven {{count}} times", { count: execution.redriveCount })}
        </Chip>
      )}
      <span
        className="min-w-0 flex-1 truncate text-xs text-fg-3 tabular-nums"
        title={t("Started {{at}}", {
          at: new Date(execution.startedAt).toLocaleString(locale(), { dateStyle: "full", timeStyle: "long" }),
        })}
      >
        {formatDuration(Math.max(0, Math.round(took)))} · {formatClockTime(execution.startedAt, false)}
      </span>
      {wait !== undefined && (
        <SkipWait state={steps.find(({ id }) => id === wait.enteredId)?.state ?? "the wait"} until={wait.until} isLong />
      )}
      {isRunning && execution.mapRunArn === null && execution.type === "STANDARD" && (
        <Button size="compact" onClick={() => stopExecution(machine, execution)}>
          <Square size={11} />
          {t("Stop")}
        </Button>
      )}
      {!isRunning && execution.status !== "SUCCEEDED" && (
        <Tooltip text={why ?? t("Goes on from what failed; what succeeded is not done again")}>
          <Button
            size="compact"
            aria-disabled={why !== null}
            className={why === null ? "" : "opacity-45"}
            onClick={() =>
              why === null
                ? void redriveExecution(machine, execution)
                : notify({ tone: "info", title: t("{{name}} cannot be redriven", { name: execution.name }), detail: why })
            }
          >
            <RotateCw size={12} />
            {t("Redrive")}
          </Button>
        </Tooltip>
      )}
      <DropdownMenu
        align="end"
        items={[
          { type: "heading", title: others.length === 0 ? t("There is no other execution yet") : t("Compare with") },
          ...others.map((one): MenuItem => ({
            type: "action",
            id: one.arn,
            title: `${one.name} · ${statusWords(one.status)} · ${listedWords(one, now)}`,
            run: () => chooseExecution(machine, { comparedWith: one.arn, mapRun: null }),
          })),
        ]}
      >
        <IconButton label={t("Compare with another execution")} size={24} isOn={choice.comparedWith !== null}>
          <Columns2 size={13} />
        </IconButton>
      </DropdownMenu>
      <IconButton
        label={t("Start another with this input")}
        size={24}
        onClick={() => showDialog({ type: "start-execution", machine, input: execution.input })}
      >
        <CopyPlus size={13} />
      </IconButton>
    </div>
  );
}

/** `waiting 42 m`, `waits for an answer`, `succeeded`. */
export function openedWords({ execution, waiting }: OpenedExecution, now: number): string {
  if (execution.status !== "RUNNING") return statusWords(execution.status);
  const until = waiting.flatMap((one) => ("until" in one ? [one.until] : []));
  if (until.length > 0) return t("waiting {{left}}", { left: leftWords(Math.min(...until) - now) });
  return waiting.some(({ type }) => type === "task") ? t("waits for an answer") : t("running");
}
