// The open project and the session around it: who we are connected to, what could be opened instead.
import { create } from "zustand";
import { StudioError, type Project, type Session, type StudioInput } from "../../../model/studioApi.ts";
import { call, on, onConnection, type ConnectionState } from "../api.ts";
import { adoptCanvas } from "./canvasFile.ts";
import { showDialog } from "./dialogs.ts";
import { adoptTemplate, closeAllDocuments, designState, saveCommanded } from "./documents.ts";
import { clearHistory } from "./history.ts";
import { restoreHistory } from "./keptHistory.ts";
import { resetTabs } from "./layout.ts";
import { forgetLocalTexts } from "./localTexts.ts";
import { clearLive, setClock, setDebugger } from "./live.ts";
import { attempt } from "./notices.ts";
import { adoptRun } from "./run.ts";
import { clearSelection } from "./selection.ts";
import { t } from "../texts/texts.ts";

export interface ProjectState {
  connection: ConnectionState;
  /** null until the server has answered for the first time. */
  session: Session | null;
  project: Project | null;
  /** What is being opened, for the progress line. */
  opening: string | null;
  /** The welcome screen stands before the open project. */
  isWelcomeShown: boolean;
}

export const useProject = create<ProjectState>(() => ({
  connection: "connecting",
  session: null,
  project: null,
  opening: null,
  isWelcomeShown: false,
}));

export function showWelcome(isWelcomeShown: boolean): void {
  useProject.setState({ isWelcomeShown });
}

/** Tells projects apart: a folder may have several templates. */
export function projectKey({ project }: ProjectState): string | undefined {
  return project === null ? undefined : `${project.directory}/${project.templatePath}`;
}

/** Asks for the session at each new connection and follows the project; returns how to stop. */
export function followProject(): () => void {
  const stops = [
    onConnection((connection) => {
      useProject.setState({ connection });
      if (connection === "open") void openSession();
    }),
    on("project.opened", adoptProject),
    on("files.changed", (changes) => {
      useProject.setState(({ project }) => {
        if (project === null) return {};
        const files = new Map(project.files.map((file) => [file.path, file]));
        let isSame = true;
        for (const change of changes) {
          if (change.version === null) isSame = !removeWithChildren(files, change.path) && isSame;
          else if (!files.has(change.path)) {
            files.set(change.path, { path: change.path, isDirectory: false, bytes: 0 });
            isSame = false;
          }
        }
        // most of it is what was just saved: nothing that follows the list of files need be worked out again
        if (isSame) return {};
        return { project: { ...project, files: [...files.values()] } };
      });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

export async function openProject(path: string): Promise<void> {
  await opening(path, () => call("project.open", { path }));
}

export async function openExample(example: string): Promise<void> {
  await opening(example, () => call("project.openExample", { example }));
}

export async function createProject(input: StudioInput<"project.create">): Promise<void> {
  await opening(input.name, () => call("project.create", input));
}

export async function setParameters(parameters: Readonly<Record<string, string>>): Promise<void> {
  await attempt(t("Set parameters"), async () => {
    const settings = await call("project.setParameters", { parameters: { ...parameters } });
    useProject.setState(({ project }) => ({ project: project === null ? null : { ...project, ...settings } }));
  });
}

async function openSession(): Promise<void> {
  await attempt(t("Connect to the Studio server"), async () => {
    const session = await call("session.open", {});
    useProject.setState({ session });
    if (session.project !== null) adoptProject(session.project);
    saveCommanded();
    adoptRun(session.run);
    setClock(session.clock);
    setDebugger(session.debugger);
  });
}

async function opening(what: string, work: () => Promise<Project>): Promise<void> {
  useProject.setState({ opening: what });
  const project = await attempt(t("Open {{what}}", { what }), () => work().catch((error: unknown) => chooseAmong(what, error)));
  useProject.setState({ opening: null });
  if (project === undefined) return;
  adoptProject(project);
  showWelcome(false);
}

/** A CDK app may have several stacks: then the person says which. */
function chooseAmong(path: string, error: unknown): undefined {
  if (!(error instanceof StudioError) || error.code !== "several-stacks") throw error;
  showDialog({ type: "choose-stack", path });
  return undefined;
}

/** The same project again (a reconnect, files added) keeps what is open and unsaved; another one starts afresh. */
function adoptProject(project: Project): void {
  const { project: before } = useProject.getState();
  const isSame = before !== null && before.directory === project.directory && before.templatePath === project.templatePath;
  if (!isSame) {
    closeAllDocuments();
    forgetLocalTexts();
    clearHistory();
    clearSelection();
    clearLive();
    resetTabs();
    adoptCanvas(project.canvas, project.canvasProblem);
  }
  useProject.setState({ project });
  adoptTemplate(project.template, isSame);
  const state = designState();
  const key = projectKey(useProject.getState());
  if (!isSame && state !== undefined && key !== undefined) restoreHistory(key, state);
  document.title = `${project.name} · Contrail`;
}

/** Whether there was anything to remove. */
function removeWithChildren(files: Map<string, Project["files"][number]>, path: string): boolean {
  const gone = [...files.keys()].filter((known) => known === path || known.startsWith(`${path}/`));
  for (const known of gone) files.delete(known);
  return gone.length > 0;
}
