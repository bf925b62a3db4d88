// Double click on a card: its code or its workflow if it has some, else its place in the template.
import type { DesignResource } from "../../model/design/design.ts";
import { useDesign } from "../app/stores/design.ts";
import { useProject } from "../app/stores/project.ts";
import { revealInEditor } from "../editors/reveal.ts";
import { stateMachineTypes } from "../../model/design/workflows/workflowSource.ts";
import { openWorkflow } from "../workflow/workflowStore.ts";

const codeExtensions = [".ts", ".mts", ".tsx", ".js", ".mjs", ".cjs", ".py"];

export function openResource(resource: DesignResource): void {
  if (stateMachineTypes.has(resource.type)) {
    openWorkflow(resource.id);
    return;
  }
  const file = codeFileOf(resource);
  if (file === null) showInTemplate(resource);
  else revealInEditor({ path: file, line: 1, column: 1 });
}

export function showInTemplate(resource: DesignResource, { beside = false } = {}): void {
  const { document } = useDesign.getState();
  if (document === null) return;
  const range = document.rangeOf(resource.path, "key") ?? document.rangeOf(resource.path);
  revealInEditor({ path: document.path, line: range?.start.line ?? 1, column: range?.start.column ?? 1 }, { beside });
}

/** The handler's file as it lies in the project, for a function whose code is here. */
export function codeFileOf(resource: DesignResource): string | null {
  const { Handler: handler, CodeUri: codeUri } = resource.effectiveProperties;
  if (typeof handler !== "string") return null;
  const folder = typeof codeUri === "string" ? codeUri.replace(/^\.\//, "").replace(/\/$/, "") : "";
  const module = handler.slice(0, handler.lastIndexOf("."));
  const base = [folder === "." ? "" : folder, module].filter(Boolean).join("/");
  const files = useProject.getState().project?.files ?? [];
  return codeExtensions.map((extension) => `${base}${extension}`).find((path) => files.some((file) => file.path === path)) ?? null;
}
