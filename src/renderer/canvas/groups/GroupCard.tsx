import { Handle, Position, type NodeProps } from "@xyflow/react";
import { ChevronRight, Lock } from "lucide-react";
import { memo } from "react";
import { card } from "../../../model/design/cardSize.ts";
import { useDesign } from "../../app/stores/design.ts";
import { ResourceTile } from "../../app/ui/ResourceIcon.tsx";
import { useViewing } from "../views/viewing.ts";
import { useHovering } from "../hovering.ts";
import type { GroupCardNode } from "../nodes.ts";
import { renameGroup, toggleGroup } from "./groupActions.ts";
import { ItemName } from "./ItemName.tsx";
import { t } from "../../app/texts/texts.ts";
import { subtitleOf } from "../../app/texts/words.ts";

const maxTiles = 6;
const sides = [
  ["left", Position.Left],
  ["right", Position.Right],
  ["top", Position.Top],
  ["bottom", Position.Bottom],
] as const;

/** A collapsed group: one card with what is in it. */
export const GroupCard = memo(function GroupCard({ id, data, selected, height }: NodeProps<GroupCardNode>) {
  const { group, usedHandles, isLocked } = data;
  const isOffPath = useViewing(({ path }) => path !== null && !group.members.some((member) => path.found.cards.has(member)));
  const isFar = useHovering((state) => state.id !== null && !state.near.has(id)) || isOffPath;
  const resources = useDesign((state) => state.design.resources);
  const types = [...new Set(resources.filter((resource) => group.members.includes(resource.id)).map(({ type }) => type))];
  return (
    <div
      data-hue={group.colour}
      data-selected={selected}
      data-dimmed={isFar}
      style={{ width: card.width, height }}
      className="card group-card relative flex flex-col rounded-[10px] border bg-card text-sm shadow-2"
      onDoubleClick={() => toggleGroup(id)}
    >
      <div style={{ height: card.headerHeight - 1 }} className="card-header flex flex-none items-center gap-1.5 pr-2.5 pl-1.5">
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("Open {{name}}", { name: group.name })}
          onClick={() => toggleGroup(id)}
          className="nodrag grid size-6 flex-none place-items-center rounded-sm hover:bg-hover"
        >
          <ChevronRight size={15} />
        </button>
        <div className="min-w-0 flex-1">
          <div className="card-title text-md font-semibold tracking-[-0.01em]">
            <ItemName id={id} name={group.name} of="group" onRename={(name) => renameGroup(id, name)} />
          </div>
          <div className="card-subtitle truncate text-xs leading-[15px] text-fg-3">{subtitleOf(data.resource)}</div>
        </div>
        {isLocked && <Lock size={12} className="flex-none text-fg-3" />}
      </div>
      <div className="card-footer mt-auto flex h-[27px] flex-none items-center gap-1 overflow-hidden rounded-b-[9px] border-t border-line bg-card-foot px-2.5 text-xs text-fg-2">
        {types.slice(0, maxTiles).map((type) => (
          <ResourceTile key={type} type={type} size={20} />
        ))}
        {types.length > maxTiles && <span>+{types.length - maxTiles}</span>}
      </div>
      {sides.map(([side, position]) => (
        <Handle
          key={side}
          id={side}
          type="source"
          position={position}
          isConnectable={false}
          data-used={usedHandles.includes(side)}
          className="port"
          aria-hidden
        />
      ))}
    </div>
  );
});
