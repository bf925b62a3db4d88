// Files that are definitions of state machines open as workflows: from the list of files, and when one of them is the whole project.
import { localPath } from "../../model/design/localFiles.ts";
import { stateMachineTypes } from "../../model/design/workflows/workflowSource.ts";
import { useDesign } from "../app/stores/design.ts";
import { projectKey, useProject } from "../app/stores/project.ts";
import { openWorkflow } from "./workflowStore.ts";

/** Logical ID of the machine whose definition the file is; undefined: of none. */
export function machineWrittenIn(path: string): string | undefined {
  return useDesign
    .getState()
    .design.resources.find(
      ({ type, properties }) =>
        stateMachineTypes.has(type) &&
        [properties["DefinitionUri"], properties["DefinitionS3Location"]].some((written) => localPath(written) === path),
    )?.id;
}

const definitionFile = /\.asl\.(?:json|ya?ml)$/i;

/** Who opens a definition wants to see its states, not the one card that the design around it has. */
export function followOpenedDefinition(): () => void {
  let shown: string | undefined;
  const show = (): void => {
    const { project } = useProject.getState();
    const key = projectKey(useProject.getState());
    // a project that is a definition is called by its file
    if (project === null || key === shown) return;
    const machine = definitionFile.test(project.name) ? machineWrittenIn(project.name) : undefined;
    // the design of the one before may still stand
    if (definitionFile.test(project.name) && machine === undefined) return;
    shown = key;
    if (machine !== undefined) openWorkflow(machine);
  };
  return useDesign.subscribe(show);
}
