import { ArrowRight, Equal, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Chip, Dot } from "../../app/ui/Chip.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { classes } from "../../app/ui/classes.ts";
import { JsonDifferenceView } from "../../editors/json/JsonView.tsx";
import type { Json } from "../../../model/json.ts";
import { formatDuration } from "../../timeline/duration.ts";
import { useVirtualRows } from "../../timeline/virtualRows.ts";
import { compareExecutions, type ComparedStep, type Digests } from "./compareExecutions.ts";
import { outcomeTones, outcomeWords, statusTone, statusWords } from "./executionWords.ts";
import { listKeys } from "./listKeys.ts";
import { columnTitles, TableHead } from "./TableHead.tsx";
import { depthOf } from "./StepList.tsx";
import type { Step } from "./steps.ts";
import { readMoment, type Moment } from "./useMoment.ts";
import { inspect, machineRef, readExecution, type OpenedExecution } from "./watched.ts";
import { t } from "../../app/texts/texts.ts";
import { messageOf } from "../../app/texts/words.ts";

const rowPixels = 24;
const template = "minmax(130px,1.3fr) minmax(96px,1fr) minmax(96px,1fr) 72px 84px";

interface Sides {
  readonly one: OpenedExecution;
  readonly other: OpenedExecution;
  readonly digests: readonly [Digests, Digests];
}

/** The open execution and another one, state by state. */
export function CompareView({
  machine,
  opened,
  other,
  onClose,
}: {
  machine: string;
  opened: OpenedExecution;
  other: string;
  onClose(): void;
}) {
  const [sides, setSides] = useState<Sides | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const newest = opened.events.at(-1)?.id ?? 0;
  useEffect(() => {
    let isCurrent = true;
    readSides(machine, opened, other).then(
      (next) => isCurrent && setSides(next),
      (error: unknown) => isCurrent && setProblem(messageOf(error)),
    );
    return () => {
      isCurrent = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the open execution is another object at each reading; it matters when it has new events
  }, [machine, opened.execution.arn, newest, other]);
  if (problem !== null) return <p className="p-3 text-error">{problem}</p>;
  if (sides === null) return <p className="p-3 text-fg-3">{t("Reading both executions")}</p>;
  return <Compared key={`${sides.one.execution.arn} ${other}`} machine={machine} sides={sides} onClose={onClose} />;
}

function Compared({ machine, sides, onClose }: { machine: string; sides: Sides; onClose(): void }) {
  const { one, other, digests } = sides;
  const { rows, parting } = useMemo(
    () => compareExecutions({ steps: one.steps, digests: digests[0] }, { steps: other.steps, digests: digests[1] }),
    [one, other, digests],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const initial = rows.findIndex(isDifferent);
  const found = rows.findIndex(({ key }) => key === chosen);
  const at = found >= 0 ? found : Math.max(0, initial);
  const row = rows[at];
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: rows.length, scroller, rowPixels, keyOf: (index) => rows[index]?.key ?? index });
  const go = (index: number): void => {
    setChosen(rows[index]?.key ?? null);
    virtual.scrollToIndex(index);
  };
  const differing = rows.filter(isDifferent).length;
  return (
    <section aria-label={t("Comparison of two executions")} className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-none items-center gap-2 border-b border-line py-1 pr-1.5 pl-3 text-xs">
        <p
          role="status"
          className={classes("min-w-0 flex-1 truncate", parting === null ? "text-fg-2" : "font-medium text-throttled")}
          title={parting ?? ""}
        >
          {parting ?? (differing === 0 ? t("Both went the same way, with the same data.") : t("Both went the same way."))}
          {differing > 0 && (
            <span className="font-normal text-fg-3">
              {" "}
              {t("{{differing}} of {{count}} steps differ.", { differing, count: rows.length })}
            </span>
          )}
        </p>
        <span className="text-fg-3">{t("with")}</span>
        <span className="max-w-48 truncate font-mono" title={other.execution.arn}>
          {other.execution.name}
        </span>
        <Chip tone={statusTone(other.execution.status)}>{statusWords(other.execution.status)}</Chip>
        <IconButton label={t("End the comparison")} size={24} onClick={onClose}>
          <X size={13} />
        </IconButton>
      </div>
      <div className="flex min-h-0 flex-1">
        <div
          ref={scroller}
          role="grid"
          aria-label={t("States of both")}
          aria-rowcount={rows.length}
          aria-activedescendant={rows.length === 0 ? undefined : `compared-${at}`}
          tabIndex={0}
          data-quiet-focus
          onKeyDown={listKeys(rows.length, at, go)}
          className="min-h-0 min-w-0 flex-[3] overflow-auto outline-none"
        >
          <TableHead template={template}>{columnTitles([t("State"), t("This"), t("Other"), t("Longer by"), t("Output")])}</TableHead>
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const compared = rows[item.index];
              if (compared === undefined) return null;
              const step = compared.one ?? compared.other;
              return (
                <div
                  key={item.key}
                  id={`compared-${item.index}`}
                  role="row"
                  aria-selected={item.index === at}
                  onClick={() => go(item.index)}
                  style={{ gridTemplateColumns: template, height: rowPixels, transform: `translateY(${item.start}px)` }}
                  className={classes(
                    "absolute inset-x-0 top-0 grid items-center px-3 text-xs [&>span]:truncate [&>span]:pr-2",
                    item.index === at ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
                    compared.isLastCommon && "border-b-2 border-throttled",
                  )}
                >
                  <span role="gridcell" style={{ paddingLeft: (step === null ? 0 : depthOf(step)) * 10 }} title={compared.place}>
                    {compared.state}
                    {step?.parent?.type === "Map" && <span className="text-fg-3"> #{step.index}</span>}
                  </span>
                  <Side step={compared.one} />
                  <Side step={compared.other} />
                  <span role="gridcell" className="text-fg-3 tabular-nums">
                    {longerWords(compared)}
                  </span>
                  <span role="gridcell" className="flex items-center gap-1">
                    {outputMark(compared)}
                  </span>
                </div>
              );
            })}
          </div>
        </div>
        <div className="min-h-0 min-w-0 flex-[2] border-l border-line">
          {row !== undefined && <StepDifference key={row.key} machine={machine} sides={sides} row={row} />}
        </div>
      </div>
    </section>
  );
}

