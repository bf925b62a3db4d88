import { isJsonObject } from "../../json.ts";
import type { Problem } from "../../problem.ts";
import { deployOrder } from "../../template/dependencies.ts";
import { transformSam } from "../../template/sam/transformSam.ts";
import { sectionFindings } from "../../template/sections.ts";
import type { CheckInput } from "./report.ts";

/** A broken outline keeps the template from being deployed at all. */
export function checkOutline({ document, report }: CheckInput): void {
  for (const finding of sectionFindings(document.value)) report(finding);
}

/** What SAM's transform refuses and circles among what it makes, unless the rules have said something of it already. */
export function checkTransform({ document, view, context, report }: CheckInput, said: readonly Problem[]): void {
  const errors = said.filter((problem) => problem.severity === "error");
  if (errors.some((problem) => problem.rule.startsWith("template."))) return;
  const refused = new Set(errors.map((problem) => problem.resource));
  const { region = "us-east-1", parameters = {} } = context;
  const { template, sources, findings } = transformSam(document.value, { region, parameters, localCode: "keep" });
  for (const finding of findings) if (!refused.has(String(finding.path[1]))) report(finding);
  const transformed = template.Resources;
  if (!isJsonObject(transformed)) return;
  const enabled = Object.entries(transformed).filter(([id]) => view.resources.get(sources[id] ?? id)?.isDisabled !== true);
  for (const { path, ...finding } of deployOrder(Object.fromEntries(enabled)).findings) {
    const [, id] = path;
    report({ ...finding, severity: "error", path: ["Resources", typeof id === "string" ? (sources[id] ?? id) : ""] });
  }
}
