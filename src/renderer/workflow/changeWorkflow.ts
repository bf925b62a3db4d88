// What a person does to a state machine's definition, on the canvas or in a form: each is one step of undo.
import { applyWorkflowCommands } from "../../model/asl/commands/definitionDocument.ts";
import type { WorkflowCommand } from "../../model/asl/commands/command.ts";
import { workflowSource } from "../../model/design/workflows/workflowSource.ts";
import { messageOf } from "../app/api.ts";
import { useDesign } from "../app/stores/design.ts";
import { documentOf, openDocument, setTextsByCommand } from "../app/stores/documents.ts";
import { localText } from "../app/stores/localTexts.ts";
import { notify } from "../app/stores/notices.ts";

/** Says whether it could; if not, a notice has said why. */
export async function changeWorkflow(machine: string, label: string, ...commands: readonly WorkflowCommand[]): Promise<boolean> {
  const { design, document: template } = useDesign.getState();
  const resource = design.resources.find(({ id }) => id === machine);
  if (resource === undefined || template === null) return false;
  const { place, trouble } = workflowSource(resource, template, localText);
  if (place === null) {
    notify({ tone: "error", title: `${label} did not work`, detail: trouble ?? `${machine} has no definition to write in.` });
    return false;
  }
  const document = documentOf(place.file) ?? (await openDocument(place.file));
  if (document === undefined) return false;
  try {
    const text = applyWorkflowCommands(place, document.text, commands);
    if (text !== document.text) setTextsByCommand({ [place.file]: text }, label);
    return true;
  } catch (error) {
    notify({ tone: "error", title: `${label} did not work`, detail: messageOf(error) });
    return false;
  }
}
