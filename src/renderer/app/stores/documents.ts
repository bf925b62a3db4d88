// Open files as text. The template is one of them; its design is derived in design.ts. What is on disk is never
// overwritten unseen: a write carries the version it is based on. A change from outside is merged with unsaved text, or
// shown as a conflict where both changed the same lines.
import { create } from "zustand";
import { StudioError, type Project, type ProjectFile } from "../../../model/studioApi.ts";
import { mergeTexts } from "../../editors/mergeTexts.ts";
import { call, on } from "../api.ts";
import { setCanvas, useCanvasFile } from "./canvasFile.ts";
import { filesUntil, recordChange, relabelLastStep, travelTo, useHistory, type ChangeOrigin, type DesignState } from "./history.ts";
import { attempt, notify } from "./notices.ts";
import { t } from "../texts/texts.ts";
import { messageOf } from "../texts/words.ts";

export interface OpenDocument {
  readonly path: string;
  readonly text: string;
  /** As on disk when it was last read or written by us. */
  readonly savedText: string;
  /** null: not on disk (removed behind our back). */
  readonly version: string | null;
  /** What is on disk cannot be shown as text; `text` is the last that could, or empty. Never saved. */
  readonly isBinary: boolean;
  /** What stands on disk instead, while our text has unsaved changes. */
  readonly conflict: ProjectFile | null;
}

export interface Documents {
  documents: Readonly<Record<string, OpenDocument>>;
  templatePath: string | null;
}

export const useDocuments = create<Documents>(() => ({ documents: {}, templatePath: null }));

/** Texts on their way to disk. */
const writing = new Map<string, string>();
/** The last write of each file that has not ended: the next one is based on what it leaves. */
const saving = new Map<string, Promise<boolean>>();
/** Files with typed text that nobody has asked to save; what commands change is saved at once. */
const typed = new Set<string>();
/** Files besides the template whose changes are steps of the common undo. */
const undoable = new Set<string>();

/** Closing it would lose something. */
export function isDirty(document: OpenDocument | undefined): boolean {
  return document !== undefined && (document.text !== document.savedText || (document.version === null && document.text !== ""));
}

export function documentOf(path: string): OpenDocument | undefined {
  return useDocuments.getState().documents[path];
}

export function closeAllDocuments(): void {
  undoable.clear();
  useDocuments.setState({ documents: {}, templatePath: null });
}

/** The project's template is always open. After a reconnect our unsaved text stays and shows as a conflict if need be. */
export function adoptTemplate(file: Project["template"], isReconnect: boolean): void {
  useDocuments.setState({ templatePath: file.path });
  const { version } = file;
  if (!isReconnect || documentOf(file.path) === undefined) put(fromFile(file));
  else if (version === null) update(file.path, { version: null, conflict: null });
  else mergeFromDisk({ ...file, version });
}

/** Reads a file unless it is open already. */
export async function openDocument(path: string): Promise<OpenDocument | undefined> {
  const open = documentOf(path);
  if (open !== undefined) return open;
  return attempt(t("Open {{path}}", { path }), async () => {
    const read = fromFile(await call("file.read", { path }));
    // asked for twice at once, it may be open and changed by now
    const document = documentOf(path) ?? read;
    if (document === read) put(document);
    return document;
  });
}

/** Forgets a file, unsaved changes included: ask first. The template stays open. */
export function closeDocument(path: string): void {
  useDocuments.setState(({ documents, templatePath }) => {
    if (path === templatePath) return {};
    const { [path]: _closed, ...rest } = documents;
    return { documents: rest };
  });
}

/** Puts the text back to what is on disk. */
export function revertDocument(path: string): void {
  const document = documentOf(path);
  if (document !== undefined && document.version !== null && isDirty(document)) setText(path, document.savedText);
}

/** Typing in an editor: kept in memory until it is saved. */
export function setText(path: string, text: string): void {
  typed.add(path);
  change(path, text, t("Typing"), "text");
}

/** A change by a named command (canvas, form): saved at once, unless typed text was waiting to be saved anyway. */
export function setTextByCommand(path: string, text: string, label: string): void {
  const waits = hasTypedText(path);
  change(path, text, label, "canvas");
  if (!waits) void saveDocument(path);
}

/** The last command done otherwise, from where it began: still one undoable step. */
export function replaceLastCommand(path: string, text: string, label: string): void {
  const waits = hasTypedText(path);
  relabelLastStep(label);
  update(path, { text });
  if (!waits) void saveDocument(path);
}

