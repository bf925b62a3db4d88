import type { NodeProps } from "@xyflow/react";
import { ChevronDown, Lock } from "lucide-react";
import { memo } from "react";
import { classes } from "../../app/ui/classes.ts";
import { useDragView } from "../dragging/dragging.ts";
import type { GroupNode } from "../nodes.ts";
import { renameGroup, toggleGroup } from "./groupActions.ts";
import { ItemName } from "./ItemName.tsx";
import { t } from "../../app/texts/texts.ts";

/** An open group: a ground in its colour behind its members, held by its name. */
export const GroupBox = memo(function GroupBox({ id, data, selected }: NodeProps<GroupNode>) {
  const { group, isLocked } = data;
  const isJoined = useDragView((state) => state.joins === id);
  return (
    <div data-hue={group.colour} data-selected={selected} data-joined={isJoined} className="group-box size-full rounded-xl border">
      <div className="group-handle pointer-events-auto flex h-[30px] w-fit max-w-full cursor-grab items-center gap-1 rounded-t-xl pr-2 pl-1.5 text-md font-semibold">
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("Collapse {{name}}", { name: group.name })}
          onClick={() => toggleGroup(id)}
          className="nodrag grid size-5 flex-none place-items-center rounded-sm hover:bg-hover"
        >
          <ChevronDown size={14} />
        </button>
        <ItemName id={id} name={group.name} of="group" onRename={(name) => renameGroup(id, name)} />
        {isLocked && <Lock size={12} className={classes("flex-none")} />}
      </div>
    </div>
  );
});
