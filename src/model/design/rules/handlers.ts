import type { ResourceView } from "../view.ts";
import { handlerFile, type HandlerFile } from "./handlerFile.ts";
import { moduleFacts } from "./javaScriptSource.ts";
import { exportsOfPython } from "./pythonSource.ts";
import { checkCode } from "./runtimeCode.ts";
import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

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
      ? words("The handler of {{resource}} is {{handler}}, but there is no file {{shown}}. Create it, or change Handler or CodeUri.", {
          resource: resource.id,
          handler: wanted.handler,
          shown: wanted.shown,
        })
      : words("The code folder {{folder}} of {{resource}} is not there. Create it (or build into it), or change CodeUri.", {
          folder: wanted.folder,
          resource: resource.id,
        }),
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
    const has = names.length === 0 ? words("it exports nothing") : words("it has {{names}}", { names: names.slice(0, 8).join(", ") });
    const only = names.length === 1 && wanted.exportPath === name ? names[0] : undefined;
    input.report({
      severity: "error",
      rule: "design.handler-not-exported",
      message: words("The handler of {{resource}} is {{handler}}, but {{file}} has no {{name}}: {{has}}. Export it, or change Handler.", {
        resource: resource.id,
        handler: wanted.handler,
        file,
        name,
        has,
      }),
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
    fix: {
      title: words("Set it to {{value}}", { value }),
      command: { type: "setProperty" as const, id: resource.id, path: "Properties.Handler", value },
    },
  };
}
