import { localPath } from "../localFiles.ts";
import { nestedLocation } from "../nested.ts";
import { joined } from "./handlerFile.ts";
import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

/** Templates of nested stacks that should lie in the project. What is in them is told of themselves. */
export function checkNestedStacks({ document, view, context, report }: CheckInput): void {
  if (context.files === undefined) return;
  for (const { id, type, path, properties } of view.resources.values()) {
    const property = nestedLocation[type];
    const named = property === undefined ? undefined : localPath(properties[property]);
    const file = named === undefined ? undefined : joined(document.path.split("/").slice(0, -1), named);
    if (property === undefined || file === undefined || context.files.has(file)) continue;
    const message = words("The template of {{id}} is {{file}}, and there is no such file. Create it, or change {{property}}.", {
      id,
      file,
      property,
    });
    report({ severity: "error", rule: "design.template-not-found", message, path: [...path, "Properties", property] });
  }
}
