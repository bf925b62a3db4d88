import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  CopyPlus,
  Group,
  Lock,
  Trash2,
  Wand,
  type LucideIcon,
} from "lucide-react";
import { commandById, isAvailable, runCommand, shortcutOf, useCommands } from "../app/commands.ts";
import { useDesign } from "../app/stores/design.ts";
import { selectResources, useSelection } from "../app/stores/selection.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { shortcutText } from "../app/ui/keys.ts";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { Section } from "../app/ui/Section.tsx";
import { t } from "../app/texts/texts.ts";

type Row = readonly (readonly [command: string, icon: LucideIcon])[];

const arrange: readonly Row[] = [
  [
    ["canvas.alignLeft", AlignStartVertical],
    ["canvas.alignCentre", AlignCenterVertical],
    ["canvas.alignRight", AlignEndVertical],
    ["canvas.alignTop", AlignStartHorizontal],
    ["canvas.alignMiddle", AlignCenterHorizontal],
    ["canvas.alignBottom", AlignEndHorizontal],
  ],
  [
    ["canvas.distributeHorizontally", AlignHorizontalDistributeCenter],
    ["canvas.distributeVertically", AlignVerticalDistributeCenter],
    ["canvas.tidy", Wand],
  ],
];
const change: Row = [
  ["canvas.group", Group],
  ["canvas.duplicate", CopyPlus],
  ["canvas.lock", Lock],
  ["canvas.delete", Trash2],
];

/** Several cards: what can be done with them together. */
export function SeveralInspector({ ids }: { ids: readonly string[] }) {
  const resources = useDesign((state) => state.design.resources);
  const chosen = resources.filter((resource) => ids.includes(resource.id));
  return (
    <div className="min-h-0 flex-1 overflow-auto pb-4">
      <header className="px-3 pt-3 pb-2.5">
        <h2 className="text-lg leading-[18px] font-semibold">{t("{{count}} selected", { count: ids.length })}</h2>
        <p className="mt-1 text-xs text-fg-3">
          {t("Drag one of them to move all; {{shortcutText}} leaves copies.", { shortcutText: shortcutText("alt") })}
        </p>
      </header>
      <Section title={t("Arrange")}>
        {arrange.map((row, index) => (
          <Tools key={index} row={row} />
        ))}
      </Section>
      <Section title={t("Change")}>
        <Tools row={change} />
      </Section>
      {chosen.length > 0 && (
        <Section title={t("Selected")}>
          <ul aria-label={t("Selected")}>
            {chosen.slice(0, 100).map((resource) => (
              <li key={resource.id}>
                <button
                  type="button"
                  onClick={() => selectResources([resource.id], { reveal: true })}
                  className="flex h-7 w-full items-center gap-2 px-3 text-left hover:bg-hover"
                >
                  <ResourceTile type={resource.type} size={20} />
                  <span className="truncate">{resource.id}</span>
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function Tools({ row }: { row: Row }) {
  useCommands();
  useSelection();
  return (
    <div className="flex gap-1 px-3 py-0.5">
      {row.map(([id, Icon]) => {
        const command = commandById(id);
        if (command === undefined) return null;
        const shortcut = shortcutOf(command);
        return (
          <IconButton
            key={id}
            label={command.title}
            {...(shortcut === undefined ? {} : { shortcut })}
            disabled={!isAvailable(command)}
            onClick={() => runCommand(id)}
          >
            <Icon size={16} />
          </IconButton>
        );
      })}
    </div>
  );
}
