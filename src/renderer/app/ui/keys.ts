// Shortcuts are written once as `mod+shift+k` and shown as the platform writes them.
import { perLanguage, t } from "../texts/texts.ts";

const isMac = /mac|iphone|ipad/i.test(navigator.platform);

const macSigns: Record<string, string> = { mod: "⌘", shift: "⇧", alt: "⌥", ctrl: "⌃" };
const otherSigns: Record<string, string> = { mod: "Ctrl", shift: "Shift", alt: "Alt", ctrl: "Ctrl" };
const keySigns = perLanguage((): Record<string, string> => ({
  enter: "↵",
  escape: "Esc",
  backspace: "⌫",
  delete: "Del",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  " ": t("Space"),
}));

/** `mod+shift+k` as people read it: `⌘⇧K` or `Ctrl+Shift+K`. */
export function shortcutText(shortcut: string): string {
  const signs = isMac ? macSigns : otherSigns;
  const parts = shortcut.split("+").map((part) => signs[part] ?? keySigns()[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join(isMac ? "" : "+");
}

/** Whether a key event is this shortcut, modifiers exactly. A lone character such as `?` ignores shift. */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const parts = shortcut.split("+");
  const key = (parts.at(-1) ?? "").toLowerCase();
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key);
  return (
    event.key.toLowerCase() === key &&
    (isMac ? event.metaKey : event.ctrlKey) === parts.includes("mod") &&
    event.altKey === parts.includes("alt") &&
    (isSign || event.shiftKey === parts.includes("shift"))
  );
}
