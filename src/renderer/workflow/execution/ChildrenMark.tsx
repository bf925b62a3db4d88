// Inside a distributed Map a card says in how many child executions its state came out how; each number opens those children.
import { formatWhole } from "../../app/format.ts";
import { Check, CircleX, LoaderCircle, TriangleAlert, type LucideIcon } from "lucide-react";
import { showDock } from "../../app/stores/layout.ts";
import { Tooltip } from "../../app/ui/Tooltip.tsx";
import { classes } from "../../app/ui/classes.ts";
import { useWorkflowCanvas } from "../editing/workflowCanvas.ts";
import { chooseExecution } from "./executionChoice.ts";
import type { ChildCounts } from "./executionOverlay.ts";
import { outcomeWords } from "./executionWords.ts";
import type { StepOutcome } from "./steps.ts";
import { t } from "../../app/texts/texts.ts";

const marks: readonly { readonly outcome: StepOutcome; readonly icon: LucideIcon; readonly look: string }[] = [
  { outcome: "failed", icon: CircleX, look: "text-error" },
  { outcome: "caught", icon: TriangleAlert, look: "text-throttled" },
  { outcome: "stopped", icon: CircleX, look: "text-fg-2" },
  { outcome: "running", icon: LoaderCircle, look: "text-accent" },
  { outcome: "ok", icon: Check, look: "text-ok" },
];

export function ChildrenMark({ state, counted, isWide }: { state: string; counted: ChildCounts; isWide: boolean }) {
  const { counts, mapRunArn, isWhole } = counted;
  return (
    <span
      className={classes(
        "nopan nodrag -mr-1 flex flex-none text-xs leading-[15px] tabular-nums",
        isWide ? "items-center gap-1" : "max-h-[38px] flex-col flex-wrap items-end justify-center gap-x-1",
      )}
    >
      {marks
        .filter(({ outcome }) => counts[outcome] > 0)
        .map(({ outcome, icon: Icon, look }) => {
          const words = t("{{counts}} {{outcome}} in {{state}}", {
            counts: counts[outcome],
            outcome: outcomeWords()[outcome],
            state,
          });
          return (
            <Tooltip
              key={outcome}
              text={`${t("{{counts}} child executions: {{outcome}} in {{state}}. Press to list them.", {
                counts: counts[outcome],
                outcome: outcomeWords()[outcome],
                state,
              })}${isWhole ? "" : t(" More are being counted.")}`}
              side="top"
            >
              <button
                type="button"
                aria-label={words}
                className={classes("flex h-[18px] items-center gap-1 rounded-sm px-1 hover:bg-hover", look)}
                onClick={(event) => {
                  event.stopPropagation();
                  const { shown } = useWorkflowCanvas.getState();
                  if (shown === null) return;
                  // those that went well are most of them: all are listed
                  chooseExecution(shown.machine, {
                    mapRun: mapRunArn,
                    mapRunAt: outcome === "ok" ? null : { state, outcome },
                    comparedWith: null,
                  });
                  showDock("execution");
                }}
              >
                {formatWhole(counts[outcome])}
                {isWhole ? "" : "…"}
                <Icon size={12} className={outcome === "running" ? "animate-spin motion-reduce:animate-none" : ""} />
              </button>
            </Tooltip>
          );
        })}
    </span>
  );
}
