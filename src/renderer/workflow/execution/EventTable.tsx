import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Dot } from "../../app/ui/Chip.tsx";
import { SearchField } from "../../app/ui/SearchField.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { classes } from "../../app/ui/classes.ts";
import { formatClockTime, formatDuration } from "../../timeline/duration.ts";
import { useVirtualRows } from "../../timeline/virtualRows.ts";
import type { Chosen } from "./executionActions.ts";
import type { ExecutionEvent } from "./executionEvents.ts";
import { eventTone, eventWords } from "./executionWords.ts";
import { listKeys } from "./listKeys.ts";
import { TableHead } from "./TableHead.tsx";
import { placeWords, type Step } from "./steps.ts";
import type { OpenedExecution } from "./watched.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

const rowPixels = 24;
const template = "50px 102px minmax(148px,1.4fr) minmax(76px,1fr) minmax(52px,0.8fr) minmax(64px,1.1fr)";

interface EventRow {
  readonly event: ExecutionEvent;
  readonly state: string;
  /** Which item or branch. */
  readonly place: string;
  readonly detail: string;
}

type SortKey = "id" | "at" | "type" | "state" | "place" | "detail";
type Kind = "all" | "failures" | "states" | "tasks" | "maps";

const columns = perLanguage((): readonly { readonly key: SortKey; readonly title: string }[] => [
  { key: "id", title: t("Id") },
  { key: "at", title: t("Time") },
  { key: "type", title: t("Event") },
  { key: "state", title: t("State") },
  { key: "place", title: t("Within") },
  { key: "detail", title: t("Error, resource") },
]);

const kinds = perLanguage((): Readonly<Record<Kind, { readonly title: string; readonly pattern: RegExp }>> => ({
  all: { title: t("All events"), pattern: /./ },
  failures: { title: t("Failures"), pattern: /(?:Failed|TimedOut|Aborted)$/ },
  states: { title: t("States entered and left"), pattern: /State(?:Entered|Exited)$|^Execution/ },
  tasks: { title: t("Tasks"), pattern: /^(?:Task(?!State)|LambdaFunction|Activity)/ },
  maps: { title: t("Maps and items"), pattern: /^Map/ },
}));

