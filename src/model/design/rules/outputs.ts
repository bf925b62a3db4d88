import { isJsonObject, type Json } from "../../json.ts";
import { sectionOf } from "../known.ts";
import { at, textOf } from "../view.ts";
import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

/** Outputs give texts, each under an export name of its own. */
export function checkOutputs({ document, view, report }: CheckInput): void {
  const exporters = new Map<string, string>();
  for (const [name, output] of Object.entries(sectionOf(document.value, "Outputs"))) {
    if (!isJsonObject(output)) continue;
    const value = output["Value"];
    if (Array.isArray(value) || (isJsonObject(value) && !isFunctionCall(value))) {
      const message = words("The output {{name}} is {{what}}; it must be a text. Join its parts with Fn::Join.", {
        name,
        what: Array.isArray(value) ? words("a list") : words("a map"),
      });
      report({ severity: "error", rule: "design.wrong-type", message, path: ["Outputs", name, "Value"] });
    }
    const exported = textOf(view.known.value(at(output, "Export", "Name")));
    const other = exported === undefined ? undefined : exporters.get(exported);
    if (exported === undefined || output["Condition"] !== undefined) continue;
    exporters.set(exported, name);
    if (other === undefined) continue;
    const message = words("The outputs {{other}} and {{name}} are both exported as {{exported}}; a name can be exported once.", {
      other,
      name,
      exported,
    });
    report({ severity: "error", rule: "design.same-name", message, path: ["Outputs", name, "Export", "Name"] });
  }
}

function isFunctionCall(value: { readonly [key: string]: Json }): boolean {
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && (key === "Ref" || key?.startsWith("Fn::") === true);
}
