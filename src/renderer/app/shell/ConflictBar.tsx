import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { toggleComparing, useComparing } from "../../editors/comparing.ts";
import { resolveConflict, saveDocument, useDocuments } from "../stores/documents.ts";
import { Button } from "../ui/Button.tsx";
import { t } from "../texts/texts.ts";

/** Stands above an editor whose file was changed by another program while it had unsaved text. */
export function ConflictBar({ path }: { path: string }) {
  const document = useDocuments((state) => state.documents[path]);
  const isComparing = useComparing((state) => state.path === path);
  if (document === undefined) return null;
  if (document.version === null) {
    return (
      <Bar text={t("This file is no longer on disk. Saving writes it again.")}>
        <Button size="compact" onClick={() => void saveDocument(path)}>
          {t("Write it again")}
        </Button>
      </Bar>
    );
  }
  if (document.isBinary)
    return <Bar text={t("What is on disk now cannot be read as text and is left as it is. This is the last text that stood there.")} />;
  if (document.conflict === null) return null;
  return (
    <Bar text={t("Another program changed this file in lines that you changed too. Nothing is saved until you choose.")}>
      <Button size="compact" look="quiet" onClick={() => toggleComparing(path)}>
        {isComparing ? t("Back to the editor") : t("Compare with disk")}
      </Button>
      <Button size="compact" onClick={() => void resolveConflict(path, "theirs")}>
        {t("Take the one on disk")}
      </Button>
      <Button size="compact" look="primary" onClick={() => void resolveConflict(path, "mine")}>
        {t("Keep mine")}
      </Button>
    </Bar>
  );
}

function Bar({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex min-h-9 flex-none flex-wrap items-center justify-end gap-2 border-b border-line bg-throttled-soft px-3 py-1"
    >
      <TriangleAlert size={14} className="text-throttled" />
      <span className="min-w-[min(100%-24px,320px)] flex-1">{text}</span>
      <div className="flex flex-wrap justify-end gap-2">{children}</div>
    </div>
  );
}
