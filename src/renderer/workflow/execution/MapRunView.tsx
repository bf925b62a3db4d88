import { ArrowLeft, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Dot, type Tone } from "../../app/ui/Chip.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { classes } from "../../app/ui/classes.ts";
import { formatClockTime, formatDuration } from "../../timeline/duration.ts";
import { useVirtualRows } from "../../timeline/virtualRows.ts";
import { chooseExecution, executionChoice, openExecutionOf, useExecutionChoice } from "./executionChoice.ts";
import { outcomeTones, outcomeWords, statusTone, statusWords } from "./executionWords.ts";
import { listKeys } from "./listKeys.ts";
import { columnTitles, TableHead } from "./TableHead.tsx";
import { inspect, machineRef, readMapRuns, type MapRun, type OpenedExecution } from "./watched.ts";
import { t } from "../../app/texts/texts.ts";
import { messageOf } from "../../app/texts/words.ts";

const rowPixels = 24;
const template = "64px minmax(160px,1fr) 96px 84px 84px minmax(100px,1fr)";

interface Child {
  readonly arn: string;
  readonly index: number;
  readonly name: string;
  readonly status: string;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly error: string | null;
}

interface Loaded {
  readonly mapRun: MapRun | null;
  readonly children: readonly Child[];
  readonly cursor: string | undefined;
}

