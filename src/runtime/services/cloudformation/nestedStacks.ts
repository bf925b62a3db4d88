// AWS::CloudFormation::Stack: a template beside the template, deployed as a stack of its own whose outputs are the resource's attributes.
import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { localPath } from "../../../model/design/localFiles.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { DeployResult } from "../../../model/run.ts";
import type { Problem } from "../../../model/problem.ts";
import { DeployError } from "../../kernel/deployment.ts";
import { NotRunLocally } from "../../kernel/notRunLocally.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";
import { validationError } from "./cloudFormation.ts";
import { isBelow } from "./projectDocuments.ts";
import type { Nesting, Stack } from "./stack.ts";
import type { StackRequest, Stacks } from "./stacks.ts";
import type { StackStore } from "./stackStore.ts";

export const nestedStackType = "AWS::CloudFormation::Stack";

/** The child's template as it was when it was deployed: seen to change, and there to go back to. Named as CreateStack names it. */
const textProperty = "TemplateBody";
/** Deeper than anybody nests; beyond it templates name each other without end. */
const maxDepth = 10;

export interface NestedStacks {
  readonly provider: ResourceProvider;
  /** Takes what the children of a stack had to say since the last time: their files and problems. */
  reportsOf(stackId: string): readonly DeployResult[];
}

/** A nested stack's properties with the text of its template, where that lies in the project. */
export function withTemplateText(type: string, properties: JsonObject, directory: string): JsonObject {
  const file = type === nestedStackType && directory !== "" ? localPath(properties["TemplateURL"]) : undefined;
  const text = file === undefined ? undefined : textOf(path.resolve(directory, file));
  return text === undefined ? properties : { ...properties, [textProperty]: text };
}

export function nestedStacks(store: StackStore, stacks: () => Stacks): NestedStacks {
  const reports = new Map<string, DeployResult[]>();

  async function deploy(resource: StackResource, stackName: string, call: Call): Promise<Deployed> {
    const parent = store.find(resource.stackName, call.region);
    if (parent === undefined) throw new Error(`There is no stack ${resource.stackName} for ${resource.logicalId}.`);
    const file = fileOf(resource, parent);
    const text = resource.properties[textProperty];
    if (typeof text !== "string") throw validationError(`${file.shown} is not in the project's folder, or cannot be read.`);
    const nesting = nestingOf(resource, parent, file.absolute);
    // The canvas shows what is inside as one card; the file and its lines are the child's.
    const shown = (problem: Problem): Problem => ({ ...problem, resource: nesting.designId });
    const request: StackRequest = {
      stackName,
      projectDirectory: path.dirname(file.absolute),
      templatePath: file.shown,
      templateText: text,
      parameters: parametersOf(resource.properties["Parameters"]),
      tags: tagsOf(resource.properties["Tags"]),
      nesting,
      ...(parent.assets !== undefined && { assets: parent.assets }),
    };
    const result = await stacks()
      .deploy(request, call)
      .catch((error: unknown) => {
        throw error instanceof DeployError ? new DeployError(error.message, error.problems.map(shown)) : error;
      });
    // Files are told as seen from the parent's folder.
    const folder = path.dirname(path.relative(resource.projectDirectory, file.absolute)).split(path.sep).join("/");
    const files = result.files.map((each) => path.posix.join(folder, each));
    const known = reports.get(parent.id) ?? [];
    const own = path.posix.join(folder, path.basename(file.absolute));
    reports.set(parent.id, [...known, { ...result, files: [own, ...files], problems: result.problems.map(shown) }]);
    const child = store.find(stackName, call.region);
    if (child === undefined) throw new Error(`There is no stack ${stackName} after its deployment.`);
    return { physicalId: child.id, attributes: { Outputs: { ...result.outputs } } };
  }

  async function remove(stack: Stack, call: Call): Promise<void> {
    await stacks().delete(stack, call);
    const after = store.find(stack.id, call.region);
    if (after?.status === "DELETE_FAILED") throw validationError(`${stack.name}: ${after.statusReason ?? "it could not be deleted"}`);
  }

  return {
    reportsOf(stackId) {
      const found = reports.get(stackId) ?? [];
      reports.delete(stackId);
      return found;
    },
    provider: {
      async create(resource, call) {
        const stackName = `${resource.stackName}-${resource.logicalId}-${call.kernel.ids.base36(12)}`;
        try {
          return await deploy(resource, stackName, call);
        } catch (error) {
          // As on AWS, nothing stays of a child whose parent could not be made.
          const stack = store.find(stackName, call.region);
          if (stack !== undefined) await stacks().delete(stack, call);
          throw error;
        }
      },
      async update(resource, previous, call) {
        const child = store.find(previous.physicalId, call.region);
        return child === undefined || child.status === "DELETE_COMPLETE" ? "replace" : await deploy(resource, child.name, call);
      },
      async delete(previous, call) {
        const child = store.find(previous.physicalId, call.region);
        if (child !== undefined && child.status !== "DELETE_COMPLETE") await remove(child, call);
      },
    },
  };
}

interface TemplateFile {
  readonly absolute: string;
  /** Relative to the project's folder, for messages. */
  readonly shown: string;
}

function fileOf(resource: StackResource, parent: Stack): TemplateFile {
  const location = resource.properties["TemplateURL"];
  const file = localPath(location);
  if (file === undefined) {
    const where = location === "" ? "the AWS Serverless Application Repository" : "S3";
    throw new NotRunLocally("ValidationError", `its template lies in ${where}. Name a file of the project to run it.`);
  }
  if (parent.projectDirectory === null)
    throw new NotRunLocally("ValidationError", `its template ${file} lies in a folder that is not known.`);
  const absolute = path.resolve(resource.projectDirectory, file);
  const root = parent.nesting?.rootDirectory ?? parent.projectDirectory;
  const shown = path.posix.join(path.posix.dirname(parent.templatePath.split(path.sep).join("/")), file);
  // A template from elsewhere must not bring in other files, by `..` or by a link.
  if (!isBelow(root, absolute) || !isBelow(realpathSync(root), realPath(absolute)))
    throw validationError(`${shown} is not in the project's folder, or cannot be read.`);
  return { absolute, shown };
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function nestingOf(resource: StackResource, parent: Stack, absolute: string): Nesting {
  const own = path.resolve(parent.projectDirectory ?? "", path.basename(parent.templatePath));
  const ancestors = [...(parent.nesting?.ancestors ?? []), own];
  if (ancestors.includes(absolute)) {
    const names = [...ancestors.slice(ancestors.indexOf(absolute)), absolute].map((each) => path.basename(each));
    throw validationError(`Nested stacks go in a circle: ${names.join(" → ")}. Let one of them do without the other.`);
  }
  if (ancestors.length > maxDepth)
    throw validationError(`Stacks are nested more than ${maxDepth} deep here: put some of them beside each other.`);
  return {
    parentId: parent.id,
    rootId: parent.nesting?.rootId ?? parent.id,
    rootDirectory: parent.nesting?.rootDirectory ?? parent.projectDirectory ?? "",
    designId: parent.nesting?.designId ?? resource.designId,
    ancestors,
  };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Values of a child's parameters are text; lists are joined. */
function parametersOf(value: Json | undefined): Record<string, string> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, given]) => [name, Array.isArray(given) ? given.map(String).join(",") : String(given)]),
  );
}

function tagsOf(value: Json | undefined): { readonly Key: string; readonly Value: string }[] {
  const list = Array.isArray(value) ? value : [];
  return list.flatMap((tag) => (isJsonObject(tag) ? [{ Key: String(tag["Key"]), Value: String(tag["Value"]) }] : []));
}
