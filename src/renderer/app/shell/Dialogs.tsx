import { closeDialog, useDialog } from "../stores/dialogs.ts";
import { revertDocument, saveDocument } from "../stores/documents.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { FolderDialog } from "./FolderDialog.tsx";
import { RunAgainDialog } from "../../timeline/RunAgainDialog.tsx";
import { StartExecutionDialog } from "../../workflow/execution/StartExecutionDialog.tsx";
import { ParametersDialog } from "../../parameters/ParametersDialog.tsx";
import { NewProjectDialog } from "../../welcome/NewProjectDialog.tsx";
import { ShortcutSheet } from "./ShortcutSheet.tsx";
import { StackDialog } from "./StackList.tsx";
import { t } from "../texts/texts.ts";

/** Shows the one dialog that is open. */
export function Dialogs() {
  const dialog = useDialog((state) => state.dialog);
  switch (dialog?.type) {
    case "shortcuts":
      return <ShortcutSheet />;
    case "open-folder":
      return <FolderDialog />;
    case "new-project":
      return <NewProjectDialog dropped={dialog.dropped} />;
    case "choose-stack":
      return <StackDialog path={dialog.path} />;
    case "run-again":
      return <RunAgainDialog key={dialog.span.spanId} span={dialog.span} />;
    case "start-execution":
      return <StartExecutionDialog key={dialog.machine} machine={dialog.machine} input={dialog.input} />;
    case "parameters":
      return <ParametersDialog />;
    case "confirm":
      return (
        <Dialog
          title={dialog.title}
          description={dialog.detail}
          isOpen
          onClose={closeDialog}
          width={400}
          actions={
            <>
              <Button onClick={closeDialog}>{t("Cancel")}</Button>
              <Button
                autoFocus
                look={dialog.isDangerous ? "danger" : "primary"}
                onClick={() => {
                  closeDialog();
                  dialog.run();
                }}
              >
                {dialog.action}
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      );
    case "unsaved":
      return (
        <Dialog
          title={t("Save {{path}}?", { path: dialog.path })}
          description={t("Its changes are lost otherwise.")}
          isOpen
          onClose={closeDialog}
          width={400}
          actions={
            <>
              <Button onClick={closeDialog}>{t("Cancel")}</Button>
              <Button
                look="danger"
                onClick={() => {
                  closeDialog();
                  revertDocument(dialog.path);
                  dialog.next();
                }}
              >
                {t("Do not save")}
              </Button>
              <Button
                look="primary"
                autoFocus
                onClick={() => {
                  closeDialog();
                  void saveDocument(dialog.path).then((isSaved) => isSaved && dialog.next());
                }}
              >
                {t("Save")}
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      );
    default:
      return null;
  }
}
