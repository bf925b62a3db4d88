import type { TemplateDocument } from "../template/document.ts";
import { addResource } from "./commands/add.ts";
import { connect } from "./commands/connect.ts";
import { disconnect } from "./commands/disconnect.ts";
import { removeResources } from "./commands/remove.ts";
import { renameResource } from "./commands/rename.ts";
import { setProperty } from "./commands/setProperty.ts";
import { circlesIn } from "./circles.ts";
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
      return withoutNewCircle(document, connect(document, command, context), context);
    case "disconnect":
      return disconnect(document, command.connection, context);
    case "setProperty":
      return setProperty(document, command);
    case "several":
      return command.commands.reduce((before, each) => applyCommand(before, each, context), document);
  }
}

/** A line that would make resources need each other is not drawn: AWS could not create either first. */
function withoutNewCircle(before: TemplateDocument, after: TemplateDocument, context: DesignContext): TemplateDocument {
  const [circle] = circlesIn(after.value, context);
  if (circle === undefined || circlesIn(before.value, context).length > 0) return after;
  throw new CommandError(circle.message);
}
