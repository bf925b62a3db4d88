import { sectionOf } from "../known.ts";
import { kindOf } from "../kinds.ts";
import { mentionedIds } from "../references.ts";
import { doubtOf } from "./resourceTypes.ts";
import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

/** Resources that nothing uses, and those that are not run here. */
export function checkUses({ design, view, context, report }: CheckInput): void {
  const connected = new Set(design.connections.flatMap(({ from, to }) => [from, to]));
  const mentioned = new Set<string>();
  for (const section of ["Globals", "Outputs"]) for (const id of mentionedIds(view.template[section])) mentioned.add(id);
  for (const [id, resource] of Object.entries(sectionOf(view.template, "Resources"))) {
    for (const name of mentionedIds(resource)) if (name !== id) mentioned.add(name);
  }
  for (const resource of design.resources) {
    const kind = kindOf(resource.type, view.definitionOf(resource.type));
    const doubt = resource.runs ? undefined : doubtOf(resource.type, context.schemas);
    if (doubt !== undefined) {
      const message = words("{{resource}} has the type {{type}}{{doubt}}", { resource: resource.id, type: resource.type, doubt });
      report({ severity: "warning", rule: "design.unknown-type", message, path: [...resource.path, "Type"], resource: resource.id });
    } else if (!resource.runs) {
      const message = words("{{resource}} ({{type}}) is kept and deployed to AWS, but not run locally yet.", {
        resource: resource.id,
        type: resource.type,
      });
      report({ severity: "info", rule: "design.not-run-locally", message, path: resource.path });
    }
    if (connected.has(resource.id) || mentioned.has(resource.id)) continue;
    if (kind.category === "data" || kind.category === "messaging") {
      const message = words("Nothing uses {{resource}}: connect it, or remove it.", { resource: resource.id });
      report({
        severity: "info",
        rule: "design.unused",
        message,
        path: resource.path,
        fix: { title: words("Remove {{name}}", { name: resource.id }), command: { type: "remove", ids: [resource.id] } },
      });
    } else if (kind.category === "edge" && resource.runs && resource.routes.length === 0) {
      const message = words("{{resource}} leads nowhere yet: connect it to what shall answer its requests.", { resource: resource.id });
      report({ severity: "info", rule: "design.unused", message, path: resource.path });
    }
  }
}
