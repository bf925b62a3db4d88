import type { TemplateDocument } from "../template/document.ts";
import { addResource } from "./commands/add.ts";
import { connect } from "./commands/connect.ts";
import { disconnect } from "./commands/disconnect.ts";
import { removeResources } from "./commands/remove.ts";
import { renameResource } from "./commands/rename.ts";
import { setProperty, setSection } from "./commands/setProperty.ts";
import {
  refuseBrokenCondition,
  refuseNewCircle,
  refuseOpenDoor,
  refuseTakenAddress,
  refuseWhatSamRefuses,
  withoutDangling,
} from "./commands/consequences.ts";
import { CommandError } from "./commandError.ts";
import type { DesignCommand } from "./design.ts";
import { sectionOf } from "./known.ts";
import { expandTemplate } from "../template/expand.ts";
import { loopThatMakes } from "../template/loops.ts";
import type { DesignContext } from "./view.ts";
import { words } from "../words.ts";

/**
 * Does a command to a template: the new document differs only in the lines that the command concerns; the old one stays
 * as it was, for undo. Throws CommandError, worded for the person who asked, when it cannot be done.
 */
export function applyCommand(document: TemplateDocument, command: DesignCommand, context: DesignContext): TemplateDocument {
  const broken = document.problems.find((problem) => problem.severity === "error");
  if (broken)
    throw new CommandError(
      words("{{file}} cannot be changed while it does not parse: {{problem}}", {
        file: document.path,
        problem: broken.words ?? broken.message,
      }),
    );
  refuseLoops(document, namedIn(command), context);
  const after = settled(document, applied(document, command, context), command, context);
  refuseLoops(document, Object.keys(sectionOf(after.value, "Resources")), context);
  return after;
}

function applied(document: TemplateDocument, command: DesignCommand, context: DesignContext): TemplateDocument {
  switch (command.type) {
    case "add":
      return addResource(document, command);
    case "remove":
      return removeResources(document, command.ids, context);
    case "rename":
      return renameResource(document, command.id, command.newId, context);
    case "connect":
      return connect(document, command, context);
    case "disconnect":
      return disconnect(document, command.connection, context);
    case "setProperty":
      return setProperty(document, command);
    case "setSection":
      return setSection(document, command);
    case "several":
      return command.commands.reduce((before, each) => applyCommand(before, each, context), document);
  }
}

/** With what the command brings about, or refused for it. What is typed into a form may be unfinished: rules tell of that. */
function settled(before: TemplateDocument, after: TemplateDocument, command: DesignCommand, context: DesignContext): TemplateDocument {
  switch (command.type) {
    case "connect":
      refuseNewCircle(before, after, command, context);
      refuseWhatSamRefuses(before, after, context);
      refuseTakenAddress(before, after, context);
      return after;
    case "remove":
    case "disconnect": {
      const cleaned = withoutDangling(before, after, context);
      refuseOpenDoor(before, cleaned);
      refuseWhatSamRefuses(before, cleaned, context);
      refuseBrokenCondition(before, cleaned, context);
      return cleaned;
    }
    case "add":
      refuseTakenAddress(before, after, context);
      return after;
    case "rename":
    case "setProperty":
    case "setSection":
    case "several":
      return after;
  }
}

/** What a loop makes is written once for all of it: a command about one of these resources has no place in the text. */
function refuseLoops(document: TemplateDocument, ids: readonly string[], context: DesignContext): void {
  const { template } = expandTemplate(document.value, context);
  if (template === document.value) return;
  const written = sectionOf(document.value, "Resources");
  const made = sectionOf(template, "Resources");
  for (const id of ids) {
    const [loop] = Object.hasOwn(made, id) ? (loopThatMakes(written, id) ?? []) : [];
    if (loop !== undefined)
      throw new CommandError(words("{{id}} is made by the loop {{loop}}. Change the loop in the template's text.", { id, loop }));
  }
}

function namedIn(command: DesignCommand): readonly string[] {
  switch (command.type) {
    case "remove":
      return command.ids;
    case "rename":
    case "setProperty":
    case "add":
      return [command.id];
    default:
      return [];
  }
}