/** A change of several files by one named command, as one undoable step. */
export function setTextsByCommand(texts: Readonly<Record<string, string>>, label: string): void {
  const state = designState();
  if (state === undefined) return;
  const { templatePath } = useDocuments.getState();
  const paths = Object.keys(texts);
  for (const path of paths) if (path !== templatePath) undoable.add(path);
  recordChange(label, "canvas", { ...state, files: textsOf(paths.filter((path) => path !== templatePath)) });
  for (const [path, text] of Object.entries(texts)) {
    const waits = hasTypedText(path);
    update(path, { text });
    if (!waits) void saveDocument(path);
  }
}

/** From now on what is typed in this file is undone with everything else. */
export function shareUndo(path: string): void {
  undoable.add(path);
}

/** Moves cards or changes notes as one undoable step; `before` where undo leads, when that is more than was saved. */
export function changeCanvas(label: string, canvas: DesignState["canvas"], before?: DesignState["canvas"], gesture?: string): void {
  const state = designState();
  if (state === undefined) return;
  recordChange(label, "canvas", before === undefined ? state : { ...state, canvas: before }, gesture);
  setCanvas(canvas);
}

export function undo(): void {
  void travel((done) => done - 1);
}

export function redo(): void {
  void travel((done) => done + 1);
}

/** Goes to where so many steps are done, by undoing or doing again what lies between. */
export async function goToStep(count: number): Promise<void> {
  await travel(() => count);
}

export function saveDocument(path: string): Promise<boolean> {
  const before = saving.get(path) ?? Promise.resolve(true);
  const own = before.then(() => writeDocument(path));
  saving.set(path, own);
  return own.finally(() => {
    if (saving.get(path) === own) saving.delete(path);
  });
}

function hasTypedText(path: string): boolean {
  return typed.has(path) && isDirty(documentOf(path));
}

async function writeDocument(path: string): Promise<boolean> {
  const document = documentOf(path);
  if (document === undefined || !isDirty(document)) return true;
  if (document.isBinary) {
    notify({
      tone: "error",
      title: t("{{path}} is not saved", { path }),
      detail: t("What is on disk now cannot be read as text; it is left as it is."),
    });
    return false;
  }
  const { text } = document;
  writing.set(path, text);
  try {
    const { version } = await call("file.write", { path, text, baseVersion: document.version });
    update(path, { savedText: text, version, conflict: null });
    if (!isDirty(documentOf(path))) typed.delete(path);
    return true;
  } catch (error) {
    if (error instanceof StudioError && error.code === "conflict") return await mergeAndSave(path);
    notify({ tone: "error", title: t("{{path}} is not saved", { path }), detail: messageOf(error) });
    return false;
  } finally {
    writing.delete(path);
  }
}

/** What commands changed while no server answered; typed text waits for the person as ever. */
export function saveCommanded(): void {
  for (const { path, conflict } of Object.values(useDocuments.getState().documents))
    if (conflict === null && !typed.has(path) && isDirty(documentOf(path))) void saveDocument(path);
}

export async function saveAll(): Promise<void> {
  for (const document of Object.values(useDocuments.getState().documents)) {
    if (isDirty(document)) await saveDocument(document.path);
  }
}

/** mine: our text replaces the one on disk · theirs: the one on disk replaces ours (undo brings ours back). */
export async function resolveConflict(path: string, keep: "mine" | "theirs"): Promise<void> {
  const document = documentOf(path);
  if (document === undefined || document.conflict === null) return;
  const { conflict } = document;
  if (keep === "theirs") change(path, conflict.text, t("Take the text on disk"), "disk");
  update(path, { savedText: conflict.text, version: conflict.version, conflict: null });
  if (keep === "mine") await saveDocument(path);
}

export function followDocuments(): () => void {
  return on("files.changed", (changes) => {
    for (const { path, version } of changes) {
      const document = documentOf(path);
      if (document === undefined || document.version === version) continue;
      if (version === null) update(path, { version: null, conflict: null });
      else void attempt(t("Read {{path}} again", { path }), async () => mergeFromDisk(await call("file.read", { path })));
    }
  });
}

/** A file was renamed by us: its open text moves along. */
export function retargetDocument(path: string, newPath: string): void {
  useDocuments.setState(({ documents }) => {
    const { [path]: moved, ...rest } = documents;
    return moved === undefined ? {} : { documents: { ...rest, [newPath]: { ...moved, path: newPath } } };
  });
}

/** The file on disk is not the one that we read: what both changed is merged and saved, or shown as a conflict. */
async function mergeAndSave(path: string): Promise<boolean> {
  const read = await attempt(t("Read {{path}} again", { path }), () => call("file.read", { path }));
  if (read === undefined) {
    update(path, { version: null, conflict: null });
    return false;
  }
  mergeFromDisk(read, true);
  const document = documentOf(path);
  if (document === undefined || document.conflict !== null || document.isBinary) return false;
  writing.delete(path);
  return await writeDocument(path);
}

