// From what a person names (a folder, a template, a CDK app's cdk.out, a state machine's definition) to a project.
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type AppStack, type ProjectFile, StudioError } from "../../model/studioApi.ts";
import { type AssemblyStack, chooseStack, readAssembly } from "./cloudAssembly.ts";
import { readProjectFile, versionOf, writeProjectFile } from "./files.ts";
import { isStateMachineFile, surroundingTemplate } from "./stateMachineFile.ts";
import { words } from "../../model/words.ts";

/** Names a template goes by, in the order in which the SAM CLI looks for them, then CloudFormation's usual ones. */
const templateNames = [
  "template.yaml",
  "template.yml",
  "template.json",
  "sam.yaml",
  "sam.yml",
  "cloudformation.yaml",
  "cloudformation.yml",
  "cloudformation.json",
];

export interface ProjectLocation {
  readonly directory: string;
  /** Relative to the directory. */
  readonly templatePath: string;
  /** What to name to open it again, absolute: the folder, or the file where the folder does not say enough. */
  readonly target: string;
  /** Where another name says more than the folder's. */
  readonly name?: string;
  /** Of a template that is made here and only written when it is changed. */
  readonly templateText?: string;
  /** What a CDK app says of the stack. */
  readonly stack?: AssemblyStack;
}

/** Finds the template of a folder, or takes the file that was named. `stackName` chooses among the stacks of a CDK app. */
export async function locateProject(target: string, stackName?: string): Promise<ProjectLocation> {
  const absolute = path.resolve(target);
  const found = await stat(absolute).catch(() => null);
  if (found === null) throw new StudioError("not-found", words("{{path}} does not exist.", { path: target }));
  return found.isFile() ? await locateFile(absolute) : await locateFolder(absolute, target, stackName);
}

async function locateFile(file: string): Promise<ProjectLocation> {
  const directory = path.dirname(file);
  if (isStateMachineFile(file)) {
    const { templatePath, text } = await surroundingTemplate(file);
    return { directory, templatePath, target: file, name: path.basename(file), templateText: text };
  }
  const stack = (await readAssembly(directory))?.find((each) => each.templateFile === file);
  const location = { directory, templatePath: path.basename(file), target: file };
  return stack === undefined ? location : { ...location, name: stack.stackName, stack };
}

async function locateFolder(directory: string, written: string, stackName: string | undefined): Promise<ProjectLocation> {
  for (const name of templateNames)
    if (await isFile(path.join(directory, name))) return { directory, templatePath: name, target: directory };
  for (const folder of [directory, path.join(directory, "cdk.out")]) {
    const stacks = await readAssembly(folder);
    if (stacks === null) continue;
    const stack = chooseStack(stacks, stackName, folder === directory ? written : path.join(written, "cdk.out"));
    return {
      directory: path.dirname(stack.templateFile),
      templatePath: path.basename(stack.templateFile),
      target: stacks.length === 1 ? folder : stack.templateFile,
      name: stack.stackName,
      stack,
    };
  }
  throw new StudioError(
    "no-template",
    (await isFile(path.join(directory, "cdk.json")))
      ? words("{{folder}} is a CDK app that is not synthesized yet: run cdk synth in it, and open it again.", { folder: written })
      : words("{{folder}} holds no template. Looked for {{names}}; name the file if it is called otherwise.", {
          folder: written,
          names: templateNames.slice(0, 3).join(", "),
        }),
  );
}

/** All stacks of the CDK app that lies in a folder, or that a template belongs to; none: it is no such app. */
export async function stacksAt(target: string): Promise<readonly AppStack[]> {
  const absolute = path.resolve(target);
  const isFolder = (await stat(absolute).catch(() => null))?.isDirectory() === true;
  const folder = path.dirname(absolute);
  // a stage has an assembly of its own inside that of the app
  const places = isFolder ? [absolute, path.join(absolute, "cdk.out")] : [path.dirname(folder), folder];
  for (const place of places) {
    const stacks = (await readAssembly(place)) ?? [];
    if (isFolder ? stacks.length > 0 : stacks.some(({ templateFile }) => templateFile === absolute))
      return stacks.map(({ displayName, stackName, templateFile }) => ({ name: displayName, stackName, path: templateFile }));
  }
  return [];
}

/** As a CDK app says it now: `cdk synth` may have been here since. */
export async function currentLocation(location: ProjectLocation): Promise<ProjectLocation> {
  if (location.stack === undefined) return location;
  const { templateFile } = location.stack;
  const stack = (await readAssembly(location.directory))?.find((each) => each.templateFile === templateFile);
  return stack === undefined ? location : { ...location, stack };
}

/** The template as it is on disk, or as it would be written. */
export async function readProjectTemplate({ directory, templatePath, templateText }: ProjectLocation): Promise<ProjectFile> {
  try {
    return await readProjectFile(directory, templatePath);
  } catch (error) {
    if (templateText === undefined || !(error instanceof StudioError) || error.code !== "not-found") throw error;
    return {
      path: templatePath,
      text: templateText,
      version: versionOf(Buffer.from(templateText)),
      isBinary: false,
      bytes: Buffer.byteLength(templateText),
    };
  }
}

/** `baseVersion`: as in writeProjectFile; a template that is only in memory is written with its first change. */
export async function writeProjectTemplate(
  location: ProjectLocation,
  text: string,
  baseVersion: string | null,
): Promise<{ version: string }> {
  const { directory, templatePath, templateText } = location;
  const isFirst = templateText !== undefined && !(await isFile(path.join(directory, templatePath)));
  return await writeProjectFile(
    directory,
    templatePath,
    text,
    isFirst && baseVersion === versionOf(Buffer.from(templateText)) ? null : baseVersion,
  );
}

/** Whatever is in it, for those who say what is wrong with it. */
export async function readTemplateText({ directory, templatePath, templateText }: ProjectLocation): Promise<string> {
  const file = path.join(directory, templatePath);
  return templateText !== undefined && !(await isFile(file)) ? templateText : await readFile(file, "utf8");
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() === true;
}
