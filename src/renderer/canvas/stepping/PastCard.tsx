import { History, X } from "lucide-react";
import type { Box } from "../../../model/design/curve.ts";
import { Chip } from "../../app/ui/Chip.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { SpanDetail } from "../../timeline/SpanDetail.tsx";
import type { Past } from "./hop.ts";
import { lookAtHeld } from "./lookBack.ts";
import { t } from "../../app/texts/texts.ts";

/** An earlier hop as it was: its message, its answer and what it changed. */
export function PastCard({ past, box }: { past: Past; box: Box }) {
  return (
    <div
      role="dialog"
      aria-label={t("Looking back: hop {{index}} of {{count}}", { index: past.index + 1, count: past.hops.length + 1 })}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      className="nodrag nopan nowheel pop absolute z-20 flex flex-col overflow-hidden rounded-lg border border-line-strong bg-raised shadow-3"
    >
      <div className="flex h-[30px] flex-none items-center gap-2 border-b border-line pr-1.5 pl-3">
        <History size={13} className="text-waiting" />
        <Chip tone="waiting">{t("hop {{index}} of {{count}}", { index: past.index + 1, count: past.hops.length + 1 })}</Chip>
        <span className="truncate text-xs text-fg-3">{t("as it was; the held hop waits")}</span>
        <IconButton label={t("To the held hop")} size={20} className="ml-auto" onClick={lookAtHeld}>
          <X size={13} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1">
        <SpanDetail summary={past.span} />
      </div>
    </div>
  );
}
