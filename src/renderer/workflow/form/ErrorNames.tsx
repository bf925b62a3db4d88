import type { Steps } from "../../../model/asl/commands/command.ts";
import { isJsonObject } from "../../../model/json.ts";
import { CompletingField } from "./CompletingField.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const errors = perLanguage((): readonly (readonly [string, string])[] => [
  ["States.ALL", t("any error; alone and last")],
  ["States.TaskFailed", t("any failure but a timeout")],
  ["States.Timeout", t("it took too long")],
  ["States.HeartbeatTimeout", t("no heartbeat came")],
  ["States.DataLimitExceeded", t("more than 256 KiB")],
  ["States.ParameterPathFailure", t("a path found nothing")],
  ["States.ResultPathMatchFailure", t("ResultPath does not fit the input")],
  ["States.QueryEvaluationError", t("an expression failed")],
  ["States.IntrinsicFailure", t("a function failed")],
  ["States.NoChoiceMatched", t("no rule held")],
  ["States.BranchFailed", t("a branch failed")],
  ["States.ItemReaderFailed", t("the items could not be read")],
  ["States.ResultWriterFailed", t("the results could not be written")],
  ["States.ExceedToleratedFailureThreshold", t("too many items failed")],
  ["States.Permissions", t("the role may not")],
  ["Lambda.ServiceException", t("Lambda itself failed")],
  ["Lambda.AWSLambdaException", t("Lambda itself failed")],
  ["Lambda.SdkClientException", t("Lambda could not be reached")],
  ["Lambda.TooManyRequestsException", t("throttled")],
  ["Lambda.Unknown", t("the function ended without an answer")],
]);

/** ErrorEquals: names with commas between them. */
export function ErrorNames({ form, path, name }: { form: StateForm; path: Steps; name: string }) {
  const value = written(form, path);
  const names = Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  return (
    <FieldRow
      form={form}
      path={path}
      title="ErrorEquals"
      help={t("Names of errors, with commas between them. States.ALL stands alone, in the last entry.")}
      isRequired
    >
      <CompletingField
        label={t("Errors of {{name}}", { name })}
        value={names.join(", ")}
        placeholder="States.ALL"
        complete={(text, offset) => {
          const begin = text.lastIndexOf(",", offset - 1) + 1;
          const from = begin + (/^\s*/.exec(text.slice(begin))?.[0].length ?? 0);
          const typed = text.slice(from, offset).toLowerCase();
          return [...knownErrors(form), ...errors()]
            .filter(([error]) => error.toLowerCase().includes(typed))
            .map(([error, detail]) => ({ label: error, insert: error, from, to: offset, kind: "value", detail }));
        }}
        onCommit={(text) =>
          form.change(t("Change the errors of {{name}}", { name }), [
            path,
            text
              .split(",")
              .map((one) => one.trim())
              .filter((one) => one !== ""),
          ])
        }
      />
    </FieldRow>
  );
}

/** What Fail states inside this one, and entries elsewhere in the machine, name. */
function knownErrors({ workflow }: StateForm): readonly (readonly [string, string])[] {
  const names = new Map<string, string>();
  for (const { written: state, name, type } of workflow.states) {
    const error = state["Error"];
    if (type === "Fail" && typeof error === "string" && !error.startsWith("{%")) names.set(error, `of ${name}`);
    for (const list of [state["Retry"], state["Catch"]])
      for (const entry of Array.isArray(list) ? list : [])
        for (const one of isJsonObject(entry) && Array.isArray(entry["ErrorEquals"]) ? entry["ErrorEquals"] : [])
          if (typeof one === "string" && !names.has(one) && errors().every(([known]) => known !== one)) names.set(one, `in ${name}`);
  }
  return [...names];
}
