// A command is one object: what menus, palette, shortcuts and buttons run. Each list in commands/ is one group.
import { create } from "zustand";
import { perLanguage, t, useLanguage } from "./texts/texts.ts";
import { matchesShortcut } from "./ui/keys.ts";

export interface Command {
  /** Stable: `file.save`; the desktop menu asks for it by this name. */
  readonly id: string;
  readonly title: string;
  /** Heading in the palette and the shortcut sheet. */
  readonly group: CommandGroup;
  /** `mod+s`; several: the first is shown. */
  readonly shortcut?: string | readonly string[];
  /** The browser itself tells of it (copy and paste), so that no key is caught for it. */
  readonly isNative?: boolean;
  /** Works while typing in a text field or editor too. */
  readonly worksInText?: boolean;
  /** Absent: always. */
  readonly when?: () => boolean;
  readonly run: () => void;
  /** Further words that find it in the palette. */
  readonly keywords?: readonly string[];
}

export type CommandGroup = "Project" | "File" | "Edit" | "View" | "Run" | "Step" | "Canvas" | "Clock" | "Help";

export const groupTitles = perLanguage((): Readonly<Record<CommandGroup, string>> => ({
  Project: t("Project"),
  File: t("File"),
  Edit: t("Edit"),
  View: t("View"),
  Run: t("Run"),
  Step: t("Step"),
  Canvas: t("Canvas"),
  Clock: t("Clock"),
  Help: t("Help"),
}));

export const useCommands = create<{ commands: readonly Command[] }>(() => ({ commands: [] }));

/** Adds commands for as long as their part of the Studio is there; returns how to take them away. */
export function registerCommands(commands: readonly Command[]): () => void {
  const ids = new Set(commands.map((command) => command.id));
  useCommands.setState((state) => ({ commands: [...state.commands.filter((one) => !ids.has(one.id)), ...commands] }));
  return () => useCommands.setState((state) => ({ commands: state.commands.filter((one) => !commands.includes(one)) }));
}

/** Adds commands that are there all the time; in another language they come again with its titles. */
export function registerInLanguage(commands: () => readonly Command[]): () => void {
  let remove = registerCommands(commands());
  const stop = useLanguage.subscribe(() => {
    remove();
    remove = registerCommands(commands());
  });
  return () => {
    stop();
    remove();
  };
}

export function commandById(id: string): Command | undefined {
  return useCommands.getState().commands.find((command) => command.id === id);
}

export function isAvailable(command: Command): boolean {
  return command.when === undefined || command.when();
}

/** Runs a command by id if it may run now; says whether it did. */
export function runCommand(id: string): boolean {
  const command = commandById(id);
  if (command === undefined || !isAvailable(command)) return false;
  command.run();
  return true;
}

export function shortcutOf(command: Command | undefined): string | undefined {
  const shortcut = command?.shortcut;
  return typeof shortcut === "string" || shortcut === undefined ? shortcut : shortcut[0];
}

/** Listens to the whole window; returns how to stop. */
export function startShortcuts(): () => void {
  // editors have function keys of their own, which would hide those of stepping
  const onFunctionKey = (event: KeyboardEvent): void => {
    if (/^F\d+$/.test(event.key)) onKeyDown(event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const isTyping = isTextTarget(event.target);
    const command = useCommands
      .getState()
      .commands.find(
        (one) =>
          shortcutsOf(one).some((shortcut) => matchesShortcut(event, shortcut)) &&
          one.isNative !== true &&
          (!isTyping || one.worksInText === true) &&
          isAvailable(one),
      );
    if (command === undefined) return;
    event.preventDefault();
    if (event.eventPhase === Event.CAPTURING_PHASE) event.stopPropagation();
    command.run();
  };
  window.addEventListener("keydown", onFunctionKey, { capture: true });
  window.addEventListener("keydown", onKeyDown);
  return () => {
    window.removeEventListener("keydown", onFunctionKey, { capture: true });
    window.removeEventListener("keydown", onKeyDown);
  };
}

function shortcutsOf(command: Command): readonly string[] {
  if (command.shortcut === undefined) return [];
  return typeof command.shortcut === "string" ? [command.shortcut] : command.shortcut;
}

export function isTextTarget(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest(".monaco-editor") !== null)
  );
}
