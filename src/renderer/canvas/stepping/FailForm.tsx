import { useState } from "react";
import type { HoldDecision } from "../../../model/run.ts";
import { Button } from "../../app/ui/Button.tsx";
import { TextField } from "../../app/ui/TextField.tsx";
import { t } from "../../app/texts/texts.ts";

type Failure = Extract<HoldDecision, { type: "fail" }>;

const general: readonly Failure[] = [
  { type: "fail", code: "InternalServerError", message: "Internal server error", status: 500 },
  { type: "fail", code: "ServiceUnavailable", message: "Service is unavailable, try again later.", status: 503 },
  { type: "fail", code: "ThrottlingException", message: "Rate exceeded", status: 400 },
  { type: "fail", code: "AccessDeniedException", message: "User is not authorized to perform this action", status: 403 },
];

/** What goes wrong most often with each service, as AWS words it. */
const byService: Record<string, readonly Failure[]> = {
  dynamodb: [
    {
      type: "fail",
      code: "ProvisionedThroughputExceededException",
      message: "The level of configured provisioned throughput for the table was exceeded.",
      status: 400,
    },
    { type: "fail", code: "ConditionalCheckFailedException", message: "The conditional request failed", status: 400 },
    { type: "fail", code: "TransactionConflictException", message: "Transaction is ongoing for the item", status: 400 },
  ],
  lambda: [
    { type: "fail", code: "TooManyRequestsException", message: "Rate Exceeded.", status: 429 },
    { type: "fail", code: "ServiceException", message: "The Lambda service encountered an internal error.", status: 500 },
  ],
  sqs: [{ type: "fail", code: "AWS.SimpleQueueService.NonExistentQueue", message: "The specified queue does not exist.", status: 400 }],
};

/** Which error the hop shall end with, instead of being handled. */
export function FailForm({ service, onFail }: { service: string; onFail(failure: Failure): void }) {
  const choices = [...(byService[service] ?? []), ...general];
  const [failure, setFailure] = useState<Failure>(choices[0] ?? { type: "fail", code: "InternalServerError", message: "", status: 500 });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onFail(failure);
      }}
      className="flex flex-col gap-2"
    >
      <p className="font-medium">{t("Fail this hop with")}</p>
      <div className="-mx-1 flex flex-col">
        {choices.map((choice) => (
          <button
            key={choice.code}
            type="button"
            aria-pressed={choice.code === failure.code}
            onClick={() => setFailure(choice)}
            className={`truncate rounded-sm px-1 py-0.5 text-left font-mono text-xs ${choice.code === failure.code ? "bg-accent-soft text-accent" : "text-fg-2 hover:bg-hover"}`}
          >
            {choice.code}
          </button>
        ))}
      </div>
      <div className="flex gap-2">
        <TextField
          label={t("Error code")}
          value={failure.code}
          onChange={(code) => setFailure({ ...failure, code })}
          isMono
          className="flex-1"
        />
        <TextField
          label={t("HTTP status")}
          value={String(failure.status)}
          onChange={(text) => setFailure({ ...failure, status: Number.parseInt(text, 10) || 500 })}
          inputMode="numeric"
          isMono
          className="w-14"
        />
      </div>
      <TextField label={t("Message")} value={failure.message} onChange={(message) => setFailure({ ...failure, message })} />
      <Button look="danger" type="submit">
        {t("Fail the hop")}
      </Button>
    </form>
  );
}
