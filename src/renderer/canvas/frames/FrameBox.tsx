import { NodeResizer, type NodeProps } from "@xyflow/react";
import { Lock } from "lucide-react";
import { memo } from "react";
import { ItemName } from "../groups/ItemName.tsx";
import type { FrameNode } from "../nodes.ts";
import { changeFrame } from "./frameActions.ts";
import { t } from "../../app/texts/texts.ts";

/** A part of the canvas that is shown as one picture when presenting; held by its name. */
export const FrameBox = memo(function FrameBox({ id, data, selected }: NodeProps<FrameNode>) {
  const { frame, number, isLocked } = data;
  return (
    <div data-selected={selected} className="frame-box size-full rounded-sm border">
      <div className="frame-handle pointer-events-auto absolute bottom-full left-0 mb-1 flex h-6 max-w-full cursor-grab items-center gap-1.5 rounded-sm px-1 text-md text-fg-2">
        <span className="text-fg-3 tabular-nums">{number}</span>
        <ItemName
          id={id}
          name={frame.name}
          of="frame"
          onRename={(name) => changeFrame(id, { name }, t("Name a frame {{name}}", { name }))}
        />
        {isLocked && <Lock size={12} />}
      </div>
      {selected && !isLocked && (
        <NodeResizer
          minWidth={200}
          minHeight={120}
          color="var(--accent)"
          handleClassName="frame-corner pointer-events-auto"
          lineClassName="pointer-events-auto"
          onResizeEnd={(_event, { x, y, width, height }) =>
            changeFrame(
              id,
              { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) },
              t("Resize a frame"),
            )
          }
        />
      )}
    </div>
  );
});
