import type { TemplateDocument } from "../../template/document.ts";
import { isFunctionType } from "../kinds.ts";
import { at, listOf, textOf, type ResourceView } from "../view.ts";

/** Where a function's handler is to be found in the project. */
export interface HandlerFile {
  readonly handler: string;
  readonly language: "nodejs" | "python" | "ruby";
  /** Of the code, relative to the project; empty: the project's own. */
  readonly folder: string;
  /** Files that it may be in, the first that is there counts. */
  readonly candidates: readonly string[];
  /** How a message names them. */
  readonly shown: string;
  /** Names below what the file exports: `handler`, `handlers.create`. */
  readonly exportPath: string;
  readonly isBundled: boolean;
}

const extensionsByLanguage = {
  nodejs: [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx"],
  python: [".py"],
  ruby: [".rb"],
} as const;

/** undefined: not a function with a handler in the project's files, or not known. */
export function handlerFile(resource: ResourceView, document: TemplateDocument): HandlerFile | undefined {
  if (!isFunctionType(resource.type) || resource.properties["InlineCode"] !== undefined) return undefined;
  const handler = textOf(resource.properties["Handler"]);
  const language = languageOf(textOf(resource.properties["Runtime"]));
  const code = codeFolder(resource);
  if (handler === undefined || !handler.includes(".") || language === undefined || code === undefined) return undefined;
  // Other build methods put files where only they know.
  const method = textOf(at(resource.written, "Metadata", "BuildMethod"));
  if (method !== undefined && method !== "esbuild") return undefined;
  const folder = joined(document.path.split(/[\\/]/).slice(0, -1), code);
  if (folder === undefined) return undefined;
  const inFolder = folder === "" ? [] : folder.split("/");
  const { modulePath, exportPath } = split(handler, language);
  const base = joined(inFolder, modulePath);
  if (base === undefined || exportPath === "") return undefined;
  const extensions: readonly string[] = extensionsByLanguage[language];
  const entries = listOf(at(resource.written, "Metadata", "BuildProperties", "EntryPoints")).flatMap((entry) => {
    const file = typeof entry === "string" ? joined(inFolder, entry) : undefined;
    return file === undefined ? [] : [file];
  });
  const isBundled = method === "esbuild";
  return {
    handler,
    language,
    folder,
    candidates: [...extensions.map((extension) => base + extension), ...(isBundled ? entries : [])],
    shown: `${base}${language === "nodejs" ? ".js or .ts" : extensions[0]}`,
    exportPath,
    isBundled,
  };
}

function languageOf(runtime: string | undefined): HandlerFile["language"] | undefined {
  const language = /^[a-z]+/.exec(runtime ?? "")?.[0];
  return language === "nodejs" || language === "python" || language === "ruby" ? language : undefined;
}

/** Node's runtime ends the file's name at the first dot, the others at the last. */
function split(handler: string, language: HandlerFile["language"]): { modulePath: string; exportPath: string } {
  const slash = handler.lastIndexOf("/");
  const dot = language === "nodejs" ? handler.indexOf(".", slash + 1) : handler.lastIndexOf(".");
  const modulePath = handler.slice(0, dot);
  return {
    modulePath: language === "python" ? modulePath.replaceAll(".", "/") : modulePath,
    exportPath: handler.slice(dot + 1),
  };
}

/** undefined: an archive, a place in S3, or not known. */
function codeFolder(resource: ResourceView): string | undefined {
  const code = resource.type === "AWS::Serverless::Function" ? (resource.properties["CodeUri"] ?? ".") : resource.properties["Code"];
  if (typeof code !== "string" || code.startsWith("s3://") || /\.(zip|jar)$/.test(code)) return undefined;
  return code;
}

/** Normalized, relative to the project's folder; undefined: outside it. */
export function joined(folder: readonly string[], path: string): string | undefined {
  if (path.startsWith("/")) return undefined;
  const parts = [...folder];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
