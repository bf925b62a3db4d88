import { Check, Heart, X } from "lucide-react";
import { useState } from "react";
import { notify } from "../../app/stores/notices.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { TextField } from "../../app/ui/TextField.tsx";
import { CodeField } from "../../editors/CodeField.tsx";
import { CopyButton } from "../../editors/json/JsonView.tsx";
import { formatDuration } from "../../timeline/duration.ts";
import { answerTask, type TaskAnswer } from "./executionActions.ts";
import type { OpenTask } from "./executionEvents.ts";
import { leftWords, useVirtualNow } from "./virtualNow.ts";
import { t } from "../../app/texts/texts.ts";
import { messageOf } from "../../app/texts/words.ts";

/** Answers a task that waits for somebody outside, in the place of that somebody. */
export function TaskAnswerForm({ arn, task }: { arn: string; task: OpenTask }) {
  const [kind, setKind] = useState<"success" | "failure">("success");
  const [output, setOutput] = useState("{}");
  const [error, setError] = useState("");
  const [cause, setCause] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const now = useVirtualNow(true);
  const send = (answer: TaskAnswer): void => {
    setProblem(null);
    answerTask(arn, task.token, answer).then(
      () => answer.type === "heartbeat" && notify({ tone: "ok", title: t("Heartbeat sent for {{state}}", { state: task.state }) }),
      (thrown: unknown) => setProblem(messageOf(thrown)),
    );
  };
  const submit = (): void => send(kind === "success" ? { type: "success", output } : { type: "failure", error, cause });
  const limits = [
    t("waits for {{value}}", { value: formatDuration(Math.max(0, Math.round((now - task.since) / 1000) * 1000)) }),
    ...(task.timeoutAt === null ? [] : [t("times out in {{timeoutAt}}", { timeoutAt: leftWords(task.timeoutAt - now) })]),
    ...(task.heartbeatAt === null ? [] : [t("heartbeat due in {{heartbeatAt}}", { heartbeatAt: leftWords(task.heartbeatAt - now) })]),
    ...(task.isTaken ? [] : [t("no worker has taken it")]),
  ];
  return (
    <form
      aria-label={t("Answer {{state}}", { state: task.state })}
      className="flex h-full min-h-0 flex-col gap-1.5 px-3 py-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="flex flex-none items-center gap-1.5">
        <Select<"success" | "failure">
          label={t("Kind of answer")}
          className="w-28"
          value={kind}
          options={[
            { value: "success", title: t("Success") },
            { value: "failure", title: t("Failure") },
          ]}
          onChange={setKind}
        />
        <p className="min-w-0 flex-1 truncate text-xs text-fg-3 tabular-nums" title={limits.join(", ")}>
          {limits.join(" · ")}
        </p>
        <CopyButton text={task.token} label={t("Copy the task token")} />
      </div>
      {kind === "success" ? (
        <div className="min-h-10 flex-1 overflow-hidden rounded-md border border-line bg-code">
          <CodeField label={t("Output of the task")} language="json" value={output} onChange={setOutput} onSubmit={submit} />
        </div>
      ) : (
        <div className="flex flex-none flex-col gap-1.5">
          <TextField label={t("Error")} placeholder={t("Error: PaymentDeclined")} value={error} onChange={setError} isMono />
          <TextField label={t("Cause")} placeholder={t("Cause: what happened")} value={cause} onChange={setCause} />
        </div>
      )}
      <div className="flex flex-none items-center gap-1.5">
        <Button size="compact" look={kind === "success" ? "primary" : "danger"} type="submit">
          {kind === "success" ? <Check size={12} /> : <X size={12} />}
          {kind === "success" ? t("Send success") : t("Send failure")}
        </Button>
        <Button size="compact" onClick={() => send({ type: "heartbeat" })}>
          <Heart size={12} />
          {t("Send heartbeat")}
        </Button>
        {problem !== null && (
          <p role="alert" data-selectable className="min-w-0 flex-1 truncate text-xs text-error" title={problem}>
            {problem}
          </p>
        )}
      </div>
    </form>
  );
}
