import { useStore } from "@xyflow/react";
import { CirclePlus, Maximize, Minus, Plus } from "lucide-react";
import { IconButton } from "../app/ui/IconButton.tsx";
import type { View } from "./workflowView.ts";
import { t } from "../app/texts/texts.ts";

interface ControlsProps {
  flow: View;
  onFit(): void;
  onAdd: (() => void) | null;
}

export function WorkflowControls({ flow, onFit, onAdd }: ControlsProps) {
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className="absolute top-3 left-3 z-10 flex h-[30px] items-center rounded-lg border border-line-strong bg-raised px-px shadow-2">
      {onAdd !== null && (
        <>
          <IconButton label={t("Add a state")} shortcut="/" onClick={onAdd}>
            <CirclePlus size={14} />
          </IconButton>
          <span className="mx-px h-4 w-px bg-line" />
        </>
      )}
      <IconButton label={t("Zoom out")} shortcut="-" onClick={() => void flow.zoomOut({ duration: 120 })}>
        <Minus size={14} />
      </IconButton>
      <span className="w-[44px] text-center text-xs tabular-nums">{zoom < 1 ? "<1" : zoom} %</span>
      <IconButton label={t("Zoom in")} shortcut="+" onClick={() => void flow.zoomIn({ duration: 120 })}>
        <Plus size={14} />
      </IconButton>
      <IconButton label={t("Fit everything")} shortcut="1" onClick={onFit}>
        <Maximize size={14} />
      </IconButton>
    </div>
  );
}
