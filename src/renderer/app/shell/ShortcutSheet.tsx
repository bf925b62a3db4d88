import { groupTitles, shortcutOf, useCommands, type Command, type CommandGroup } from "../commands.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { t } from "../texts/texts.ts";

const order: readonly CommandGroup[] = ["Project", "File", "Edit", "View", "Run", "Step", "Clock", "Canvas", "Help"];

/** Every command that has a shortcut, by group: written nowhere else. */
export function ShortcutSheet() {
  const commands = useCommands((state) => state.commands);
  const groups = Map.groupBy(
    commands.filter((command) => command.shortcut !== undefined),
    (command) => command.group,
  );
  return (
    <Dialog title={t("Keyboard shortcuts")} isOpen onClose={closeDialog} width={720}>
      {/* a window too low for all of them is scrolled by keyboard */}
      <div tabIndex={0} data-quiet-focus className="columns-2 gap-8 outline-none">
        {order.map((group) => {
          const rows = groups.get(group);
          return rows === undefined ? null : (
            <section key={group} className="mb-3 break-inside-avoid">
              <h3 className="py-1 text-xs font-medium text-fg-3">{groupTitles()[group]}</h3>
              {rows.map((command) => (
                <Row key={command.id} command={command} />
              ))}
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

function Row({ command }: { command: Command }) {
  const shortcut = shortcutOf(command);
  return (
    <div className="flex h-6 items-center gap-3">
      <span className="truncate">{command.title}</span>
      <span className="ml-auto">{shortcut !== undefined && <Kbd shortcut={shortcut} />}</span>
    </div>
  );
}
