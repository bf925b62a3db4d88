import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { classes } from "../app/ui/classes.ts";
import { useSpanEnds } from "./highlightedSpan.ts";
import { pointOn, svgPath } from "../../model/design/curve.ts";
import type { Connection } from "../../model/design/design.ts";
import { useViewing } from "./views/viewing.ts";
import { useHovering } from "./hovering.ts";
import type { ConnectionEdge as Edge } from "./nodes.ts";
import { breakpointBetween, useBreakpoints } from "./stepping/breakpoints.ts";
import { useHop } from "./stepping/hop.ts";
import { t } from "../app/texts/texts.ts";
import { labelOf, tWords } from "../app/texts/words.ts";
import type { WordsValue } from "../../model/words.ts";

/** A connection: a smooth line from port to port, its label on it where there is room. */
export const ConnectionEdge = memo(function ConnectionEdge({ data, selected }: EdgeProps<Edge>) {
  const hop = useHop((state) => (state.hop === null ? undefined : isOneOf(data, state.hop.connection) ? "hop" : "dimmed"));
  const isOfSpan = useSpanEnds(
    (ends) => ends !== null && data?.members.some(({ from, to }) => ends.from === from && ends.to === to) === true,
  );
  const hover = useHovering((state) =>
    state.id === null || data === undefined
      ? undefined
      : state.id === data.connection.from || state.id === data.connection.to
        ? "near"
        : "dimmed",
  );
  const isOffPath = useViewing(({ path }) => path !== null && data?.members.some(({ id }) => path.found.connections.has(id)) !== true);
  const layerWords = useViewing(({ view }) => wordsIn(view.connections, data?.members ?? []));
  const breakpoints = useBreakpoints();
  if (data === undefined) return null;
  const { connection, curve, labelAt } = data;
  const isBundle = data.members.length > 1;
  const path = svgPath(curve);
  // where a hop is held, nothing else is pointed at
  const state =
    selected === true || (isOfSpan && hop === undefined)
      ? "selected"
      : (hop ?? hover ?? (isOffPath || layerWords === "" ? "dimmed" : undefined));
  const middle = pointOn(curve, labelAt ?? 0.5);
  const breakpoint = breakpointBetween(breakpoints, connection.from, connection.to);
  const label = layerWords ?? shownLabel(connection);
  // the held message points at the same place
  const isShown =
    label !== "" && hop !== "hop" && (labelAt !== undefined || selected === true || hover === "near" || layerWords !== undefined);

  return (
    <>
      <path d={path} data-kind={connection.kind} data-bundle={isBundle} data-state={state} className="connection-path" />
      <path d={path} className="react-flow__edge-interaction" fill="none" stroke="transparent" strokeWidth={18} />
      {(isShown || breakpoint !== undefined) && (
        <EdgeLabelRenderer>
          <div
            style={{
              transform: `translate(-50%, ${labelAt === undefined ? "-130%" : "-50%"}) translate(${middle.x}px, ${middle.y}px)`,
            }}
            className={classes(
              "connection-label pointer-events-none absolute flex items-center gap-1 rounded-lg px-1.5 text-[10.5px] leading-4 whitespace-nowrap tabular-nums",
              // where the gap is too short for it, it lies upon the cards
              labelAt === undefined ? "border border-line-strong bg-raised shadow-2" : "bg-canvas",
              state === "selected" || state === "hop" || state === "near"
                ? "text-accent"
                : connection.kind === "dead-letter"
                  ? "text-error"
                  : "text-fg-2",
              state === "dimmed" && "opacity-40",
              (state === "selected" || state === "near") && "z-10",
            )}
          >
            {breakpoint !== undefined && <span className={classes("size-2 rounded-full", breakpoint.isEnabled ? "bg-error" : "bg-fg-3")} />}
            {isShown && label}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** What the layer says of a line: undefined where it says nothing of any, nothing where this one is none of its business. */
function wordsIn(words: ReadonlyMap<string, WordsValue> | null, members: readonly Connection[]): string | undefined {
  if (words === null) return undefined;
  const said = new Set(members.flatMap(({ id }) => tWords(words.get(id) ?? "")).filter((one) => one !== ""));
  return [...said].join(", ");
}

function isOneOf(data: Edge["data"], connection: string | null): boolean {
  return data?.members.some(({ id }) => id === connection) === true;
}

function shownLabel(connection: Connection): string {
  if (connection.label !== "") return labelOf(connection);
  return connection.kind === "dead-letter" ? t("redrive") : "";
}