function Side({ step }: { step: Step | null }) {
  if (step === null)
    return (
      <span role="gridcell" className="text-fg-3">
        {t("not reached")}
      </span>
    );
  return (
    <span role="gridcell" className="flex items-center gap-1.5 tabular-nums">
      <Dot tone={outcomeTones[step.outcome]} />
      <span className="truncate">
        {step.leftAt === null ? (step.error ?? outcomeWords()[step.outcome]) : formatDuration(step.leftAt - step.enteredAt)}
      </span>
      {step.attempts.length > 1 && (
        <span className="shrink-0 text-fg-3" title={t("{{count}} attempts", { count: step.attempts.length })}>
          {step.attempts.length}×<span className="sr-only"> {t("attempts")}</span>
        </span>
      )}
    </span>
  );
}

function isDifferent({ one, other, hasOtherOutput, hasOtherOutcome }: ComparedStep): boolean {
  return one === null || other === null || hasOtherOutput || hasOtherOutcome;
}

function longerWords({ one, other }: ComparedStep): string {
  if (one === null || other === null || one.leftAt === null || other.leftAt === null) return "";
  const difference = Math.round((one.leftAt - one.enteredAt - (other.leftAt - other.enteredAt)) * 10) / 10;
  return difference === 0 ? "" : `${difference > 0 ? "+" : "−"}${formatDuration(Math.abs(difference))}`;
}

function outputMark(compared: ComparedStep) {
  if (compared.one === null || compared.other === null) return null;
  if (compared.hasOtherOutcome) return <span className="font-medium text-error">{t("outcome")}</span>;
  if (compared.hasOtherOutput) return <span className="font-medium text-throttled">{t("differs")}</span>;
  return (
    <span className="flex items-center gap-1 text-fg-3">
      <Equal size={11} />
      {t("same")}
    </span>
  );
}

/** Input, result, output and variables of one state in both. */
function StepDifference({ machine, sides: { one, other }, row }: { machine: string; sides: Sides; row: ComparedStep }) {
  const [moments, setMoments] = useState<readonly [Json | undefined, Json | undefined] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const read = async ({ execution }: OpenedExecution, step: Step | null): Promise<Json | undefined> => {
      if (step === null) return undefined;
      const moment = await readMoment(machine, execution.arn, step.left ?? step.last);
      return moment === null ? undefined : dataOf(moment);
    };
    Promise.all([read(one, row.one), read(other, row.other)]).then(
      (next) => isCurrent && setMoments(next),
      (error: unknown) => isCurrent && setProblem(messageOf(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [machine, one, other, row]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h4 className="flex h-6 flex-none items-center gap-1.5 border-b border-line px-3 text-xs">
        <span className="truncate font-medium">{row.state}</span>
        <span className="flex items-center gap-1 text-fg-3">
          {t("other")} <ArrowRight size={11} /> {t("this")}
        </span>
      </h4>
      {problem !== null && <p className="p-3 text-error">{problem}</p>}
      <div className="min-h-0 flex-1">
        {moments !== null && (
          <JsonDifferenceView label={t("Difference in {{state}}", { state: row.state })} before={moments[1]} after={moments[0]} />
        )}
      </div>
    </div>
  );
}

function dataOf({ input, result, output, error, variables }: Moment): Json {
  return {
    ...(input === undefined ? {} : { input }),
    ...(result === undefined ? {} : { result }),
    ...(output === undefined ? {} : { output }),
    ...(error === null ? {} : { error }),
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
  };
}

async function readSides(machine: string, one: OpenedExecution, arn: string): Promise<Sides> {
  const ref = machineRef(machine);
  const other = await readExecution(machine, arn);
  if (ref === undefined || other === null) throw new Error(t("The other execution is no longer kept."));
  const digests = async (of: string): Promise<Digests> => {
    const { rows } = await inspect(ref, "digests", of, 1000);
    return new Map(rows.map(({ id, detail }) => [Number(id), String(detail)]));
  };
  return { one, other, digests: [await digests(one.execution.arn), await digests(arn)] };
}
