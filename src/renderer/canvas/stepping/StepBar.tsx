import { MoveRight, Play, StepBack, StepForward, Trash2, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { registerCommands, runCommand } from "../../app/commands.ts";
import { decide } from "../../app/commands/runCommands.ts";
import { useLive } from "../../app/stores/live.ts";
import { useSelection } from "../../app/stores/selection.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Popover } from "../../app/ui/Popover.tsx";
import { Tooltip } from "../../app/ui/Tooltip.tsx";
import { FailForm } from "./FailForm.tsx";
import { useHop } from "./hop.ts";
import { runToHere } from "./runTo.ts";
import { continueAll, stepCommands } from "./stepCommands.ts";
import { t } from "../../app/texts/texts.ts";

/** What can be done with the held hop, in the tab row while the canvas is shown. */
export function StepBar() {
  const hop = useHop((state) => state.hop);
  const isLookingBack = useHop((state) => state.past !== null);
  const isStepping = useLive((live) => live.debugger.isStepping);
  const selected = useSelection((state) => (state.resources.length === 1 ? state.resources[0] : undefined));
  const [isFailOpen, setFailOpen] = useState(false);
  useEffect(() => registerCommands(stepCommands()), []);
  if (hop === null) {
    return isStepping ? (
      <span className="flex items-center px-2 text-xs text-fg-3">{t("Step mode: the next hop will stop here")}</span>
    ) : null;
  }
  const { hold } = hop;
  if (isLookingBack) return <PastBar />;
  return (
    <div role="toolbar" aria-label={t("Held hop")} className="flex flex-none items-center gap-0.5 px-2">
      <Button size="compact" look="primary" shortcut="F10" onClick={() => runCommand("step.step")}>
        <StepForward size={12} />
        {t("Step")}
      </Button>
      <Tooltip text={t("Look at the hop before: its message, its answer and what it changed")} shortcut="shift+F10">
        <Button size="compact" look="quiet" onClick={() => runCommand("step.back")}>
          <StepBack size={12} />
          {t("Back")}
        </Button>
      </Tooltip>
      <Tooltip
        text={
          selected === undefined ? t("Select the card to run to first") : t("Run on until a message reaches {{selected}}", { selected })
        }
      >
        <Button
          size="compact"
          look="quiet"
          aria-disabled={selected === undefined}
          className={selected === undefined ? "opacity-50" : ""}
          onClick={() => selected !== undefined && runToHere(selected)}
        >
          <MoveRight size={12} />
          {t("Run to here")}
        </Button>
      </Tooltip>
      <Button size="compact" look="quiet" onClick={() => decide({ type: "drop" }, hold.id)}>
        <Trash2 size={12} />
        {t("Drop")}
      </Button>
      <Popover
        isOpen={isFailOpen}
        onOpenChange={setFailOpen}
        align="end"
        trigger={
          <Button size="compact" look="quiet">
            <TriangleAlert size={12} />
            {t("Fail with…")}
          </Button>
        }
      >
        <FailForm
          service={hold.span.service}
          onFail={(decision) => {
            setFailOpen(false);
            decide(decision, hold.id);
          }}
        />
      </Popover>
      <Button size="compact" look="quiet" shortcut="F5" onClick={() => void continueAll()}>
        <Play size={12} />
        {t("Continue")}
      </Button>
    </div>
  );
}

/** While an earlier hop is looked at, nothing can be done with the held one. */
function PastBar() {
  return (
    <div role="toolbar" aria-label={t("Looking back")} className="flex flex-none items-center gap-0.5 px-2">
      <Button size="compact" look="quiet" shortcut="shift+F10" onClick={() => runCommand("step.back")}>
        <StepBack size={12} />
        {t("Back")}
      </Button>
      <Button size="compact" look="quiet" shortcut="F10" onClick={() => runCommand("step.step")}>
        <StepForward size={12} />
        {t("Forward")}
      </Button>
      <Button size="compact" look="primary" onClick={() => runCommand("step.toHeld")}>
        {t("To the held hop")}
      </Button>
    </div>
  );
}
