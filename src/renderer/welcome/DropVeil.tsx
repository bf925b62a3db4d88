import { FileInput } from "lucide-react";
import { useEffect, useState } from "react";
import { showDialog } from "../app/stores/dialogs.ts";
import { notify } from "../app/stores/notices.ts";
import { openProject } from "../app/stores/project.ts";
import { readDrop } from "./droppedFiles.ts";
import { t } from "../app/texts/texts.ts";
import { messageOf } from "../app/texts/words.ts";

/** Takes templates and folders that are dropped anywhere on the window, and says so while they are above it. */
export function DropVeil() {
  const [isAbove, setIsAbove] = useState(false);
  useEffect(() => {
    const isOfFiles = (event: DragEvent): event is DragEvent & { dataTransfer: DataTransfer } =>
      event.dataTransfer?.types.includes("Files") === true;
    const onDragOver = (event: DragEvent): void => {
      if (!isOfFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setIsAbove(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsAbove(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!isOfFiles(event)) return;
      event.preventDefault();
      setIsAbove(false);
      void open(event.dataTransfer);
    };
    document.addEventListener("dragover", onDragOver);
    document.addEventListener("dragleave", onDragLeave);
    document.addEventListener("drop", onDrop);
    return () => {
      document.removeEventListener("dragover", onDragOver);
      document.removeEventListener("dragleave", onDragLeave);
      document.removeEventListener("drop", onDrop);
    };
  }, []);
  if (!isAbove) return null;
  const isDesktop = window.contrailDesktop !== undefined;
  return (
    <div role="status" className="fade pointer-events-none fixed inset-0 z-50 grid place-items-center bg-[rgb(0_0_0/.35)]">
      <div className="flex items-center gap-3 rounded-xl border border-accent bg-raised px-5 py-4 shadow-3">
        <FileInput size={20} className="text-accent" />
        <div>
          <p className="text-md font-semibold">{isDesktop ? t("Drop to open") : t("Drop to begin a project with it")}</p>
          <p className="text-fg-2">{t("A template.yaml, or the folder of a project")}</p>
        </div>
      </div>
    </div>
  );
}

async function open(transfer: DataTransfer): Promise<void> {
  try {
    const dropped = await readDrop(transfer);
    if (dropped.type === "path") await openProject(dropped.path);
    else showDialog({ type: "new-project", dropped });
  } catch (error) {
    notify({ tone: "error", title: t("This cannot be opened"), detail: messageOf(error) });
  }
}
