import type { Retrier } from "../../../model/asl/definition.ts";
import { stateOf } from "../../../model/asl/parse.ts";
import { secondsWords } from "../workflowWords.ts";
import { ErrorNames } from "./ErrorNames.tsx";
import { AmountRow, ChoiceRow, TextRow } from "./fields.tsx";
import { AddEntry, ListCard } from "./ListCard.tsx";
import { RetrySchedule } from "./RetrySchedule.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { t } from "../../app/texts/texts.ts";

/** Which errors are tried again, and when. */
export function RetryList({ form }: { form: StateForm }) {
  const entries = written(form, ["Retry"]);
  const parsed = stateOf(form.state.name, form.state.written, "", form.language);
  const retriers = "retry" in parsed ? parsed.retry : [];
  const scope = form.scope();
  return (
    <>
      {(Array.isArray(entries) ? entries : []).map((_entry, index) => {
        const path = ["Retry", index];
        const name = t("Retry {{index}}", { index: index + 1 });
        const retrier = retriers[index];
        return (
          <ListCard key={name} form={form} path={path} name={name} title={retrier === undefined ? name : retrierWords(retrier)}>
            <ErrorNames form={form} path={[...path, "ErrorEquals"]} name={name} />
            <AmountRow
              form={form}
              path={[...path, "IntervalSeconds"]}
              title="IntervalSeconds"
              help={t("The pause before the first retry.")}
              scope={scope}
              placeholder="1"
              unit="s"
            />
            <AmountRow
              form={form}
              path={[...path, "BackoffRate"]}
              title="BackoffRate"
              help={t("What each pause is multiplied by for the next, at least 1.")}
              scope={scope}
              placeholder="2"
              unit="×"
            />
            <AmountRow
              form={form}
              path={[...path, "MaxAttempts"]}
              title="MaxAttempts"
              help={t("How often it is tried again; 0 means never.")}
              scope={scope}
              placeholder="3"
            />
            <AmountRow
              form={form}
              path={[...path, "MaxDelaySeconds"]}
              title="MaxDelaySeconds"
              help={t("No pause is longer.")}
              scope={scope}
              placeholder={t("None")}
              unit="s"
            />
            <ChoiceRow
              form={form}
              path={[...path, "JitterStrategy"]}
              title="JitterStrategy"
              help={t("FULL makes each pause a random part of what it would be, so that many do not come back at once.")}
              options={[
                { value: "NONE", title: t("None") },
                { value: "FULL", title: t("Full") },
              ]}
              fallback={t("None")}
            />
            <TextRow form={form} path={[...path, "Comment"]} title="Comment" help={t("For people; it changes nothing.")} />
            {retrier !== undefined && <RetrySchedule retrier={retrier} />}
          </ListCard>
        );
      })}
      <AddEntry
        form={form}
        list={["Retry"]}
        entry={{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }}
        title={t("Add a retry")}
      />
    </>
  );
}

function retrierWords({ errorEquals, maxAttempts, intervalSeconds }: Retrier): string {
  const errors = errorEquals.map((error) => (error === "States.ALL" ? t("any error") : error)).join(", ");
  return t("{{errors}}: {{maxAttempts}}×, first after {{intervalSeconds}}", {
    errors: errors || t("no error"),
    maxAttempts,
    intervalSeconds: secondsWords(intervalSeconds),
  });
}
