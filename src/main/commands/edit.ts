import { text as textOf } from "node:stream/consumers";
import { applyCommand } from "../../model/design/applyCommand.ts";
import { CommandError } from "../../model/design/commandError.ts";
import { legalTargets } from "../../model/design/connectable.ts";
import { deriveDesign } from "../../model/design/derive.ts";
import type { DesignCommand } from "../../model/design/design.ts";
import type { DesignContext } from "../../model/design/view.ts";
import { isJsonObject } from "../../model/json.ts";
import type { TemplateDocument } from "../../model/template/document.ts";
import { versionOf, whyNotText } from "../project/files.ts";
import { readProjectTemplate, writeProjectTemplate } from "../project/locate.ts";
import { parseEditCommands } from "./editCommands.ts";
import { unifiedDiff } from "./lineDiff.ts";
import { loadTemplate, tell, type TemplateOptions } from "./loadTemplate.ts";
import { english, words } from "../../model/words.ts";

interface EditOptions extends TemplateOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
}

/** Does commands of the Studio to a template file: all of them in one write, or none. */
export async function edit(target: string, written: string, options: EditOptions): Promise<void> {
  try {
    await editFile(target, written === "-" ? await textOf(process.stdin) : written, options);
  } catch (error) {
    if (options.json !== true) throw error;
    process.stdout.write(`${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`);
    process.exitCode = 1;
  }
}

async function editFile(target: string, written: string, options: EditOptions): Promise<void> {
  const commands = parseEditCommands(written).flatMap(flat);
  const { location, document, context } = await loadTemplate(target, options);
  const broken = document.problems.filter((problem) => problem.severity === "error");
  if (broken.length > 0) {
    tell(broken);
    throw new Error(`${document.path} does not parse, so it stays as it is.`);
  }
  const file = await readProjectTemplate(location);
  if (file.isBinary) throw new Error(`${english(whyNotText(file))} It stays as it is.`);
  const changed = commands.reduce(
    (before, command, index) => applied(before, command, context, commands.length > 1 ? index + 1 : null),
    document,
  );
  if (options.dryRun !== true && changed.text !== document.text)
    await writeProjectTemplate(location, changed.text, versionOf(Buffer.from(document.text)));
  const diff = unifiedDiff(document.text, changed.text, document.path);
  if (options.json === true)
    process.stdout.write(
      `${JSON.stringify({ file: document.path, isChanged: diff !== "", isWritten: diff !== "" && options.dryRun !== true, diff })}\n`,
    );
  else console.log(diff === "" ? `${document.path} is that way already.` : diff);
}

function flat(command: DesignCommand): DesignCommand[] {
  return command.type === "several" ? command.commands.flatMap(flat) : [command];
}

/** `number`: which of several it is. */
function applied(document: TemplateDocument, command: DesignCommand, context: DesignContext, number: number | null): TemplateDocument {
  try {
    refuseUnknown(document, command, context);
    return applyCommand(document, command, context);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const which = number === null ? "" : `Command ${number}: `;
    throw new Error(`${which}${error.message}${hint(document, command, context)}`, { cause: error });
  }
}

/** Nobody sees what is there, as in the Studio: a name that is nowhere is a slip, not something that is gone already. */
function refuseUnknown(document: TemplateDocument, command: DesignCommand, context: DesignContext): void {
  const named = command.type === "remove" ? command.ids : command.type === "rename" || command.type === "setProperty" ? [command.id] : [];
  const resources = document.value["Resources"];
  const isWritten = (id: string): boolean => isJsonObject(resources) && Object.hasOwn(resources, id);
  const unknown = named.find((id) => !isWritten(id) && !deriveDesign(document, context).resources.some((resource) => resource.id === id));
  if (unknown !== undefined) throw new CommandError(words("There is no resource {{id}}.", { id: unknown }));
}

/** What would have done, for names that cannot be guessed. */
function hint(document: TemplateDocument, command: DesignCommand, context: DesignContext): string {
  const design = deriveDesign(document, context);
  if (command.type === "connect") {
    const rules = legalTargets(design, command.from, context).find((each) => each.id === command.to)?.rules ?? [];
    return rules.length === 0 || rules.some((rule) => rule.id === command.rule)
      ? ""
      : ` Rules for these two: ${rules.map((rule) => `${rule.id} (${rule.meaning})`).join(", ")}.`;
  }
  if (command.type === "disconnect" && !design.connections.some((each) => each.id === command.connection))
    return ` Connections are ${design.connections.map((each) => each.id).join(", ") || "none"}.`;
  return "";
}
