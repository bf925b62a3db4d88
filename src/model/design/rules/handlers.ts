import type { ResourceView } from "../view.ts";
import { handlerFile, type HandlerFile } from "./handlerFile.ts";
import { moduleFacts } from "./javaScriptSource.ts";
import { exportsOfPython } from "./pythonSource.ts";
import { checkCode } from "./runtimeCode.ts";
import type { CheckInput } from "./report.ts";

/** Whether the file that a handler names is there and exports it, and whether the runtime can load it. Said only where the project's files are known. */
export function checkHandlers(input: CheckInput): void {
  const { document, view, context } = input;
  if (!context.files) return;
  for (const resource of view.resources.values()) {
    const wanted = handlerFile(resource, document);
    if (!wanted) continue;
    const file = wanted.candidates.find((candidate) => context.files?.has(candidate));
    if (file === undefined) reportMissing(resource, wanted, context.files, input);
    else checkFile(resource, wanted, file, input);
  }
}

function reportMissing(resource: ResourceView, wanted: HandlerFile, files: ReadonlySet<string>, { report }: CheckInput): void {
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

function checkFile(resource: ResourceView, wanted: HandlerFile, file: string, input: CheckInput): void {
  const text = input.context.readText?.(file);
  if (text === undefined) return;
  const [name = ""] = wanted.exportPath.split(".");
  const facts = wanted.language === "nodejs" ? moduleFacts(text) : undefined;
  const exported = wanted.language === "nodejs" ? facts?.exports : wanted.language === "python" ? exportsOfPython(text) : undefined;
  if (exported && !exported.has(name)) {
    const names = [...exported].filter((each) => each !== "default");
    const has = names.length === 0 ? "it exports nothing" : `it has ${names.slice(0, 8).join(", ")}`;
    const only = names.length === 1 && wanted.exportPath === name ? names[0] : undefined;
    input.report({
      severity: "error",
      rule: "design.handler-not-exported",
      message: `The handler of ${resource.id} is ${wanted.handler}, but ${file} has no ${name}: ${has}. Export it, or change Handler.`,
      path: [...resource.path, "Properties", "Handler"],
      ...(only === undefined ? {} : renameFix(resource, wanted, only)),
    });
    return;
  }
  if (facts) checkCode(resource, wanted, file, facts, input);
}

function renameFix(resource: ResourceView, wanted: HandlerFile, name: string) {
  const value = wanted.handler.slice(0, -wanted.exportPath.length) + name;
  return {
    fix: { title: `Set it to ${value}`, command: { type: "setProperty" as const, id: resource.id, path: "Properties.Handler", value } },
  };
}
