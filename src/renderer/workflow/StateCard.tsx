import { Handle, Position, type NodeProps } from "@xyflow/react";
import {
  ArrowRight,
  Check,
  CircleAlert,
  CircleCheck,
  CircleX,
  Columns2,
  Flag,
  Hourglass,
  LoaderCircle,
  Play,
  Repeat,
  RotateCcw,
  Split,
  TriangleAlert,
  Zap,
  type LucideIcon,
} from "lucide-react";
import { memo } from "react";
import type { StateType } from "../../model/asl/definition.ts";
import { formatDuration } from "../app/format.ts";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { classes } from "../app/ui/classes.ts";
import type { StateRun } from "./executionOverlay.ts";
import { containerHeader } from "./workflowLayout.ts";
import type { LaneNode, MarkNode, StateData, StateNode } from "./workflowNodes.ts";

const looks: Record<StateType, { readonly icon: LucideIcon; readonly category: string }> = {
  Task: { icon: Zap, category: "compute" },
  Choice: { icon: Split, category: "other" },
  Wait: { icon: Hourglass, category: "other" },
  Pass: { icon: ArrowRight, category: "other" },
  Succeed: { icon: CircleCheck, category: "other" },
  Fail: { icon: CircleX, category: "other" },
  Parallel: { icon: Columns2, category: "orchestration" },
  Map: { icon: Repeat, category: "orchestration" },
};

export function StateTile({ type, size = 28 }: { type: StateType; size?: 24 | 28 }) {
  const { icon: Icon, category } = looks[type];
  return (
    <span data-category={category} style={{ width: size, height: size }} className="tile grid flex-none place-items-center rounded-[7px]">
      <span className="grid size-4 place-items-center" aria-hidden>
        <Icon size={16} />
      </span>
    </span>
  );
}

/** One state: its kind, its name, what it does. */
export const StateCard = memo(function StateCard({ data, selected }: NodeProps<StateNode>) {
  return (
    <div
      data-selected={selected}
      data-outcome={outcomeOf(data.run)}
      className="state relative flex size-full items-center gap-[9px] rounded-[10px] border border-line-strong bg-card px-2.5 text-sm shadow-2"
    >
      <Head data={data} />
      <Ends />
    </div>
  );
});

/** A Parallel or Map: its lanes stand inside as nodes of their own. */
export const ContainerCard = memo(function ContainerCard({ data, selected }: NodeProps<StateNode>) {
  return (
    <div
      data-selected={selected}
      data-outcome={outcomeOf(data.run)}
      className="state relative size-full rounded-[12px] border border-line-strong bg-card-foot text-sm shadow-1"
    >
      <div style={{ height: containerHeader }} className="flex items-center gap-2 px-3">
        <Head data={data} isWide />
      </div>
      <Ends />
    </div>
  );
});

function Head({ data, isWide = false }: { data: StateData; isWide?: boolean }) {
  const { state, problem, run } = data;
  return (
    <>
      <StateTile type={state.type} size={isWide ? 24 : 28} />
      <div className={classes("min-w-0 flex-1", isWide && "flex items-baseline gap-2")}>
        <div className="truncate text-md leading-4 font-semibold" title={state.name}>
          {state.name}
        </div>
        <div className="truncate text-xs leading-[15px] text-fg-3" title={`${state.type}: ${state.words}`}>
          {state.type === "Task" ? state.words : `${state.type} · ${state.words}`}
        </div>
      </div>
      {run ? (
        <RunMark run={run} />
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
        <Tooltip text={problem.message} side="top">
          <span className={classes("self-start pt-2", problem.severity === "error" ? "text-error" : "text-throttled")}>
            {problem.severity === "error" ? <CircleAlert size={13} /> : <TriangleAlert size={13} />}
          </span>
        </Tooltip>
      )}
    </>
  );
}

const tones = { running: "text-accent", ok: "text-ok", caught: "text-throttled", failed: "text-error", stopped: "text-fg-3" };

function RunMark({ run }: { run: StateRun }) {
  const Icon = { running: LoaderCircle, ok: Check, caught: TriangleAlert, failed: CircleX, stopped: CircleX }[run.outcome];
  const time = run.exitedAt === null ? null : formatDuration(run.exitedAt - run.enteredAt);
  return (
    <Tooltip text={run.words} side="top">
      <span className={classes("flex flex-none flex-col items-end text-xs leading-[15px] tabular-nums", tones[run.outcome])}>
        <span className="flex items-center gap-1">
          {run.count > 1 && <span>{run.count}×</span>}
          {run.retries > 0 && (
            <span className="flex items-center">
              <RotateCcw size={10} />
              {run.retries}
            </span>
          )}
          <Icon size={13} className={run.outcome === "running" ? "animate-spin motion-reduce:animate-none" : ""} />
        </span>
        {time !== null && <span>{time}</span>}
      </span>
    </Tooltip>
  );
}

function outcomeOf(run: StateRun | null | undefined): string | undefined {
  return run === undefined ? undefined : (run?.outcome ?? "none");
}

export const Lane = memo(function Lane({ data }: NodeProps<LaneNode>) {
  return (
    <div className="pointer-events-none size-full rounded-lg border border-dashed border-line-strong bg-canvas">
      <div className="h-6 truncate px-2.5 text-[10.5px] leading-6 text-fg-3">{data.title}</div>
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