/** Every event of an execution, in rows that sort and filter. */
export function EventTable({
  opened,
  event: chosen,
  onChoose,
}: {
  opened: OpenedExecution;
  event: number;
  onChoose(chosen: Chosen): void;
}) {
  const [text, setText] = useState("");
  const [kind, setKind] = useState<Kind>("all");
  const [sort, setSort] = useState<{ readonly key: SortKey; readonly isDown: boolean }>({ key: "id", isDown: false });
  const rows = useMemo(() => rowsOf(opened), [opened]);
  const shown = useMemo(() => sorted(filtered(rows, text, kind), sort), [rows, text, kind, sort]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: shown.length, scroller, rowPixels, keyOf: (at) => shown[at]?.event.id ?? at });
  const at = useMemo(() => shown.findIndex(({ event }) => event.id === chosen), [shown, chosen]);
  const begin = opened.events[0]?.at ?? 0;
  const go = (to: number): void => {
    const row = shown[to];
    if (row !== undefined) onChoose({ event: row.event.id });
  };
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when another event is chosen, not when more come in
  }, [chosen]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-none items-center gap-2 px-2 py-1">
        <SearchField label={t("Filter events")} placeholder={t("Type, state or error")} value={text} onChange={setText} className="w-52" />
        <Select<Kind>
          label={t("Kind of events")}
          className="w-44"
          value={kind}
          options={Object.entries(kinds()).map(([value, { title }]) => ({ value: value as Kind, title }))}
          onChange={setKind}
        />
        <span role="status" className="ml-auto pr-1 text-xs whitespace-nowrap text-fg-3 tabular-nums">
          {shown.length === rows.length
            ? t("{{count}} events", { count: rows.length })
            : t("{{at}} of {{count}}", { at: shown.length, count: rows.length })}
        </span>
      </div>
      <div
        ref={scroller}
        role="grid"
        aria-label={t("Events")}
        aria-rowcount={shown.length}
        aria-activedescendant={at < 0 ? undefined : `event-${chosen}`}
        tabIndex={0}
        data-quiet-focus
        onKeyDown={listKeys(shown.length, at, go)}
        className="min-h-0 flex-1 overflow-auto outline-none"
      >
        <div className="min-w-max">
          <TableHead template={template} className="border-y px-1.5">
            {columns().map(({ key, title }) => (
              <span key={key} role="columnheader" aria-sort={sort.key !== key ? "none" : sort.isDown ? "descending" : "ascending"}>
                <button
                  type="button"
                  className="flex w-full items-center gap-1 truncate px-1.5 hover:text-fg"
                  onClick={() => setSort({ key, isDown: sort.key === key && !sort.isDown })}
                >
                  {title}
                  {sort.key === key && (sort.isDown ? <ArrowDown size={11} /> : <ArrowUp size={11} />)}
                </button>
              </span>
            ))}
          </TableHead>
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = shown[item.index];
              if (row === undefined) return null;
              const { event } = row;
              return (
                <div
                  key={item.key}
                  id={`event-${event.id}`}
                  role="row"
                  aria-rowindex={item.index + 1}
                  aria-selected={event.id === chosen}
                  onClick={() => onChoose({ event: event.id })}
                  className={classes(
                    "absolute inset-x-0 top-0 grid items-center px-1.5 text-xs [&>span]:truncate [&>span]:px-1.5",
                    event.id === chosen ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
                  )}
                  style={{ gridTemplateColumns: template, height: rowPixels, transform: `translateY(${item.start}px)` }}
                >
                  <span role="gridcell" className="text-fg-3 tabular-nums">
                    {event.id}
                  </span>
                  <span
                    role="gridcell"
                    title={t("{{at}} after the start", { at: formatDuration(event.at - begin) })}
                    className="font-mono text-fg-2"
                  >
                    {formatClockTime(event.at)}
                  </span>
                  <span role="gridcell" className="flex items-center gap-2">
                    <Dot tone={eventTone(event)} />
                    <span className="truncate">{eventWords(event.type)}</span>
                  </span>
                  <span role="gridcell">{row.state}</span>
                  <span role="gridcell" className="text-fg-3">
                    {row.place}
                  </span>
                  <span role="gridcell" title={row.detail} className={event.error === null ? "text-fg-3" : "text-error"}>
                    {row.detail}
                  </span>
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

function rowsOf({ events, steps }: OpenedExecution): readonly EventRow[] {
  const byFrame = Map.groupBy(steps, ({ frame }) => frame);
  /** How many steps of each flow have begun: both lists are in the same order. */
  const begun = new Map<string, number>();
  return events.map((event) => {
    const own: readonly Step[] = byFrame.get(event.frame) ?? [];
    let count = begun.get(event.frame) ?? 0;
    while ((own[count]?.id ?? Infinity) <= event.id) count += 1;
    begun.set(event.frame, count);
    const latest = own[count - 1];
    const step = latest !== undefined && (latest.left === null || event.id <= latest.left) ? latest : undefined;
    return {
      event,
      state: event.state ?? step?.state ?? "",
      place: step === undefined ? (event.index === null ? "" : `#${event.index}`) : placeWords(step),
      detail: event.error ?? event.resource ?? "",
    };
  });
}

function filtered(rows: readonly EventRow[], text: string, kind: Kind): readonly EventRow[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "" && kind === "all") return rows;
  const { pattern } = kinds()[kind];
  return rows.filter(
    ({ event, state, place, detail }) =>
      pattern.test(event.type) &&
      (wanted === "" || `${event.id} ${event.type} ${eventWords(event.type)} ${state} ${place} ${detail}`.toLowerCase().includes(wanted)),
  );
}

function sorted(rows: readonly EventRow[], { key, isDown }: { readonly key: SortKey; readonly isDown: boolean }): readonly EventRow[] {
  if (key === "id" && !isDown) return rows;
  const sign = isDown ? -1 : 1;
  const value = (row: EventRow): string | number => (key === "id" || key === "at" || key === "type" ? row.event[key] : row[key]);
  return rows.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    const order = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
    return sign * (order || a.event.id - b.event.id);
  });
}
