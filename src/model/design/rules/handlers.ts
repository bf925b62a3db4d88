import { at, listOf, textOf, type ResourceView } from "../view.ts";
import { isFunctionType } from "../kinds.ts";
import type { CheckInput } from "./report.ts";

const extensionsByLanguage: Readonly<Record<string, readonly string[]>> = {
  nodejs: [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx"],
  python: [".py"],
  ruby: [".rb"],
};

/** Whether the file that a handler names is there. Said only where the project's files are known. */
export function checkHandlers({ document, view, context, report }: CheckInput): void {
  const { files } = context;
  if (!files) return;
  const templateFolder = document.path.split(/[\\/]/).slice(0, -1);
  for (const resource of view.resources.values()) {
    if (!isFunctionType(resource.type) || resource.properties["InlineCode"] !== undefined) continue;
    const wanted = wantedFile(resource, templateFolder);
    if (!wanted || wanted.candidates.some((file) => files.has(file))) continue;
    const isFolderThere = wanted.folder === "" || [...files].some((file) => file === wanted.folder || file.startsWith(`${wanted.folder}/`));
    report({
      severity: isFolderThere ? "error" : "warning",
      rule: "design.handler-not-found",
      message: isFolderThere
        ? `The handler of ${resource.id} is ${wanted.handler}, but there is no file ${wanted.shown}. Create it, or change Handler or CodeUri.`
        : `The code folder ${wanted.folder} of ${resource.id} is not there. Create it (or build into it), or change CodeUri.`,
      path: [...resource.path, "Properties", isFolderThere ? "Handler" : "CodeUri"],
    });
  }
}

interface WantedFile {
  readonly handler: string;
  readonly folder: string;
  readonly candidates: readonly string[];
  readonly shown: string;
}

function wantedFile(resource: ResourceView, templateFolder: readonly string[]): WantedFile | undefined {
  const handler = textOf(resource.properties["Handler"]);
  const language = /^[a-z]+/.exec(textOf(resource.properties["Runtime"]) ?? "")?.[0] ?? "";
  const extensions = extensionsByLanguage[language];
  const code = codeFolder(resource);
  if (handler === undefined || !handler.includes(".") || !extensions || code === undefined) return undefined;
  // Other build methods put files where only they know.
  const method = textOf(at(resource.written, "Metadata", "BuildMethod"));
  if (method !== undefined && method !== "esbuild") return undefined;
  const folder = joined(templateFolder, code);
  if (folder === undefined) return undefined;
  const base = joined(folder === "" ? [] : folder.split("/"), handler.slice(0, handler.lastIndexOf(".")));
  if (base === undefined) return undefined;
  const entries = listOf(at(resource.written, "Metadata", "BuildProperties", "EntryPoints")).flatMap((entry) => {
    const file = typeof entry === "string" ? joined(folder === "" ? [] : folder.split("/"), entry) : undefined;
    return file === undefined ? [] : [file];
  });
  const built = method === "esbuild" ? entries : [];
  return {
    handler,
    folder,
    candidates: [...extensions.map((extension) => base + extension), ...built],
    shown: `${base}${extensions.includes(".ts") ? ".js or .ts" : extensions[0]}`,
  };
}

/** undefined: an archive, a place in S3, or not known. */
function codeFolder(resource: ResourceView): string | undefined {
  const code = resource.type === "AWS::Serverless::Function" ? (resource.properties["CodeUri"] ?? ".") : resource.properties["Code"];
  if (typeof code !== "string" || code.startsWith("s3://") || /\.(zip|jar)$/.test(code)) return undefined;
  return code;
}

/** Normalized, relative to the project's folder; undefined: outside it. */
function joined(folder: readonly string[], path: string): string | undefined {
  const parts = path.startsWith("/") ? undefined : [...folder];
  if (!parts) return undefined;
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
