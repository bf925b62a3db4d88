import type { TemplateDocument } from "../template/document.ts";
import { addResource } from "./commands/add.ts";
import { connect } from "./commands/connect.ts";
import { disconnect } from "./commands/disconnect.ts";
import { removeResources } from "./commands/remove.ts";
import { renameResource } from "./commands/rename.ts";
import { setProperty } from "./commands/setProperty.ts";
import { CommandError } from "./commandError.ts";
import type { DesignCommand } from "./design.ts";
import type { DesignContext } from "./view.ts";

/**
 * Does a command to a template: the new document differs only in the lines that the command concerns; the old one stays
 * as it was, for undo. Throws CommandError, worded for the person who asked, when it cannot be done.
 */
export function applyCommand(document: TemplateDocument, command: DesignCommand, context: DesignContext): TemplateDocument {
  const broken = document.problems.find((problem) => problem.severity === "error");
  if (broken) throw new CommandError(`${document.path} cannot be changed while it does not parse: ${broken.message}`);
  switch (command.type) {
    case "add":
      return addResource(document, command);
    case "remove":
      return removeResources(document, command.ids, context);
    case "rename":
      return renameResource(document, command.id, command.newId);
    case "connect":
      return connect(document, command, context);
    case "disconnect":
      return disconnect(document, command.connection, context);
    case "setProperty":
      return setProperty(document, command);
    case "several":
      return command.commands.reduce((before, each) => applyCommand(before, each, context), document);
  }
}
