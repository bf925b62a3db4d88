import { call } from "../api.ts";
import type { Command } from "../commands.ts";
import { showDialog } from "../stores/dialogs.ts";
import { closeDocument, documentOf, isDirty, openDocument, redo, saveAll, saveDocument, undo, useDocuments } from "../stores/documents.ts";
import { useHistory } from "../stores/history.ts";
import { closeTab, fileTabId, openTab, useLayout } from "../stores/layout.ts";
import { attempt } from "../stores/notices.ts";
import { showWelcome, useProject } from "../stores/project.ts";
import { perLanguage, t } from "../texts/texts.ts";

/** Opens a file in a tab; `beside` shows it to the right of the canvas. */
export async function openFile(path: string, options: { beside?: boolean } = {}): Promise<void> {
  const document = await openDocument(path);
  if (document !== undefined) openTab({ type: "file", id: fileTabId(path), path }, options);
}

/** Closes a tab; asks first when its text is not saved. */
export function closeTabAsking(id: string): void {
  const tab = useLayout.getState().tabs.find((open) => open.id === id);
  if (tab === undefined || tab.type === "canvas") return;
  if (tab.type !== "file" || tab.path === useDocuments.getState().templatePath) {
    closeTab(id);
    return;
  }
  const close = (): void => {
    closeTab(id);
    closeDocument(tab.path);
  };
  if (isDirty(documentOf(tab.path))) showDialog({ type: "unsaved", path: tab.path, next: close });
  else close();
}

export function activeFilePath(): string | null {
  const { tabs, activeTab, splitTab } = useLayout.getState();
  const focused = document.activeElement?.closest("[aria-label='Right half']") === null ? activeTab : splitTab;
  const candidates = [focused, activeTab, splitTab].map((id) => tabs.find((tab) => tab.id === id));
  const file = candidates.find((tab) => tab?.type === "file");
  return file?.type === "file" ? file.path : null;
}

const hasProject = (): boolean => useProject.getState().project !== null;
const hasFile = (): boolean => activeFilePath() !== null;
const isAnyDirty = (): boolean => Object.values(useDocuments.getState().documents).some(isDirty);

export const fileCommands = perLanguage((): readonly Command[] => [
  {
    id: "project.open",
    title: t("Open folder…"),
    group: "Project",
    keywords: ["template", "cdk.out", "asl", "state machine", "import"],
    shortcut: "mod+o",
    worksInText: true,
    run: () => showDialog({ type: "open-folder" }),
  },
  { id: "project.new", title: t("New project…"), group: "Project", run: () => showDialog({ type: "new-project" }) },
  {
    id: "project.welcome",
    title: t("Welcome and examples"),
    group: "Project",
    keywords: ["gallery", "recent", "start", "home", "learn"],
    run: () => showWelcome(!useProject.getState().isWelcomeShown),
  },
  {
    id: "project.parameters",
    title: t("Template parameters…"),
    group: "Project",
    when: hasProject,
    run: () => showDialog({ type: "parameters" }),
  },
  {
    id: "file.save",
    title: t("Save"),
    group: "File",
    shortcut: "mod+s",
    worksInText: true,
    when: hasProject,
    run: () => {
      const path = activeFilePath() ?? useDocuments.getState().templatePath;
      if (path !== null) void saveDocument(path);
    },
  },
  {
    id: "file.saveAll",
    title: t("Save all"),
    group: "File",
    shortcut: "mod+alt+s",
    worksInText: true,
    when: isAnyDirty,
    run: () => void saveAll(),
  },
  {
    id: "file.close",
    title: t("Close tab"),
    group: "File",
    shortcut: "alt+w",
    worksInText: true,
    when: hasFile,
    run: () => closeTabAsking(useLayout.getState().activeTab),
  },
  {
    id: "file.openTemplate",
    title: t("Open the template"),
    group: "File",
    when: hasProject,
    keywords: ["yaml", "text", "source"],
    run: () => {
      const { templatePath } = useDocuments.getState();
      if (templatePath !== null) void openFile(templatePath);
    },
  },
  { id: "edit.undo", title: t("Undo"), group: "Edit", shortcut: "mod+z", when: () => useHistory.getState().past.length > 0, run: undo },
  {
    id: "edit.redo",
    title: t("Redo"),
    group: "Edit",
    shortcut: ["mod+shift+z", "mod+y"],
    when: () => useHistory.getState().future.length > 0,
    run: redo,
  },
]);

/** Writes a new file and opens it. */
export async function createFile(path: string, text: string): Promise<boolean> {
  const made = await attempt(t("Create {{path}}", { path }), () => call("file.create", { path, text }));
  if (made === undefined) return false;
  await openFile(path);
  return true;
}
