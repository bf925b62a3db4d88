// The hop that is selected in the Timeline, as the two cards it runs between: while the Timeline is shown.
import { create } from "zustand";
import { call } from "../app/api.ts";
import { useLayout } from "../app/stores/layout.ts";
import { useSelection } from "../app/stores/selection.ts";
import { endsOf, type Ends } from "./spanEnds.ts";

const useStore = create<{ ends: Ends | null }>(() => ({ ends: null }));

export function useSpanEnds<T>(pick: (ends: Ends | null) => T): T {
  return useStore((state) => pick(state.ends));
}

export function followHighlightedSpan(): () => void {
  let wanted: unknown = null;
  const show = (): void => {
    const { isDockOpen, dockTab } = useLayout.getState();
    const span = isDockOpen && dockTab === "timeline" ? useSelection.getState().span : null;
    if (span === wanted) return;
    wanted = span;
    if (span === null || span.spanId === "") {
      useStore.setState({ ends: null });
      return;
    }
    call("trace.get", { traceId: span.traceId }).then(
      (spans) => {
        if (wanted !== span) return;
        const chosen = spans.find((one) => one.spanId === span.spanId);
        const parents = new Map(spans.map((one) => [one.spanId, one]));
        useStore.setState({ ends: chosen === undefined ? null : endsOf(chosen, (id) => parents.get(id)) });
      },
      // The Timeline itself shows that traces cannot be read.
      () => useStore.setState({ ends: null }),
    );
  };
  const stops = [useSelection.subscribe(show), useLayout.subscribe(show)];
  return () => stops.forEach((stop) => stop());
}
