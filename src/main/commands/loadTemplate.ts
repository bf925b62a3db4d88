// What every command that looks at a template begins with: find it, read it, and know with what it would be deployed.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Design } from "../../model/design/design.ts";
import { deriveDesign } from "../../model/design/derive.ts";
import type { DesignContext } from "../../model/design/view.ts";
import type { Problem } from "../../model/problem.ts";
import type { TemplateDocument } from "../../model/template/document.ts";
import { linesOf } from "../../model/template/lines.ts";
import { parseTemplate } from "../../model/template/parseTemplate.ts";
import { definitionOf } from "../../runtime/services/definitions.ts";
import { byPlace, problemLine } from "../problemLine.ts";
import { listProjectFiles } from "../project/files.ts";
import { locateProject, type ProjectLocation, readProjectTemplate, readTemplateText } from "../project/locate.ts";
import { type GivenSettings, type Settings, settingsOf } from "../project/settings.ts";

/** Options that say with what a template is deployed, as commander names them. */
export interface TemplateOptions extends Omit<GivenSettings, "parameters"> {
  readonly parameter: Readonly<Record<string, string>>;
}

export interface LoadedTemplate {
  readonly location: ProjectLocation;
  readonly document: TemplateDocument;
  readonly settings: Settings;
  readonly context: DesignContext;
  design(): Design;
}

export async function loadTemplate(target: string, options: TemplateOptions): Promise<LoadedTemplate> {
  const location = await locateProject(target, options.stackName);
  const text = await readTemplateText(location);
  const document = await withForeignCharacters(parseTemplate(text, location.templatePath), location);
  const settings = await settingsOf(location, text, { ...options, parameters: options.parameter });
  const { parameters, region, accountId, stackName } = settings;
  const files = new Set((await listProjectFiles(location.directory)).map((file) => file.path));
  const readText = (file: string): string | undefined => (files.has(file) ? textOf(path.join(location.directory, file)) : undefined);
  const context = { definitionOf, parameters, region, accountId, stackName, files, readText };
  return { location, document, settings, context, design: () => deriveDesign(document, context) };
}

/** In another encoding the template reads as text with holes: who deploys it would deploy these. */
async function withForeignCharacters(document: TemplateDocument, location: ProjectLocation): Promise<TemplateDocument> {
  const hole = document.text.indexOf("\uFFFD");
  if (hole < 0 || document.problems.some(({ severity }) => severity === "error")) return document;
  if (!(await readProjectTemplate(location)).isBinary) return document;
  const message = "This file is not UTF-8: a byte here is no character. Save it as UTF-8.";
  const range = linesOf(document.text).range(hole, hole + 1);
  const problem: Problem = { severity: "error", rule: "template.not-text", message, file: document.path, range };
  return { ...document, problems: [...document.problems, problem] };
}

/** Larger ones are neither handlers nor documents that a template names. */
const mostBytes = 5_000_000;

function textOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size <= mostBytes ? readFileSync(file, "utf8") : undefined;
}

/** Tells problems on stderr; with an error among them the command fails. */
export function tell(problems: readonly Problem[]): { readonly isBroken: boolean } {
  for (const problem of problems.toSorted(byPlace)) console.error(problemLine(problem));
  const isBroken = problems.some((problem) => problem.severity === "error");
  if (isBroken) process.exitCode = 1;
  return { isBroken };
}
