// One view of one resource: read page by page, read again when something happened to it.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Inspection } from "../../model/run.ts";
import { call } from "../app/api.ts";
import { onSpans, useLive } from "../app/stores/live.ts";
import { isServing, useRun } from "../app/stores/run.ts";
import { messageOf } from "../app/texts/words.ts";

export type Row = Inspection["rows"][number];
export type Column = Inspection["columns"][number];

export interface InspectionState {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly total: number | null;
  readonly cursor: string | undefined;
  readonly isLoading: boolean;
  readonly problem: string | null;
}

const PAGE = 200;
const MAX_PAGE = 1000;
const REFRESH_MILLISECONDS = 400;
const nothing: InspectionState = { columns: [], rows: [], total: null, cursor: undefined, isLoading: true, problem: null };

export interface InspectedResource {
  readonly service: string;
  readonly name: string;
  readonly region: string;
  readonly view: string;
}

export function useInspection(resource: InspectedResource, filter: string): InspectionState & { reload(): void; loadMore(): void } {
  const { service, name, region, view } = resource;
  const [state, setState] = useState<InspectionState>(nothing);
  const latest = useRef(0);
  const shown = useRef(PAGE);
  const isRunning = useRun(({ run }) => isServing(run));

  /** Reads as many rows as are shown; what comes back late is not taken. */
  const load = useCallback(async (): Promise<void> => {
    const current = ++latest.current;
    const next = await read({ service, name, region, view }, filter, shown.current);
    if (current === latest.current)
      setState((before) =>
        "problem" in next ? { ...before, isLoading: false, problem: next.problem } : { ...next, isLoading: false, problem: null },
      );
  }, [service, name, region, view, filter]);

  useEffect(() => {
    if (!isRunning) return;
    shown.current = PAGE;
    let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(() => begin());
    const begin = (): void => {
      timer = undefined;
      void load();
    };
    const soon = (): void => {
      timer ??= setTimeout(begin, REFRESH_MILLISECONDS);
    };
    const stops = [
      onSpans(({ ended }) => ended.some((span) => span.service === service || span.target?.service === service) && soon()),
      // A skipped or faster clock makes messages visible and entries stale without any hop.
      useLive.subscribe((live, before) => live.clock !== before.clock && soon()),
    ];
    return () => {
      clearTimeout(timer);
      stops.forEach((stop) => stop());
    };
  }, [load, isRunning, service]);

  return {
    ...(isRunning ? state : { ...nothing, isLoading: false }),
    reload: () => void load(),
    loadMore: () => {
      if (state.cursor === undefined || state.rows.length < shown.current) return;
      shown.current += PAGE;
      void load();
    },
  };
}

type Rows = Pick<InspectionState, "columns" | "rows" | "total" | "cursor">;

async function read(resource: InspectedResource, filter: string, count: number): Promise<Rows | { readonly problem: string }> {
  try {
    const rows: Row[] = [];
    let page: Inspection | undefined;
    // The server reads at most a thousand rows at a time.
    do {
      const cursor: string | undefined = page?.cursor;
      const limit = Math.min(MAX_PAGE, count - rows.length);
      page = await call("data.inspect", {
        ...resource,
        limit,
        ...(filter === "" ? {} : { filter }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      rows.push(...page.rows);
    } while (page.cursor !== undefined && rows.length < count);
    return { columns: page.columns, rows, total: page.total, cursor: page.cursor };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}
