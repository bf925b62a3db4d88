import { isJsonObject, type Json } from "../../json.ts";
import { cloudformationLimits as limits } from "../../limits/cloudformation.ts";
import type { Problem } from "../../problem.ts";
import { expandTemplate } from "../../template/expand.ts";
import { sectionFindings } from "../../template/sections.ts";
import { takenAddresses } from "../addresses.ts";
import { circlesAmong } from "../circles.ts";
import { needsTransform, samTransform } from "../commands/add.ts";
import { brokenConditions } from "../madeConditions.ts";
import { localPath, parsedText } from "../localFiles.ts";
import type { TemplatePath } from "../design.ts";
import type { DesignContext } from "../view.ts";
import { transformed } from "../transformed.ts";
import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

/** A broken outline keeps the template from being deployed at all. */
export function checkOutline({ document, view, report }: CheckInput): void {
  // What does not parse has no outline yet.
  if (document.problems.some((problem) => problem.severity === "error")) return;
  const { template: value } = view;
  for (const finding of sectionFindings(value)) report({ ...finding, message: finding.words });
  const serverless = [...view.resources.values()].find(({ type }) => needsTransform(value, type));
  if (serverless === undefined) return;
  report({
    severity: "warning",
    rule: "design.missing-transform",
    message: words('AWS knows {{type}} only in templates with the line "Transform: {{transform}}". Add it to the top.', {
      type: serverless.type,
      transform: samTransform,
    }),
    path: [...serverless.path, "Type"],
    resource: serverless.id,
    // with other transforms in its place, the order is a person's to choose
    ...(value["Transform"] === undefined
      ? { fix: { title: words("Add the transform"), command: { type: "setSection", section: "Transform", value: samTransform } } }
      : {}),
  });
}

/** What SAM's transform refuses and circles among what it makes, unless the rules have said something of it already. */
export function checkTransform({ document, view, context, report }: CheckInput, said: readonly Problem[]): void {
  if (document.problems.some((problem) => problem.severity === "error")) return;
  const errors = said.filter((problem) => problem.severity === "error");
  if (errors.some((problem) => problem.rule.startsWith("template."))) return;
  const refused = new Set(errors.map((problem) => problem.resource));
  const places = new Set(errors.flatMap(({ range }) => range?.start.offset ?? []));
  const isSaid = (path: TemplatePath): boolean =>
    refused.has(String(path[1])) || places.has(document.rangeOf(path)?.start.offset ?? Number.NaN);
  const included = expandTemplate(document.value, { ...context, readDocument: (path) => documentAt(path, context) });
  for (const finding of included.findings)
    if (finding.rule === "template.include" || !isSaid(finding.path)) report({ ...finding, message: finding.words, severity: "error" });
  const result = transformed(view.template, context);
  const { template, sources, findings } = result;
  for (const { resource, words: message } of takenAddresses(result))
    report({ severity: "error", rule: "design.same-address", message, path: ["Resources", resource] });
  for (const { name, words: message } of brokenConditions(result))
    report({ severity: "error", rule: "sam.shared-condition", message, path: ["Conditions", name] });
  for (const finding of findings) if (!isSaid(finding.path)) report({ ...finding, message: finding.words });
  for (const finding of circlesAmong(template, sources, (id) => view.resources.get(id)?.isDisabled === true))
    report({ ...finding, message: finding.words, severity: "error" });
  const count = isJsonObject(template["Resources"]) ? Object.keys(template["Resources"]).length : 0;
  const most = limits.resources.value;
  if (count <= most || view.resources.size > most) return;
  const message = words("SAM makes {{count}} resources of this template; CloudFormation takes {{most}}. Move some into a nested stack.", {
    count,
    most,
  });
  report({ severity: "error", rule: "design.too-many", message, path: ["Resources"], part: "key" });
}

/** A file that is there and not read yet counts as empty: what it holds is not known, but that it is there. */
function documentAt(path: string, { files, readText }: DesignContext): Json | undefined {
  const file = localPath(path);
  const text = file === undefined ? undefined : readText?.(file);
  if (text !== undefined) return parsedText(text);
  return files === undefined || (file !== undefined && files.has(file)) ? {} : undefined;
}
