import { isJsonObject } from "../../../model/json.ts";
import { ErrorNames } from "./ErrorNames.tsx";
import { PathRow, TextRow } from "./fields.tsx";
import { AddEntry, ListCard } from "./ListCard.tsx";
import { StateSelect } from "./StateSelect.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { TemplateField } from "./TemplateField.tsx";
import { t } from "../../app/texts/texts.ts";

/** Where the flow goes on when an error is left. */
export function CatchList({ form }: { form: StateForm }) {
  const entries = written(form, ["Catch"]);
  const scope = form.scope({ hasErrorOutput: true });
  const [other] = form.names.filter((name) => name !== form.state.name);
  return (
    <>
      {(Array.isArray(entries) ? entries : []).map((entry, index) => {
        const path = ["Catch", index];
        const name = t("Catch {{index}}", { index: index + 1 });
        const errors = isJsonObject(entry) && Array.isArray(entry["ErrorEquals"]) ? entry["ErrorEquals"].map(String) : [];
        const title = `${errors.map((error) => (error === "States.ALL" ? t("any error") : error)).join(", ") || t("no error")} → ${isJsonObject(entry) ? String(entry["Next"] ?? "?") : "?"}`;
        return (
          <ListCard key={name} form={form} path={path} name={name} title={title}>
            <ErrorNames form={form} path={[...path, "ErrorEquals"]} name={name} />
            <StateSelect
              form={form}
              path={[...path, "Next"]}
              title="Next"
              label={t("Next of {{name}}", { name })}
              help={t("Where the flow goes on.")}
            />
            {form.language === "JSONPath" ? (
              <PathRow
                form={form}
                path={[...path, "ResultPath"]}
                title="ResultPath"
                help={t("Where in the input the error is put; null drops it. Default $: the error replaces the input.")}
                scope={scope}
                nullMeans={t("drops the error")}
              />
            ) : (
              <TemplateField
                form={form}
                path={[...path, "Output"]}
                title="Output"
                help={t("What goes on; $states.errorOutput is the error.")}
                scope={scope}
              />
            )}
            <TemplateField
              form={form}
              path={[...path, "Assign"]}
              title="Assign"
              help={t("Variables to set when it takes an error.")}
              scope={scope}
            />
            <TextRow form={form} path={[...path, "Comment"]} title="Comment" help={t("For people; it changes nothing.")} />
          </ListCard>
        );
      })}
      {other !== undefined && (
        <AddEntry form={form} list={["Catch"]} entry={{ ErrorEquals: ["States.ALL"], Next: other }} title={t("Add a catch")} />
      )}
    </>
  );
}
