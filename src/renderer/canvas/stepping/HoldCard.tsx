import { ArrowRight, ChevronLeft, ChevronRight, X } from "lucide-react";
import { useStore } from "@xyflow/react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Hold } from "../../../model/run.ts";
import { useLive } from "../../app/stores/live.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Chip } from "../../app/ui/Chip.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { CodeField } from "../../editors/CodeField.tsx";
import { pointOn, type Box, type Curve, type Point } from "../../../model/design/curve.ts";
import { boxOf } from "../../../model/design/geometry.ts";
import { beginHoldEdit, changedValues, changeHoldText, holdProblem, undoHoldEdit, useHoldEdit } from "./holdEdit.ts";
import { chooseHold, useHop } from "./hop.ts";
import { placeHoldCard } from "./placeHoldCard.ts";
import { PastCard } from "./PastCard.tsx";
import { continueOn, stepOn } from "./stepCommands.ts";
import { useDesign } from "../../app/stores/design.ts";
import { usePlacement } from "../placement.ts";
import { t } from "../../app/texts/texts.ts";

const size = { width: 484, height: 248 };

/** The held message at its edge: what it is, open to be changed, with the leader that points at the hop. */
export function HoldCard({ curves, area }: { curves: ReadonlyMap<string, Curve>; area: HTMLElement | null }) {
  const hop = useHop((state) => state.hop);
  const past = useHop((state) => state.past);
  const [x, y, zoom] = useStore((state) => state.transform);
  const [isHidden, setHidden] = useState<string | null>(null);
  const resources = useDesign((state) => state.design.resources);
  const positions = usePlacement((state) => state.positions);
  if (hop === null || area === null) return null;

  const curve = hop.connection === null ? undefined : curves.get(hop.connection);
  const ends = resources.filter((resource) => resource.id === hop.from || resource.id === hop.to);
  const toScreen = (point: Point): Point => ({ x: point.x * zoom + x, y: point.y * zoom + y });
  const boxes = ends.map((resource) => {
    const box = boxOf(resource, positions);
    return { ...toScreen(box), width: box.width * zoom, height: box.height * zoom };
  });
  const target = resources.find((resource) => resource.id === hop.to);
  const targetBox = target === undefined ? null : boxOf(target, positions);
  const hopPoint =
    curve !== undefined
      ? toScreen(pointOn(curve, 0.5))
      : targetBox !== null
        ? toScreen({ x: targetBox.x + targetBox.width / 2, y: targetBox.y })
        : { x: area.clientWidth / 2, y: area.clientHeight / 2 };
  const place = placeHoldCard(hopPoint, boxes, { width: area.clientWidth, height: area.clientHeight }, size);
  // without a line of its own the hop points at the card's side that is nearest, so that the leader crosses nothing
  const [only] = boxes;
  const anchor = curve === undefined && only !== undefined && boxes.length === 1 ? nearestOf(only, place.leader) : hopPoint;

  if (past === null && isHidden === hop.hold.id) {
    return (
      <Button size="compact" className="absolute z-10" style={{ left: anchor.x - 40, top: anchor.y + 10 }} onClick={() => setHidden(null)}>
        {t("Show message")}
      </Button>
    );
  }
  return (
    <>
      <svg aria-hidden className="pointer-events-none absolute inset-0 z-10 size-full">
        <line x1={place.leader.x} y1={place.leader.y} x2={anchor.x} y2={anchor.y} stroke="var(--accent)" strokeDasharray="2 3" />
        <circle cx={anchor.x} cy={anchor.y} r={3.4} fill="var(--accent)" />
        <circle cx={anchor.x} cy={anchor.y} r={8} fill="var(--accent)" opacity={0.18} />
      </svg>
      {past !== null && <PastCard past={past} box={place} />}
      {past === null && (
        <MessageCard key={hop.hold.id} hold={hop.hold} from={hop.from} to={hop.to} box={place} onHide={() => setHidden(hop.hold.id)} />
      )}
    </>
  );
}

function nearestOf(box: Box, { x, y }: Point): Point {
  return { x: Math.max(box.x, Math.min(x, box.x + box.width)), y: Math.max(box.y, Math.min(y, box.y + box.height)) };
}