function mergeFromDisk(file: ProjectFile, isBeingSaved = false): void {
  const document = documentOf(file.path);
  if (document === undefined || (file.version === document.version && file.isBinary === document.isBinary)) return;
  if (file.isBinary) {
    update(file.path, { isBinary: true, version: file.version, conflict: null });
    return;
  }
  if (document.isBinary) update(file.path, { isBinary: false });
  // The news of our own write may come before its answer, while the person types on.
  if (file.text === document.text || file.text === writing.get(file.path))
    update(file.path, { savedText: file.text, version: file.version, conflict: null });
  else if (document.text === document.savedText) {
    change(file.path, file.text, t("Change on disk"), "disk");
    update(file.path, { savedText: file.text, version: file.version, conflict: null });
  } else if (file.text === document.savedText) update(file.path, { version: file.version, conflict: null });
  else mergeUnsaved(document, file, isBeingSaved);
}

function mergeUnsaved(document: OpenDocument, file: ProjectFile, isBeingSaved: boolean): void {
  const merged = mergeTexts(document.savedText, document.text, file.text);
  if (merged !== null) {
    change(file.path, merged, t("Merge with the change on disk"), "disk");
    update(file.path, { savedText: file.text, version: file.version, conflict: null });
    notify({
      tone: "info",
      title: t("{{path}}: another program's changes are merged with yours", { path: file.path }),
      ...(isBeingSaved ? {} : { detail: t("Yours are not saved yet.") }),
    });
    return;
  }
  if (document.conflict === null)
    notify({
      tone: "error",
      title: t("{{path}} was changed by another program", { path: file.path }),
      detail: t("It changed lines that you changed too. Yours are kept here, not saved: choose at the top of its tab."),
    });
  update(file.path, { conflict: file });
}

function change(path: string, text: string, label: string, origin: ChangeOrigin): void {
  const document = documentOf(path);
  if (document === undefined || document.text === text) return;
  if (path === useDocuments.getState().templatePath) {
    recordChange(label, origin, { text: document.text, canvas: useCanvasFile.getState().canvas });
  } else if (undoable.has(path)) {
    const state = designState();
    if (state !== undefined) recordChange(label, origin, { ...state, files: { [path]: document.text } });
  }
  update(path, { text });
}

async function travel(target: (done: number) => number): Promise<void> {
  const wanted = (): number => {
    const { past, future } = useHistory.getState();
    return Math.max(0, Math.min(target(past.length), past.length + future.length));
  };
  // files that were closed since are read again; their tabs stay closed
  const closed = filesUntil(wanted()).filter((path) => documentOf(path) === undefined);
  if (closed.length > 0) await Promise.all(closed.map(openDocument));
  const { templatePath } = useDocuments.getState();
  const now = designState();
  if (templatePath === null || now === undefined) return;
  const count = wanted();
  if (count === useHistory.getState().past.length) return;
  const { state, isOfCommands } = travelTo(count, { ...now, files: textsOf(filesUntil(count)) });
  if (state.canvas !== now.canvas) setCanvas(state.canvas);
  for (const [path, text] of Object.entries({ ...state.files, [templatePath]: state.text })) {
    const waits = hasTypedText(path);
    update(path, { text });
    if (!waits && isOfCommands) void saveDocument(path);
  }
  for (const listener of travelListeners) listener();
}

const travelListeners = new Set<() => void>();

/** Told when undo or redo has put everything where it was. */
export function onTravelled(listener: () => void): () => void {
  travelListeners.add(listener);
  return () => travelListeners.delete(listener);
}

function textsOf(paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    paths.flatMap((path) => [[path, documentOf(path)?.text]]).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The template and the canvas as they are now; undefined: no project is open. */
export function designState(): DesignState | undefined {
  const { templatePath, documents } = useDocuments.getState();
  const template = templatePath === null ? undefined : documents[templatePath];
  return template === undefined ? undefined : { text: template.text, canvas: useCanvasFile.getState().canvas };
}

function fromFile(file: Project["template"]): OpenDocument {
  return { path: file.path, text: file.text, savedText: file.text, version: file.version, isBinary: file.isBinary, conflict: null };
}

function put(document: OpenDocument): void {
  useDocuments.setState(({ documents }) => ({ documents: { ...documents, [document.path]: document } }));
}

function update(path: string, change: Partial<OpenDocument>): void {
  const document = documentOf(path);
  if (document !== undefined) put({ ...document, ...change });
}
