import { classes } from "./classes.ts";
import { shortcutText } from "./keys.ts";

/** A key cap: `<Kbd shortcut="mod+k" />`. */
export function Kbd({ shortcut, onAccent = false }: { shortcut: string; onAccent?: boolean }) {
  return (
    <kbd
      className={classes(
        "inline-block min-w-[18px] rounded-sm border px-1 text-center font-sans text-2xs leading-4 font-medium whitespace-nowrap",
        onAccent ? "border-transparent bg-[rgb(0_0_0/.16)] text-on-accent" : "border-line-strong bg-panel text-fg-3",
      )}
    >
      {shortcutText(shortcut)}
    </kbd>
  );
}
