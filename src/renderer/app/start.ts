// Starts everything that lives as long as the page: theme, connection, stores, commands, shortcuts.
import { connect, on } from "./api.ts";
import { registerInLanguage, runCommand, startShortcuts } from "./commands.ts";
import { fileCommands } from "./commands/fileCommands.ts";
import { runCommands } from "./commands/runCommands.ts";
import { viewCommands } from "./commands/viewCommands.ts";
import { exportCommands } from "../export/exportCommands.ts";
import { followCanvasFile } from "./stores/canvasFile.ts";
import { followDesign } from "./stores/design.ts";
import { designState, followDocuments, isDirty, useDocuments } from "./stores/documents.ts";
import { followDeadLetters } from "../canvas/deadLetters.ts";
import { followLive } from "./stores/live.ts";
import { keepHistory } from "./stores/keptHistory.ts";
import { followProject, projectKey, useProject } from "./stores/project.ts";
import { followRun } from "./stores/run.ts";
import { startTheme } from "./theme/theme.ts";
import { followOpenedDefinition } from "../workflow/definitionFiles.ts";
import { followWorkflowCommands } from "../workflow/workflowCommands.ts";

export function startStudio(): () => void {
  const stops = [
    startTheme(),
    registerInLanguage(() => [...fileCommands(), ...exportCommands(), ...runCommands(), ...viewCommands()]),
    startShortcuts(),
    followDesign(),
    followWorkflowCommands(),
    followOpenedDefinition(),
    followDocuments(),
    followCanvasFile(),
    followRun(),
    followLive(),
    followDeadLetters(),
    followProject(),
    on("command", ({ id }) => void runCommand(id)),
    keepHistory(() => {
      const [project, state] = [projectKey(useProject.getState()), designState()];
      return project === undefined || state === undefined ? undefined : { project, state };
    }),
    warnBeforeLeaving(),
  ];
  connect();
  return () => stops.forEach((stop) => stop());
}

function warnBeforeLeaving(): () => void {
  const onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (Object.values(useDocuments.getState().documents).some(isDirty)) event.preventDefault();
  };
  window.addEventListener("beforeunload", onBeforeUnload);
  return () => window.removeEventListener("beforeunload", onBeforeUnload);
}
