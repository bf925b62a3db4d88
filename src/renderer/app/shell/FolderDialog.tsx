import { useState } from "react";
import { closeDialog } from "../stores/dialogs.ts";
import { openProject } from "../stores/project.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { FolderPicker } from "./FolderPicker.tsx";
import { t } from "../texts/texts.ts";

/** Walks the folders of this machine and ends with a project opened. */
export function FolderDialog() {
  const [folder, setFolder] = useState<string | null>(null);
  const open = (path: string): void => {
    closeDialog();
    void openProject(path);
  };
  return (
    <Dialog
      title={t("Open a project")}
      description={t(
        "A folder with template.yaml, a single template or state machine, or the cdk.out of a CDK app. Opening writes nothing.",
      )}
      isOpen
      onClose={closeDialog}
      width={560}
      actions={
        <>
          <Button onClick={closeDialog}>{t("Cancel")}</Button>
          <Button look="primary" disabled={folder === null} onClick={() => folder !== null && open(folder)}>
            {t("Open this folder")}
          </Button>
        </>
      }
    >
      <FolderPicker onFolder={setFolder} onOpen={open} />
    </Dialog>
  );
}
