import { useEffect } from "react";
import { SearchField } from "../app/ui/SearchField.tsx";
import { setTraceFilter, showTrace, followTraces, useTraceList } from "./traceList.ts";
import { TraceRows } from "./TraceRows.tsx";
import { t } from "../app/texts/texts.ts";

/** The traces at the side: a click opens the waterfall in the dock. */
export function TracesExplorer() {
  const text = useTraceList((state) => state.filter.text);
  useEffect(followTraces, []);
  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <div className="flex-none px-3 py-2">
        <SearchField label={t("Filter traces")} value={text} onChange={(next) => setTraceFilter({ text: next })} />
      </div>
      <TraceRows isNarrow onOpen={(traceId) => showTrace(traceId)} />
    </div>
  );
}
