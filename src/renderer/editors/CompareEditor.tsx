import { editor } from "monaco-editor/editor";
import { useEffect, useRef } from "react";
import { documentOf } from "../app/stores/documents.ts";
import { editorOptions, languageOf } from "./monaco/monaco.ts";
import { modelOf } from "./monaco/models.ts";
import { t } from "../app/texts/texts.ts";

/** What is on disk at the left, our text at the right, still editable. */
export function CompareEditor({ path, onDisk }: { path: string; onDisk: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const document = documentOf(path);
    if (host.current === null || document === undefined) return;
    const original = editor.createModel(onDisk, languageOf(path));
    const compare = editor.createDiffEditor(host.current, {
      ...editorOptions,
      renderSideBySide: true,
      originalEditable: false,
      hideUnchangedRegions: { enabled: true },
    });
    compare.setModel({ original, modified: modelOf(document) });
    return () => {
      compare.dispose();
      original.dispose();
    };
  }, [path, onDisk]);
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div className="flex flex-none border-b border-line text-xs text-fg-3">
        {/* The editor puts both into one column where it is narrower than this. */}
        <span className="hidden flex-1 px-4 py-1 @min-[900px]:block">{t("On disk")}</span>
        <span className="hidden flex-1 px-4 py-1 @min-[900px]:block">{t("Yours, not saved")}</span>
        <span className="flex-1 px-4 py-1 @min-[900px]:hidden">{t("Red lines are on disk, green ones are yours and not saved")}</span>
      </div>
      <div ref={host} className="nokey min-h-0 flex-1" />
    </div>
  );
}
