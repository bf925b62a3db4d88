import { useState } from "react";
import type { Span } from "../../model/trace.ts";
import { closeDialog } from "../app/stores/dialogs.ts";
import { useRun } from "../app/stores/run.ts";
import { Button } from "../app/ui/Button.tsx";
import { Dialog } from "../app/ui/Dialog.tsx";
import { CodeField } from "../editors/CodeField.tsx";
import { againOf, messageOf, sendAgain, withMessage } from "./runAgain.ts";
import { spanTitle } from "./spanWords.ts";
import { t } from "../app/texts/texts.ts";

/** The message of a hop, to be changed before the hop is run again. */
export function RunAgainDialog({ span }: { span: Span }) {
  const run = useRun((state) => state.run);
  const [again] = useState(() => againOf(span, run));
  const [original] = useState(() => (again.type === "impossible" ? null : messageOf(again)));
  const [text, setText] = useState(original?.text ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  if (again.type === "impossible" || original === null) return null;
  const send = (): void => {
    try {
      const edited = text === original.text ? again : withMessage(again, { ...original, text });
      closeDialog();
      void sendAgain(span, edited);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog
      title={t("Run {{span}} again", { span: spanTitle(span) })}
      description={t("It is sent as a trace of its own, with the code and data as they are now. The trace that it comes from stays.")}
      isOpen
      onClose={closeDialog}
      width={620}
      actions={
        <>
          {problem !== null && (
            <span role="alert" className="mr-auto min-w-0 truncate self-center text-xs text-error" title={problem}>
              {problem}
            </span>
          )}
          <Button onClick={closeDialog}>{t("Cancel")}</Button>
          <Button look="primary" shortcut="mod+enter" onClick={send}>
            {text === original.text ? t("Run again") : t("Run edited")}
          </Button>
        </>
      }
    >
      <div className="h-72 overflow-hidden rounded-md border border-line">
        <CodeField
          language="json"
          label={t("Message to run again")}
          value={text}
          onChange={(next) => {
            setText(next);
            setProblem(null);
          }}
          onSubmit={send}
        />
      </div>
    </Dialog>
  );
}