/** A distributed Map: how many of its items stand where, and the executions that do them. */
export function MapRunView({ machine, opened, mapRunArn }: { machine: string; opened: OpenedExecution; mapRunArn: string }) {
  const { mapRunAt } = useExecutionChoice(machine);
  const [status, setStatus] = useState("ALL");
  const filter = mapRunAt === null ? (status === "ALL" ? "" : ` ${status}`) : ` ${mapRunAt.outcome} ${mapRunAt.state}`;
  const [loaded, setLoaded] = useState<Loaded>({ mapRun: null, children: [], cursor: undefined });
  const [problem, setProblem] = useState<string | null>(null);
  const [limit, setLimit] = useState(200);
  const [at, setAt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    read(machine, opened.execution.arn, mapRunArn, filter, limit).then(
      (next) => {
        if (!isCurrent) return;
        setLoaded(next);
        setProblem(null);
      },
      (error: unknown) => isCurrent && setProblem(messageOf(error)),
    );
    return () => {
      isCurrent = false;
    };
    // read again as the execution goes on
  }, [machine, opened, mapRunArn, filter, limit]);
  const { mapRun, children } = loaded;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: children.length, scroller, rowPixels, keyOf: (row) => children[row]?.arn ?? row });
  const openChild = (row: number): void => {
    const child = children[row];
    if (child !== undefined) openExecutionOf(machine, child.arn, { path: [...executionChoice(machine).path, opened.execution.arn] });
  };
  const go = (row: number): void => {
    setAt(row);
    virtual.scrollToIndex(row);
  };
  return (
    <section aria-label={t("Map run")} className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-none items-center gap-3 border-b border-line px-2 py-1">
        <Button size="compact" look="quiet" onClick={() => chooseExecution(machine, { mapRun: null })}>
          <ArrowLeft size={12} />
          {t("Back to the steps")}
        </Button>
        {mapRun !== null && <Counts mapRun={mapRun} />}
        {mapRunAt === null ? (
          <Select
            label={t("Status of the children")}
            className="ml-auto w-32 flex-none"
            value={status}
            options={["ALL", "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"].map((value) => ({
              value,
              title: value === "ALL" ? t("All children") : statusWords(value),
            }))}
            onChange={setStatus}
          />
        ) : (
          <Button size="compact" className="ml-auto" onClick={() => chooseExecution(machine, { mapRunAt: null })}>
            <Dot tone={outcomeTones[mapRunAt.outcome]} />
            {t("{{outcome}} in {{state}}", { outcome: outcomeWords()[mapRunAt.outcome], state: mapRunAt.state })}
            <X size={12} aria-label={t("show all children")} />
          </Button>
        )}
      </div>
      {problem !== null && <p className="p-3 text-error">{problem}</p>}
      <div
        ref={scroller}
        role="grid"
        aria-label={t("Child executions")}
        aria-rowcount={children.length}
        aria-activedescendant={children.length === 0 ? undefined : `child-${at}`}
        tabIndex={0}
        data-quiet-focus
        onKeyDown={listKeys(children.length, at, go, () => openChild(at))}
        onScroll={() => {
          const element = scroller.current;
          if (element !== null && loaded.cursor !== undefined && element.scrollHeight - element.scrollTop - element.clientHeight < 400)
            setLimit(Math.min(1000, children.length + 200));
        }}
        className="min-h-0 flex-1 overflow-auto outline-none"
      >
        <TableHead template={template}>
          {columnTitles([t("Item"), t("Execution"), t("Status"), t("Started"), t("Took"), t("Error")])}
        </TableHead>
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const child = children[item.index];
            if (child === undefined) return null;
            return (
              <div
                key={item.key}
                id={`child-${item.index}`}
                role="row"
                aria-selected={item.index === at}
                onClick={() => openChild(item.index)}
                className={classes(
                  "absolute inset-x-0 top-0 grid cursor-pointer items-center px-3 text-xs [&>span]:truncate [&>span]:pr-2",
                  item.index === at ? "bg-accent-soft" : "hover:bg-hover",
                )}
                style={{ gridTemplateColumns: template, height: rowPixels, transform: `translateY(${item.start}px)` }}
              >
                <span role="gridcell" className="text-fg-3 tabular-nums">
                  {child.index}
                </span>
                <span role="gridcell" className="font-mono">
                  {child.name}
                </span>
                <span role="gridcell" className="flex items-center gap-1.5">
                  <Dot tone={statusTone(child.status)} />
                  {statusWords(child.status)}
                </span>
                <span role="gridcell" className="text-fg-2 tabular-nums">
                  {formatClockTime(child.startedAt, false)}
                </span>
                <span role="gridcell" className="text-fg-2 tabular-nums">
                  {child.stoppedAt === null ? "" : formatDuration(Math.round((child.stoppedAt - child.startedAt) * 10) / 10)}
                </span>
                <span role="gridcell" className="text-error">
                  {child.error ?? ""}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function Counts({ mapRun }: { mapRun: MapRun }) {
  const { items, pending, running } = mapRun;
  const parts: readonly { readonly title: string; readonly count: number; readonly tone: Tone; readonly colour: string }[] = [
    { title: t("succeeded"), count: items.succeeded, tone: "ok", colour: "var(--ok)" },
    { title: t("failed"), count: items.failed, tone: "error", colour: "var(--error)" },
    { title: t("stopped"), count: items.aborted, tone: "neutral", colour: "var(--fg-3)" },
    { title: t("running"), count: running, tone: "accent", colour: "var(--accent)" },
    { title: t("pending"), count: pending, tone: "waiting", colour: "var(--line-strong)" },
  ];
  return (
    <>
      <span className="flex h-2 w-28 flex-none overflow-hidden rounded-sm bg-chip" aria-hidden>
        {parts.map(({ title, count, colour }) => (
          <span key={title} style={{ width: `${(100 * count) / Math.max(1, items.total)}%`, background: colour }} />
        ))}
      </span>
      <p className="flex min-w-0 flex-1 items-center gap-2.5 overflow-hidden text-xs whitespace-nowrap tabular-nums">
        <span className="font-medium">
          {t("{{items}} in {{executions}}", {
            items: t("{{count}} items", { count: items.total }),
            executions: t("{{count}} executions", { count: mapRun.executions }),
          })}
        </span>
        {parts
          .filter(({ count }) => count > 0)
          .map(({ title, count, tone }) => (
            <span key={title} className="flex items-center gap-1 text-fg-2">
              <Dot tone={tone} />
              {count} {title}
            </span>
          ))}
        <span className="min-w-0 truncate text-fg-3">
          {mapRun.maxConcurrency === 0 ? "" : t("at most {{maxConcurrency}} at a time, ", { maxConcurrency: mapRun.maxConcurrency })}
          {toleranceWords(mapRun)}
        </span>
      </p>
    </>
  );
}

function toleranceWords({ toleratedFailureCount, toleratedFailurePercentage }: MapRun): string {
  if (toleratedFailureCount === 0 && toleratedFailurePercentage === 0) return t("no failure tolerated");
  const tolerated = [
    ...(toleratedFailureCount > 0 ? [`${toleratedFailureCount}`] : []),
    ...(toleratedFailurePercentage > 0 ? [`${toleratedFailurePercentage} %`] : []),
  ];
  return t("{{tolerated}} may fail", { tolerated: tolerated.join(t(" or ")) });
}

async function read(machine: string, arn: string, mapRunArn: string, filter: string, limit: number): Promise<Loaded> {
  const ref = machineRef(machine);
  if (ref === undefined) return { mapRun: null, children: [], cursor: undefined };
  const mapRuns = await readMapRuns(ref, arn);
  const { rows, cursor } = await inspect(ref, "children", `${mapRunArn}${filter}`, limit);
  return { mapRun: mapRuns.get(mapRunArn) ?? null, children: rows.map(({ id, detail }) => childOf(id, detail)), cursor };
}

function childOf(arn: string, detail: Json): Child {
  const told = isJsonObject(detail) ? detail : {};
  const { index, name, status, startedAt, stoppedAt, error } = told;
  return {
    arn,
    index: typeof index === "number" ? index : 0,
    name: String(name),
    status: String(status),
    startedAt: typeof startedAt === "number" ? startedAt : 0,
    stoppedAt: typeof stoppedAt === "number" ? stoppedAt : null,
    error: typeof error === "string" ? error : null,
  };
}
