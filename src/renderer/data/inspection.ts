// One view of one resource: read page by page, read again when something happened to it.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Inspection } from "../../model/run.ts";
import { call, messageOf } from "../app/api.ts";
import { onSpans, useLive } from "../app/stores/live.ts";
import { isServing, useRun } from "../app/stores/run.ts";

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
const REFRESH_MILLISECONDS = 400;
const nothing: InspectionState = { columns: [], rows: [], total: null, cursor: undefined, isLoading: true, problem: null };

export interface InspectedResource {
  readonly service: string;
  readonly name: string;
  readonly region: string;
  readonly view: string;
}

export function useInspection({ service, name, region, view }: InspectedResource, filter: string): InspectionState & { reload(): void; loadMore(): void } {
  const [state, setState] = useState<InspectionState>(nothing);
  const latest = useRef(0);
  const shown = useRef(PAGE);
  const isRunning = useRun(({ run }) => isServing(run));

  const load = useCallback(
    async (limit: number) => {
      const current = ++latest.current;
      setState((before) => ({ ...before, isLoading: true }));
      try {
        const rows: Row[] = [];
        let page: Inspection | undefined;
        // The server reads at most a thousand rows at a time.
        do {
          const cursor: string | undefined = page?.cursor;
          page = await call("data.inspect", { service, name, region, view, limit: Math.min(1000, limit - rows.length), ...(filter === "" ? {} : { filter }), ...(cursor === undefined ? {} : { cursor }) });
          rows.push(...page.rows);
        } while (page.cursor !== undefined && rows.length < limit);
        if (current === latest.current) setState({ columns: page.columns, rows, total: page.total, cursor: page.cursor, isLoading: false, problem: null });
      } catch (error) {
        if (current === latest.current) setState((before) => ({ ...before, isLoading: false, problem: messageOf(error) }));
      }
    },
    [service, name, region, view, filter],
  );

  useEffect(() => {
    shown.current = PAGE;
    if (isRunning) void load(PAGE);
    else setState({ ...nothing, isLoading: false });
  }, [load, isRunning]);

  useEffect(() => {
    if (!isRunning) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load(shown.current);
      }, REFRESH_MILLISECONDS);
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
    ...state,
    reload: () => void load(shown.current),
    loadMore: () => {
      if (state.cursor === undefined || state.isLoading) return;
      shown.current += PAGE;
      void load(shown.current);
    },
  };
}
