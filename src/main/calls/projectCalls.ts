import { mkdir, readdir, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { StudioError } from "../../model/studioApi.ts";
import { exportedDocument } from "../commands/export.ts";
import { loadTemplate } from "../commands/loadTemplate.ts";
import { exampleList, exampleMiniatures, openableExample } from "../examples.ts";
import { removeProjectFile, renameProjectFile, writeProjectFile } from "../project/files.ts";
import { stacksAt } from "../project/locate.ts";
import { listFolder } from "../project/folderList.ts";
import { problemLine } from "../problemLine.ts";
import { writeCanvas } from "../project/project.ts";
import { copyStarter, starterList } from "../starters.ts";
import { typeLibraries } from "../typeLibraries.ts";
import { forgetProject, recentProjects } from "../userFolder.ts";
import type { CallHandlers } from "./calls.ts";
import { verbatim, words } from "../../model/words.ts";

type ProjectCall =
  | "session.open"
  | "project.open"
  | "project.openExample"
  | "project.exampleMiniatures"
  | "project.recent"
  | "project.forgetRecent"
  | "project.starters"
  | "project.create"
  | "project.stacks"
  | "project.setParameters"
  | "project.export"
  | "folder.list"
  | "file.read"
  | "file.write"
  | "file.create"
  | "file.rename"
  | "file.remove"
  | "canvas.write"
  | "editor.typeLibraries";

const emptyTemplate = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31

Resources: {}
`;

export const projectCalls: CallHandlers<ProjectCall> = {
  "session.open": async (_input, { session, shell }) => ({
    version: shell.version,
    platform: process.platform === "darwin" || process.platform === "win32" ? process.platform : "linux",
    shell: shell.kind,
    project: session.hasProject ? await session.project() : null,
    failedOpen: session.failedOpen,
    recent: recentProjects(),
    examples: await exampleList(),
    run: session.runState,
    clock: session.runtime?.clock.state() ?? null,
    debugger: session.runtime?.debugger.state() ?? null,
  }),
  "project.open": ({ path: target }, { session }) => session.open(target),
  "project.openExample": async ({ example }, { session }) => session.open(await openableExample(example)),
  "project.exampleMiniatures": () => exampleMiniatures(),
  "project.recent": () => recentProjects(),
  "project.forgetRecent": ({ path: target }) => {
    forgetProject(target);
    return recentProjects();
  },
  "project.starters": () => starterList(),
  "project.create": async ({ directory, name, starter, files = {} }, { session }) => {
    if (!/^[\w][\w .-]{0,63}$/.test(name))
      throw new StudioError("bad-name", words("A project's name has letters, digits, spaces, dots, hyphens and underscores, 64 at most."));
    const folder = path.join(path.resolve(directory), name);
    const existing = await readdir(folder).catch(() => null);
    if (existing !== null && existing.length > 0)
      throw new StudioError("exists", words("{{folder}} is there already and not empty. Choose another name, or open it.", { folder }));
    await mkdir(folder, { recursive: true });
    if (starter !== undefined) await copyStarter(starter.pattern, starter.language, folder);
    for (const [file, text] of Object.entries(files)) await writeProjectFile(folder, file, text, null);
    if (starter === undefined && Object.keys(files).length === 0) await writeFile(path.join(folder, "template.yaml"), emptyTemplate);
    return session.open(folder);
  },
  "project.stacks": ({ path: target }) => stacksAt(target),
  "project.setParameters": ({ parameters }, { session }) => session.setParameters(parameters),
  "project.export": async ({ format, api }, { session }) => {
    const { target, options } = session.commandLine;
    const { text, problems } = await exportedDocument(await loadTemplate(target, options), format, api);
    if (text !== null) return { text };
    const [first] = problems;
    throw new StudioError("unresolved", first === undefined ? words("The template cannot be resolved.") : verbatim(problemLine(first)));
  },
  "folder.list": async ({ path: asked, files }) => listFolder(path.resolve(asked ?? os.homedir()), files === true),
  "file.read": ({ path: file }, { session }) => session.readFile(file),
  "file.write": ({ path: file, text, baseVersion }, { session }) => session.writeFile(file, text, baseVersion),
  "file.create": ({ path: file, text }, { session }) => writeProjectFile(session.directory, file, text, null),
  "file.rename": async ({ path: file, newPath }, { session }) => {
    await renameProjectFile(session.directory, file, newPath);
    return null;
  },
  "file.remove": async ({ path: file }, { session }) => {
    await removeProjectFile(session.directory, file);
    return null;
  },
  "canvas.write": async ({ canvas }, { session }) => {
    await writeCanvas(session.directory, canvas);
    return null;
  },
  "editor.typeLibraries": () => typeLibraries(),
};
