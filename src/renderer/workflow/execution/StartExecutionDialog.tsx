import { useState } from "react";
import { readJsonText } from "../../../model/asl/jsonText.ts";
import { prettyText } from "../../../model/asl/prettyText.ts";
import { closeDialog } from "../../app/stores/dialogs.ts";
import { isServing, startRun, useRun } from "../../app/stores/run.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Dialog } from "../../app/ui/Dialog.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { TextField } from "../../app/ui/TextField.tsx";
import { CodeField } from "../../editors/CodeField.tsx";
import { jsonProblem } from "../testState/testRequest.ts";
import { useWorkflow } from "../useWorkflow.ts";
import { startExecution } from "./executionActions.ts";
import { t } from "../../app/texts/texts.ts";
import { messageOf } from "../../app/texts/words.ts";

/** Input given last, by machine: the next one is mostly alike. */
const lastInputs = new Map<string, string>();

/** A new execution: with which input, under which name, and whether to wait for its end. */
export function StartExecutionDialog({ machine, input }: { machine: string; input: string | undefined }) {
  const isExpress = useWorkflow(machine)?.source.isExpress === true;
  const run = useRun((state) => state.run);
  const [text, setText] = useState(() => readable(input ?? lastInputs.get(machine) ?? "{}"));
  const [name, setName] = useState("");
  const [isSync, setSync] = useState(isExpress);
  const [problem, setProblem] = useState<string | null>(null);
  const [isStarting, setStarting] = useState(false);
  const wrong = problemOf(text);
  const start = (): void => {
    if (wrong !== null || isStarting) return;
    setStarting(true);
    setProblem(null);
    lastInputs.set(machine, text);
    startExecution(machine, { input: text, name: name.trim(), isSync: isExpress && isSync })
      .then(closeDialog)
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setStarting(false));
  };
  return (
    <Dialog
      title={t("Start {{machine}}", { machine })}
      description={
        isExpress
          ? t("Express: in memory, without a lasting history.")
          : t("Standard: it answers at once, and each event is written down. Only Express machines can answer when they have ended.")
      }
      isOpen
      onClose={closeDialog}
      width={620}
      actions={
        <>
          {(problem ?? wrong) !== null && (
            <span role="alert" data-selectable className="mr-auto min-w-0 self-center text-xs break-words text-error">
              {problem ?? wrong}
            </span>
          )}
          <Button onClick={closeDialog}>{t("Cancel")}</Button>
          {isServing(run) ? (
            <Button look="primary" shortcut="mod+enter" disabled={wrong !== null || isStarting} onClick={start}>
              {isStarting ? (isSync ? t("Waiting for its end") : t("Starting")) : t("Start")}
            </Button>
          ) : (
            <Button look="primary" onClick={() => void startRun()}>
              {t("Run the design first")}
            </Button>
          )}
        </>
      }
    >
      <div className="flex items-end gap-3 pb-3">
        <div className="min-w-0 flex-1">
          <p className="pb-1 text-xs text-fg-3">{t("Name")}</p>
          <TextField label={t("Name of the execution")} value={name} onChange={setName} placeholder={t("made up if left empty")} isMono />
        </div>
        {isExpress && (
          <div className="w-60">
            <p className="pb-1 text-xs text-fg-3">{t("Answer")}</p>
            <Select
              label={t("When it answers")}
              className="w-full"
              value={isSync ? "sync" : "async"}
              options={[
                { value: "sync", title: t("Sync: when it has ended") },
                { value: "async", title: t("Async: at once") },
              ]}
              onChange={(value) => setSync(value === "sync")}
            />
          </div>
        )}
      </div>
      <p className="pb-1 text-xs text-fg-3">{t("Input")}</p>
      <div className="h-64 overflow-hidden rounded-md border border-line">
        <CodeField
          language="json"
          label={t("Input of the execution")}
          value={text}
          onChange={(next) => {
            setText(next);
            setProblem(null);
          }}
          onSubmit={start}
        />
      </div>
    </Dialog>
  );
}

function problemOf(text: string): string | null {
  const problem = jsonProblem(text);
  return problem === undefined ? null : t("The input is not JSON: {{problem}}", { problem });
}

/** As a person would write it, where it is an object or a list. */
function readable(text: string): string {
  return readJsonText(text).ok ? prettyText(text) : text;
}
