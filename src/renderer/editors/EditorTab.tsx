import { FileQuestion, FileX2 } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { openDocument, useDocuments } from "../app/stores/documents.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { ProgressLine } from "../app/ui/ProgressLine.tsx";
import { t } from "../app/texts/texts.ts";

/** Monaco is most of the Studio's code: it is loaded when the first file is opened. */
const CodeEditor = lazy(async () => ({ default: (await import("./CodeEditor.tsx")).CodeEditor }));

/** A file of the project in an editor. */
export function EditorTab({ path }: { path: string }) {
  const document = useDocuments((state) => state.documents[path]);
  const isOpen = document !== undefined;
  useEffect(() => {
    if (!isOpen) void openDocument(path);
  }, [path, isOpen]);

  if (document === undefined) return <ProgressLine label={t("Opening {{path}}", { path })} />;
  if (document.isBinary && document.text === "") {
    return (
      <EmptyState icon={<FileX2 size={18} />} title={t("Not shown here")}>
        {t("{{path}} is not text in UTF-8, or is larger than 5 MB. Open it in a program made for it; Contrail deploys it as it is.", {
          path,
        })}
      </EmptyState>
    );
  }
  if (document.version === null && document.text === "") {
    return (
      <EmptyState icon={<FileQuestion size={18} />} title={t("This file is gone")}>
        {t("{{path}} was removed from the project folder.", { path })}
      </EmptyState>
    );
  }
  return (
    <Suspense fallback={<ProgressLine label={t("Loading the editor")} />}>
      <CodeEditor path={path} />
    </Suspense>
  );
}
