import { Handle, Position, type NodeProps } from "@xyflow/react";
import { CircleAlert, Flag, Play, RotateCcw, TriangleAlert } from "lucide-react";
import { memo } from "react";
import type { StateType } from "../../model/asl/definition.ts";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { classes } from "../app/ui/classes.ts";
import { BranchTools, LaneTools, PlusBehind, PlusInLane } from "./editing/CardTools.tsx";
import { Ports } from "./editing/Ports.tsx";
import { StateName } from "./editing/StateName.tsx";
import { useDragging } from "./editing/dragging.ts";
import { RunMark } from "./execution/RunMark.tsx";
import type { StateRun } from "./execution/executionOverlay.ts";
import { stateLooks, workedOn } from "./stateLooks.ts";
import { containerHeader } from "./workflowLayout.ts";
import type { LaneNode, MarkNode, StateData, StateNode } from "./workflowNodes.ts";
import { problemText } from "../app/texts/words.ts";

export function StateTile({ type, size = 28 }: { type: StateType; size?: 20 | 24 | 28 }) {
  const { icon: Icon, category } = stateLooks[type];
  return (
    <span
      data-category={category}
      style={{ width: size, height: size }}
      className={classes("tile grid flex-none place-items-center", size === 20 ? "rounded-[5px]" : "rounded-[7px]")}
    >
      <span className="grid place-items-center" aria-hidden>
        <Icon size={size === 20 ? 13 : 16} />
      </span>
    </span>
  );
}

/** A task shows what it works on. */
function Tile({ state, size }: { state: StateData["state"]; size: 24 | 28 }) {
  const type = workedOn(state);
  return type === undefined ? <StateTile type={state.type} size={size} /> : <ResourceTile type={type} size={size} />;
}

/** How a state stands to the line that is being drawn: it may end there, would end there now, or may not. */
function useTarget(id: string): "legal" | "hovered" | "illegal" | undefined {
  return useDragging(({ dragging }) => {
    if (dragging?.type !== "connect" || dragging.from === id) return undefined;
    return dragging.over === id ? "hovered" : dragging.targets.has(id) ? "legal" : "illegal";
  });
}

function useIsMoving(id: string): boolean {
  return useDragging(({ dragging }) => dragging?.type === "state" && dragging.id === id && !dragging.isCopy);
}

/** One state: its kind, its name, what it does. */
export const StateCard = memo(function StateCard({ id, data, selected }: NodeProps<StateNode>) {
  return (
    <div
      data-selected={selected}
      data-outcome={outcomeOf(data.run)}
      data-problem={data.problem?.severity}
      data-target={useTarget(id)}
      data-moving={useIsMoving(id)}
      data-grip
      className="state relative flex size-full items-center gap-[9px] rounded-[10px] border border-line-strong bg-card px-2.5 text-sm shadow-2"
    >
      <Head data={data} />
      <Ends />
      <Ports state={data.state} />
      <PlusBehind state={data.state} />
    </div>
  );
});

/** A Parallel or Map: its lanes stand inside as nodes of their own. */
export const ContainerCard = memo(function ContainerCard({ id, data, selected }: NodeProps<StateNode>) {
  return (
    <div
      data-selected={selected}
      data-outcome={outcomeOf(data.run)}
      data-problem={data.problem?.severity}
      data-target={useTarget(id)}
      data-moving={useIsMoving(id)}
      className="state relative size-full rounded-[12px] border border-line-strong bg-card-foot text-sm shadow-1"
    >
      <div style={{ height: containerHeader }} data-grip className="flex items-center gap-2 px-3">
        <Head data={data} isWide />
        <BranchTools state={data.state} />
      </div>
      <Ends />
      <Ports state={data.state} />
      <PlusBehind state={data.state} />
    </div>
  );
});

function Head({ data, isWide = false }: { data: StateData; isWide?: boolean }) {
  const { state, problem, run } = data;
  return (
    <>
      <Tile state={state} size={isWide ? 24 : 28} />
      <div className={classes("min-w-0 flex-1", isWide && "flex items-baseline gap-2")}>
        <StateName state={state} />
        <div className="truncate text-xs leading-[15px] text-fg-3" title={`${state.type}: ${state.words}`}>
          {state.type === "Task" ? state.words : `${state.type} · ${state.words}`}
        </div>
      </div>
      {run ? (
        <RunMark state={state.name} run={run} isWide={isWide} />
      ) : (
        state.retry !== null && (
          <Tooltip text={state.retry} side="top">
            <span className="flex items-center gap-0.5 self-start pt-2 text-xs text-fg-3">
              <RotateCcw size={11} aria-label={state.retry} />
            </span>
          </Tooltip>
        )
      )}
      {problem !== null && (
        <Tooltip text={problemText(problem)} side="top">
          <span className={classes("self-start pt-2", problem.severity === "error" ? "text-error" : "text-throttled")}>
            {problem.severity === "error" ? <CircleAlert size={13} /> : <TriangleAlert size={13} />}
          </span>
        </Tooltip>
      )}
    </>
  );
}

function outcomeOf(run: StateRun | null | undefined): string | undefined {
  return run === undefined ? undefined : (run?.outcome ?? "none");
}

export const Lane = memo(function Lane({ data }: NodeProps<LaneNode>) {
  return (
    <div className="lane relative size-full rounded-lg border border-dashed border-line-strong bg-canvas">
      <div className="flex h-6 items-center px-2.5 text-[10.5px] leading-6 text-fg-3">
        <span className="truncate">{data.title}</span>
        <LaneTools data={data} />
      </div>
      {data.isEmpty && <PlusInLane flowId={data.flowId} />}
      <Ends />
    </div>
  );
});

export const Mark = memo(function Mark({ data }: NodeProps<MarkNode>) {
  return (
    <div
      className={classes(
        "grid size-full place-items-center rounded-full border bg-card shadow-1",
        data.isReached ? "border-ok text-ok" : "border-line-strong text-fg-3",
      )}
    >
      {data.kind === "start" ? <Play size={12} /> : <Flag size={12} />}
      <Ends />
    </div>
  );
});

/** React Flow wants to know where edges end; ways are drawn from the layout. */
function Ends() {
  return <Handle id="any" type="source" position={Position.Bottom} isConnectable={false} className="invisible" aria-hidden />;
}
