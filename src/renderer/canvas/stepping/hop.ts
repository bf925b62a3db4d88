// The hop that is held now, as the canvas shows it: between which cards, over which connection.
import { create } from "zustand";
import type { Connection } from "../../../model/design/design.ts";
import type { Hold } from "../../../model/run.ts";
import type { SpanSummary } from "../../../model/trace.ts";
import { useDesign } from "../../app/stores/design.ts";
import { runningSpan, useLive } from "../../app/stores/live.ts";
import { endsOf } from "../spanEnds.ts";

export interface Hop {
  readonly hold: Hold;
  readonly from: string | null;
  readonly to: string | null;
  readonly connection: string | null;
}

/** An earlier hop of the held trace, looked at instead of the held one. */
export interface Past {
  readonly span: SpanSummary;
  /** All before the held one, in the order in which they began. */
  readonly hops: readonly SpanSummary[];
  readonly index: number;
}

interface HopStore {
  /** What is held; while `past` is looked at, its ends and connection are those of the earlier hop. */
  hop: Hop | null;
  past: Past | null;
  /** Which of several held hops is shown; null: the oldest. */
  chosen: string | null;
}

export const useHop = create<HopStore>(() => ({ hop: null, past: null, chosen: null }));

export function chooseHold(holdId: string): void {
  useHop.setState({ chosen: holdId, past: null });
  update();
}

export function followHolds(): () => void {
  update();
  const stops = [
    useLive.subscribe((live, before) => {
      if (live.debugger !== before.debugger) update();
    }),
    useDesign.subscribe(update),
    useHop.subscribe((now, before) => {
      if (now.past !== before.past) update();
    }),
  ];
  return () => {
    stops.forEach((stop) => stop());
    useHop.setState({ hop: null, past: null });
  };
}

function update(): void {
  const { holds } = useLive.getState().debugger;
  const { hop: before, chosen, past } = useHop.getState();
  const hold = holds.find((one) => one.id === chosen) ?? holds[0];
  if (hold === undefined) {
    if (before !== null) useHop.setState({ hop: null, past: null, chosen: null });
    return;
  }
  // what goes on ends looking back
  const shown = past !== null && before?.hold.id === hold.id ? past : null;
  const span = shown?.span ?? hold.span;
  const ends = endsOf(span, (id) => runningSpan(id) ?? shown?.hops.find((one) => one.spanId === id));
  const { connections } = useDesign.getState().design;
  const connection = ends === null ? undefined : connectionFor(connections, ends.from, ends.to, span.operation);
  useHop.setState({
    hop: { hold, from: ends?.from ?? null, to: ends?.to ?? null, connection: connection?.id ?? null },
    past: shown,
  });
}

/** The connection a span runs over; among several between two cards, the one whose route it names. */
export function connectionFor(
  connections: readonly Connection[],
  from: string | null,
  to: string,
  operation: string,
): Connection | undefined {
  if (from === null) return undefined;
  const between = connections.filter((connection) => connection.from === from && connection.to === to);
  return (
    between.find((connection) => connection.fromRoute !== undefined && operation.includes(connection.fromRoute)) ??
    between[0] ??
    connections.find((connection) => connection.from === to && connection.to === from)
  );
}
