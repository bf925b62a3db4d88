import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { onSpans, runningSpan } from "../app/stores/live.ts";
import { useDesign } from "../app/stores/design.ts";
import { useReducedMotion } from "../app/theme/reducedMotion.ts";
import { useTheme } from "../app/theme/theme.ts";
import { cssColour } from "./cssColour.ts";
import { cleared, createFrames } from "./frames.ts";
import type { Curve } from "../../model/design/curve.ts";
import { createMessageField, type FindConnection, type MessageColours } from "./messages.ts";

/** One canvas over the whole graph for everything that moves. It works only while something does. */
export function MessagesOverlay({ curves }: { curves: ReadonlyMap<string, Curve> }) {
  const element = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const isStill = useReducedMotion();
  const theme = useTheme((state) => state.theme);
  const latestCurves = useRef(curves);
  useEffect(() => {
    latestCurves.current = curves;
  }, [curves]);

  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext("2d");
    if (canvas === null || context === null || context === undefined || isStill) return;
    const field = createMessageField();
    const colours: MessageColours = {
      running: cssColour("--accent"),
      ok: cssColour("--ok"),
      error: cssColour("--error"),
      throttled: cssColour("--throttled"),
      dropped: cssColour("--fg-3"),
    };
    const draw = (): void => {
      const now = performance.now();
      const ratio = cleared(canvas, context);
      const [x, y, zoom] = store.getState().transform;
      context.setTransform(ratio * zoom, 0, 0, ratio * zoom, x * ratio, y * ratio);
      field.draw(context, latestCurves.current, colours, now);
      if (!field.isIdle(now)) frames.ask();
    };
    const frames = createFrames(draw);

    const stop = onSpans(({ started, ended }) => {
      const now = performance.now();
      const find = finder();
      for (const span of started) field.start(span, runningSpan, find, now);
      for (const span of ended) field.end(span);
      if (!field.isIdle(now)) frames.ask();
    });
    return () => {
      stop();
      frames.stop();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
    };
  }, [store, isStill, theme]);

  return <canvas ref={element} aria-hidden data-layer="messages" className="pointer-events-none absolute inset-0 z-[5] size-full" />;
}

let indexed: { readonly connections: unknown; readonly find: FindConnection } | null = null;

/** Finds connections by their ends without searching them all for each of thousands of spans. */
function finder(): FindConnection {
  const { connections } = useDesign.getState().design;
  if (indexed?.connections === connections) return indexed.find;
  const byEnds = Map.groupBy(connections, (connection) => `${connection.from}>${connection.to}`);
  const find: FindConnection = (from, to, operation) => {
    if (from === null) return undefined;
    const between = byEnds.get(`${from}>${to}`);
    const chosen = between?.find((one) => one.fromRoute !== undefined && operation.includes(one.fromRoute)) ?? between?.[0];
    if (chosen !== undefined) return { id: chosen.id, isReversed: false };
    const back = byEnds.get(`${to}>${from}`)?.[0];
    return back === undefined ? undefined : { id: back.id, isReversed: true };
  };
  indexed = { connections, find };
  return find;
}