interface MessageCardProps {
  hold: Hold;
  from: string | null;
  to: string | null;
  box: Box;
  onHide(): void;
}

function MessageCard({ hold, from, to, box, onHide }: MessageCardProps) {
  useLayoutEffect(() => beginHoldEdit(hold.id, hold.input), [hold]);
  const { text, original, opened } = useHoldEdit();
  const holds = useLive((live) => live.debugger.holds);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.focus({ preventScroll: true }), []);

  const problem = holdProblem(text);
  const isEdited = text !== original;
  const changed = changedValues(original, text);
  const index = holds.findIndex((one) => one.id === hold.id);
  const show = (step: number): void => {
    const next = holds[(index + step + holds.length) % holds.length];
    if (next !== undefined) chooseHold(next.id);
  };

  return (
    <div
      ref={card}
      role="dialog"
      aria-label={t("Held: {{operation}} of {{to}}", { operation: hold.span.operation, to: to ?? hold.span.service })}
      tabIndex={-1}
      data-quiet-focus
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      className="nodrag nopan nowheel pop absolute z-20 flex flex-col rounded-lg border border-accent-line bg-raised shadow-3 outline-none"
    >
      <header className="flex h-[34px] flex-none items-center gap-2 border-b border-line pr-1.5 pl-3">
        <span className="truncate font-medium">{from ?? actorName(hold)}</span>
        <ArrowRight size={12} className="text-fg-3" />
        <span className="truncate font-medium">{to ?? hold.span.service}</span>
        <Chip tone="accent">{hold.span.operation}</Chip>
        <span className="truncate text-xs text-fg-3" data-selectable>
          {hold.reason === "breakpoint" ? t("breakpoint") : t("trace {{id}}", { id: hold.span.traceId.slice(-7) })}
        </span>
        <span className="ml-auto flex items-center gap-1">
          {isEdited && <Chip tone="throttled">{t("edited")}</Chip>}
          {holds.length > 1 && (
            <>
              <IconButton label={t("Previous held hop")} size={20} onClick={() => show(-1)}>
                <ChevronLeft size={12} />
              </IconButton>
              <span className="text-xs text-fg-3 tabular-nums">
                {index + 1}/{holds.length}
              </span>
              <IconButton label={t("Next held hop")} size={20} onClick={() => show(1)}>
                <ChevronRight size={12} />
              </IconButton>
            </>
          )}
          <IconButton label={t("Hide the message")} size={24} onClick={onHide}>
            <X size={14} />
          </IconButton>
        </span>
      </header>
      <div className="min-h-0 flex-1">
        <CodeField language="json" value={text} onChange={changeHoldText} label={t("Message of the held hop")} />
      </div>
      <footer className="flex h-[34px] flex-none items-center gap-1 border-t border-line pr-1.5 pl-3">
        <span className={`min-w-0 flex-1 truncate text-xs ${problem === null ? "text-fg-3" : "text-error"}`} title={problem ?? undefined}>
          {problem ??
            (isEdited
              ? t("{{count}} values changed, original kept", { count: changed })
              : opened > 0
                ? t("JSON inside text is shown opened, and sent as text again")
                : t("Edit the message, or send it as it is"))}
        </span>
        {isEdited && (
          <Button size="compact" look="quiet" onClick={undoHoldEdit}>
            {t("Undo edit")}
          </Button>
        )}
        <Button size="compact" look="quiet" disabled={problem !== null} onClick={continueOn}>
          {t("Continue")}
        </Button>
        <Button size="compact" look="primary" disabled={problem !== null} onClick={stepOn}>
          {isEdited ? t("Send edited") : t("Send")}
        </Button>
      </footer>
    </div>
  );
}

function actorName(hold: Hold): string {
  const { actor } = hold.span;
  switch (actor.type) {
    case "client":
      return actor.name;
    case "studio":
      return t("Studio");
    case "resource":
      return actor.resource.logicalId ?? actor.resource.name;
    case "runtime":
      return t("Runtime");
  }
}
