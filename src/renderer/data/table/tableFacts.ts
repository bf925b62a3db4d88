// What a table is: its keys, indexes, capacity, recovery. Read again when something happens to it.
import { useCallback, useEffect, useState } from "react";
import type { TableFacts } from "../../../model/tableQuery.ts";
import { call } from "../../app/api.ts";
import { onSpans } from "../../app/stores/live.ts";
import type { DataResource } from "../dataActions.ts";

const REFRESH_MILLISECONDS = 1000;

export function useTableFacts({ service, name, region }: DataResource): { readonly facts: TableFacts | null; reload(): void } {
  const [facts, setFacts] = useState<TableFacts | null>(null);
  const load = useCallback(async (): Promise<void> => {
    try {
      const { rows } = await call("data.inspect", { service, name, region, view: "table", limit: 1 });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the view's one row is typed where it is made
      setFacts((rows[0]?.detail as unknown as TableFacts | undefined) ?? null);
    } catch {
      // What reads the items says what is wrong with the table.
      setFacts(null);
    }
  }, [service, name, region]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(() => void load());
    const stop = onSpans(({ ended }) => {
      if (!ended.some((span) => span.target?.service === service && span.target.name === name)) return;
      timer ??= setTimeout(() => begin(), REFRESH_MILLISECONDS);
    });
    const begin = (): void => {
      timer = undefined;
      void load();
    };
    timer = setTimeout(begin);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [load, service, name]);
  return { facts, reload: () => void load() };
}
