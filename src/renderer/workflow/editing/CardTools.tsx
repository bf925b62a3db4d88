// Small buttons on cards and lanes, there when the pointer or the selection is: plus, branches.
import { Plus, X } from "lucide-react";
import { Tooltip } from "../../app/ui/Tooltip.tsx";
import type { WorkflowState } from "../workflowGraph.ts";
import type { LaneData } from "../workflowNodes.ts";
import { useDragging } from "./dragging.ts";
import { isEnding, type InsertPlace } from "./places.ts";
import { openQuickAdd } from "./quickAddStore.ts";
import { addBranch, removeBranch } from "./stateActions.ts";
import { flowIdOf, useWorkflowCanvas } from "./workflowCanvas.ts";
import { asContinuation, t } from "../../app/texts/texts.ts";

export function PlusButton({ placeId, className = "" }: { placeId: string; className?: string }) {
  const words = useWorkflowCanvas(({ shown }) => placeOf(shown?.places, placeId)?.words);
  const isDragging = useDragging(({ dragging }) => dragging !== null);
  if (words === undefined || isDragging) return null;
  return (
    <Tooltip text={t("Add a state {{words}}", { words })} side="right">
      <button
        type="button"
        aria-label={t("Add a state {{words}}", { words })}
        tabIndex={-1}
        className={`way-plus nopan ${className}`}
        onClick={(event) => {
          event.stopPropagation();
          const place = placeOf(useWorkflowCanvas.getState().shown?.places, placeId);
          if (place !== undefined) openQuickAdd({ x: event.clientX + 14, y: event.clientY - 18 }, place);
        }}
      >
        <Plus size={12} />
      </button>
    </Tooltip>
  );
}

function placeOf(places: readonly InsertPlace[] | undefined, id: string): InsertPlace | undefined {
  return places?.find((place) => place.id === id);
}

/** The last of a lane: nothing is drawn behind it. */
export function PlusBehind({ state }: { state: WorkflowState }) {
  if (flowIdOf(state) === "" || !isEnding(state)) return null;
  return <PlusButton placeId={`${state.id}#behind`} className="absolute -bottom-2.5 left-[calc(50%+14px)]" />;
}

export function PlusInLane({ flowId }: { flowId: string }) {
  return (
    <div className="absolute inset-x-3 top-6 bottom-3 grid place-items-center rounded-md border border-dashed border-line-strong text-xs text-fg-3">
      <span className="flex items-center gap-2">
        {t("Drop a state here")}
        <PlusButton placeId={`${flowId}#empty`} className="shown" />
      </span>
    </div>
  );
}

export function BranchTools({ state }: { state: WorkflowState }) {
  if (state.type !== "Parallel") return null;
  return (
    <Tooltip text={t("Add a branch")} side="top">
      <button
        type="button"
        aria-label={t("Add a branch to {{name}}", { name: state.name })}
        tabIndex={-1}
        className="card-tool nopan"
        onClick={(event) => {
          event.stopPropagation();
          const { shown } = useWorkflowCanvas.getState();
          if (shown !== null) addBranch(shown, state);
        }}
      >
        <Plus size={13} />
      </button>
    </Tooltip>
  );
}

export function LaneTools({ data }: { data: LaneData }) {
  const { owner, index, title } = data;
  if (owner.type !== "Parallel" || owner.lanes.length < 2) return null;
  return (
    <Tooltip text={t("Remove {{title}} with its states", { title: asContinuation(title) })} side="top">
      <button
        type="button"
        aria-label={t("Remove {{title}} of {{name}}", { title: asContinuation(title), name: owner.name })}
        tabIndex={-1}
        className="card-tool nopan ml-auto"
        onClick={(event) => {
          event.stopPropagation();
          const { shown } = useWorkflowCanvas.getState();
          if (shown !== null) removeBranch(shown, owner, index);
        }}
      >
        <X size={12} />
      </button>
    </Tooltip>
  );
}
