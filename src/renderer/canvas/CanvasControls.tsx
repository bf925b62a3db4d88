import { useStore } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { DropdownMenu } from "../app/ui/Menu.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { fit, zoomBy, zoomTo } from "./canvasView.ts";
import { t } from "../app/texts/texts.ts";

export function CanvasControls() {
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div
      data-chrome
      className="absolute top-3 left-3 z-10 flex h-[30px] items-center rounded-lg border border-line-strong bg-raised px-px shadow-2"
    >
      <IconButton label={t("Zoom out")} shortcut="-" onClick={() => zoomBy(1 / 1.25)}>
        <Minus size={14} />
      </IconButton>
      <DropdownMenu
        items={[0.5, 0.75, 1, 1.5, 2].map((level) => ({
          type: "action",
          id: String(level),
          title: `${level * 100} %`,
          run: () => zoomTo(level),
        }))}
      >
        <button
          type="button"
          aria-label={t("Zoom, {{zoom}} %", { zoom })}
          className="h-6 w-[44px] rounded-sm text-center text-xs tabular-nums hover:bg-hover"
        >
          {zoom} %
        </button>
      </DropdownMenu>
      <IconButton label={t("Zoom in")} shortcut="+" onClick={() => zoomBy(1.25)}>
        <Plus size={14} />
      </IconButton>
      <IconButton label={t("Fit everything")} shortcut="1" onClick={() => fit()}>
        <Maximize size={14} />
      </IconButton>
    </div>
  );
}
