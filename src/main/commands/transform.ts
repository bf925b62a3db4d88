import type { JsonObject } from "../../model/json.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { resolvedTemplate } from "../../model/export/resolvedTemplate.ts";
import type { Problem } from "../../model/problem.ts";
import { locateFindings } from "../../model/template/resolve.ts";
import { projectDocuments, transformTemplate } from "../../runtime/index.ts";
import { type LoadedTemplate, loadTemplate, tell, type TemplateOptions } from "./loadTemplate.ts";

interface TransformOptions extends TemplateOptions {
  readonly resolve?: boolean;
}

/** Prints the CloudFormation that SAM makes of a template, as JSON. */
export async function transform(target: string, options: TransformOptions): Promise<void> {
  const loaded = await loadTemplate(target, options);
  const { template, problems } = cloudFormationOf(loaded, options.resolve === true);
  if (tell([...loaded.settings.problems, ...problems]).isBroken) return;
  process.stdout.write(`${JSON.stringify(template, null, 2)}\n`);
}

export interface CloudFormation {
  readonly template: JsonObject;
  readonly problems: readonly Problem[];
}

/** `isResolved`: parameters, conditions and the like filled in; what only a deployment knows stays a reference. */
export function cloudFormationOf({ location, document, settings }: LoadedTemplate, isResolved: boolean): CloudFormation {
  const broken = document.problems.filter((problem) => problem.severity === "error");
  if (broken.length > 0) return { template: {}, problems: broken };
  const { parameters, region } = settings;
  const projectDirectory = location.directory;
  const assets = location.stack?.assets;
  const documents = projectDocuments(projectDirectory);
  const options = { parameters, region, projectDirectory, ...(assets && { assets }) };
  // To the letter what the official translator gives, where it takes the template at all: code in a folder it refuses.
  const official = transformTemplate(document, { ...options, localCode: "reject" }, documents);
  const isTaken = official.problems.every(({ severity }) => severity !== "error");
  const { processed, problems } = isTaken ? official : transformTemplate(document, options, documents);
  const template = withLocalPaths(processed);
  const all = [...document.problems, ...problems];
  if (!isResolved || !isJsonObject(template)) return { template: isJsonObject(template) ? template : {}, problems: all };
  const resolved = resolvedTemplate(template, settings);
  return { template: resolved.template, problems: [...all, ...locateFindings(document, resolved.findings)] };
}

/** Local code as `aws cloudformation package` takes it: the path where the place on S3 will be. */
function withLocalPaths(value: Json): Json {
  if (Array.isArray(value)) return value.map(withLocalPaths);
  if (!isJsonObject(value)) return value;
  if (typeof value["ContrailLocalPath"] === "string") return value["ContrailLocalPath"];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withLocalPaths(item)]));
}
