// What a person does to a state machine's definition, on the canvas or in a form: each is one step of undo.
import { applyWorkflowCommands, type DefinitionPlace } from "../../model/asl/commands/definitionDocument.ts";
import type { WorkflowCommand } from "../../model/asl/commands/command.ts";
import { applyCommand } from "../../model/design/applyCommand.ts";
import type { DesignCommand } from "../../model/design/design.ts";
import { workflowSource } from "../../model/design/workflows/workflowSource.ts";
import { designContext, useDesign } from "../app/stores/design.ts";
import { documentOf, openDocument, setTextsByCommand } from "../app/stores/documents.ts";
import { localText } from "../app/stores/localTexts.ts";
import { notify } from "../app/stores/notices.ts";
import { t } from "../app/texts/texts.ts";
import { messageOf, tWords } from "../app/texts/words.ts";

/** Says whether it could; if not, a notice has said why. */
export async function changeWorkflow(machine: string, label: string, ...commands: readonly WorkflowCommand[]): Promise<boolean> {
  return await changeWorkflowAndDesign(machine, label, commands, []);
}

/** The same with what the definition then needs of the template: substitutions, policies. */
export async function changeWorkflowAndDesign(
  machine: string,
  label: string,
  commands: readonly WorkflowCommand[],
  designCommands: readonly DesignCommand[],
): Promise<boolean> {
  const { design, document: template } = useDesign.getState();
  const resource = design.resources.find(({ id }) => id === machine);
  if (resource === undefined || template === null) return false;
  const { place, trouble, readOnly } = workflowSource(resource, template, localText);
  if (place === null || readOnly !== null) {
    const refusal = readOnly ?? trouble;
    const detail = refusal !== null ? tWords(refusal) : t("{{machine}} has no definition to write in.", { machine });
    notify({ tone: "error", title: t("{{label}} did not work", { label }), detail });
    return false;
  }
  const document = documentOf(place.file) ?? (await openDocument(place.file));
  if (document === undefined) return false;
  try {
    const changed = designCommands.reduce((before, command) => applyCommand(before, command, designContext()), template);
    const texts = changedTexts(place, document.text, { path: template.path, before: template.text, after: changed.text }, commands);
    if (Object.keys(texts).length > 0) setTextsByCommand(texts, label);
    return true;
  } catch (error) {
    notify({ tone: "error", title: t("{{label}} did not work", { label }), detail: messageOf(error) });
    return false;
  }
}

function changedTexts(
  place: DefinitionPlace,
  text: string,
  template: { readonly path: string; readonly before: string; readonly after: string },
  commands: readonly WorkflowCommand[],
): Readonly<Record<string, string>> {
  const isInTemplate = place.file === template.path;
  // what was typed in this frame counts too
  const base = isInTemplate && template.after !== template.before ? template.after : text;
  const written = applyWorkflowCommands(place, base, commands);
  return {
    ...(template.after === template.before ? {} : { [template.path]: template.after }),
    ...(written === text ? {} : { [place.file]: written }),
  };
}
