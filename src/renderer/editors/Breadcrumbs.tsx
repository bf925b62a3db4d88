import { ChevronRight } from "lucide-react";
import { type editor } from "monaco-editor/editor";
import { Fragment, useEffect, useState } from "react";
import { useDesign } from "../app/stores/design.ts";
import { classes } from "../app/ui/classes.ts";
import { symbolsAt } from "./monaco/typescriptProject.ts";
import { t } from "../app/texts/texts.ts";

const PAUSE_MILLISECONDS = 120;

/** Where the cursor is: the file's folders, then the function or the template's keys around it. */
export function Breadcrumbs({ path, code, isTemplate }: { path: string; code: editor.IStandaloneCodeEditor | null; isTemplate: boolean }) {
  const [found, setFound] = useState<{ readonly code: editor.IStandaloneCodeEditor; readonly names: readonly string[] } | null>(null);
  const inside = found !== null && found.code === code ? found.names : [];
  useEffect(() => {
    if (code === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const update = (): void => {
      void around(code, isTemplate).then((names) => isCurrent && setFound({ code, names }));
    };
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(update, PAUSE_MILLISECONDS);
    };
    soon();
    const listening = code.onDidChangeCursorPosition(soon);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      listening.dispose();
    };
  }, [code, isTemplate]);

  const parts = path.split("/");
  return (
    <nav
      aria-label={t("Position in the file")}
      className="flex min-w-0 items-center gap-1.5 overflow-hidden px-4 text-xs whitespace-nowrap text-fg-3"
    >
      {[...parts, ...inside].map((name, at) => (
        <Fragment key={at}>
          {at > 0 && <ChevronRight size={11} />}
          <span className={classes("truncate", at === parts.length + inside.length - 1 && "text-fg-2")}>{name}</span>
        </Fragment>
      ))}
    </nav>
  );
}

async function around(code: editor.IStandaloneCodeEditor, isTemplate: boolean): Promise<readonly string[]> {
  const model = code.getModel();
  const position = code.getPosition();
  if (model === null || position === null) return [];
  const offset = model.getOffsetAt(position);
  if (isTemplate) {
    const path = useDesign.getState().document?.pathAt(offset) ?? [];
    return path.map((part) => (typeof part === "number" ? `[${part}]` : part));
  }
  const language = model.getLanguageId();
  if (language !== "typescript" && language !== "javascript") return [];
  // The model may have been closed while the worker answered; then there is nothing to say.
  return symbolsAt(model, offset).catch(() => []);
}
