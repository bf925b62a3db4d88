import { runCommand, shortcutOf, useCommands } from "../commands.ts";
import { Button, type ButtonProps } from "../ui/Button.tsx";
import { Tooltip } from "../ui/Tooltip.tsx";

/** A button that runs a command and takes tooltip and shortcut from it. */
export function CommandButton({ command: id, ...rest }: Omit<ButtonProps, "onClick"> & { command: string }) {
  const command = useCommands((state) => state.commands.find((one) => one.id === id));
  return (
    <Tooltip text={command?.title ?? id} shortcut={shortcutOf(command)}>
      <Button {...rest} onClick={() => runCommand(id)} />
    </Tooltip>
  );
}
