import { useStore, ViewportPortal } from "@xyflow/react";
import { useDragging } from "./dragging.ts";
import type { InsertPlace } from "./places.ts";
import { stateSize } from "../workflowLayout.ts";
import { t } from "../../app/texts/texts.ts";

/** While something is dragged: where it may go, where it would go now, and the line that is being drawn. */
export function DropLayer({ places }: { places: readonly InsertPlace[] }) {
  const dragging = useDragging((state) => state.dragging);
  if (dragging === null) return null;
  return (
    <ViewportPortal>
      {dragging.type === "connect" ? (
        <Line />
      ) : (
        <Places places={places} title={dragging.type === "item" ? dragging.title : dragging.name} />
      )}
      {dragging.type === "state" && <Ghost name={dragging.name} isCopy={dragging.isCopy} />}
    </ViewportPortal>
  );
}

function Places({ places, title }: { places: readonly InsertPlace[]; title: string }) {
  const meant = useDragging((state) => state.place);
  const [x, y, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const isShown = ({ at }: InsertPlace): boolean => {
    const [left, top] = [at.x * zoom + x, at.y * zoom + y];
    return left > 0 && top > 0 && left < width && top < height;
  };
  return places
    .filter((place) => isShown(place) || place.id === meant?.id)
    .map((place) => {
      const isMeant = place.id === meant?.id;
      return (
        <div
          key={place.id}
          data-meant={isMeant}
          className="drop-place"
          style={{
            transform: `translate(-50%, -50%) translate(${place.at.x}px, ${place.at.y}px)`,
            ...(isMeant ? { width: stateSize.width * 0.8, height: 24 } : {}),
          }}
        >
          {isMeant ? title : ""}
        </div>
      );
    });
}

function Ghost({ name, isCopy }: { name: string; isCopy: boolean }) {
  const at = useDragging((state) => state.at);
  return (
    <div
      className="pointer-events-none absolute flex h-8 items-center rounded-lg border border-accent bg-card px-3 text-sm font-semibold opacity-90 shadow-3"
      style={{ transform: `translate(12px, 10px) translate(${at.x}px, ${at.y}px)`, zIndex: 3000 }}
    >
      {isCopy ? t("Copy of {{name}}", { name }) : name}
    </div>
  );
}

function Line() {
  const dragging = useDragging((state) => state.dragging);
  const at = useDragging((state) => state.at);
  if (dragging?.type !== "connect") return null;
  const { start, kind } = dragging;
  const middle = (start.y + at.y) / 2;
  return (
    <svg className="pointer-events-none absolute overflow-visible" style={{ zIndex: 3000 }} width={1} height={1}>
      <path
        d={`M${start.x},${start.y} C${start.x},${middle} ${at.x},${middle} ${at.x},${at.y}`}
        className="drawn-line"
        data-kind={kind}
        data-meant={dragging.over !== null}
      />
      <circle cx={at.x} cy={at.y} r={4} className="drawn-line-end" data-kind={kind} />
    </svg>
  );
}
