import { isJsonObject } from "../../../model/json.ts";
import { ErrorNames } from "./ErrorNames.tsx";
import { PathRow, TextRow } from "./fields.tsx";
import { AddEntry, ListCard } from "./ListCard.tsx";
import { StateSelect } from "./StateSelect.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { TemplateField } from "./TemplateField.tsx";

/** Where the flow goes on when an error is left. */
export function CatchList({ form }: { form: StateForm }) {
  const entries = written(form, ["Catch"]);
  const scope = form.scope({ hasErrorOutput: true });
  const [other] = form.names.filter((name) => name !== form.state.name);
  return (
    <>
      {(Array.isArray(entries) ? entries : []).map((entry, index) => {
        const path = ["Catch", index];
        const name = `Catch ${index + 1}`;
        const errors = isJsonObject(entry) && Array.isArray(entry["ErrorEquals"]) ? entry["ErrorEquals"].map(String) : [];
        const title = `${errors.map((error) => (error === "States.ALL" ? "any error" : error)).join(", ") || "no error"} → ${isJsonObject(entry) ? String(entry["Next"] ?? "?") : "?"}`;
        return (
          <ListCard key={name} form={form} path={path} name={name} title={title}>
            <ErrorNames form={form} path={[...path, "ErrorEquals"]} name={name} />
            <StateSelect form={form} path={[...path, "Next"]} title="Next" label={`Next of ${name}`} help="Where the flow goes on." />
            {form.language === "JSONPath" ? (
              <PathRow
                form={form}
                path={[...path, "ResultPath"]}
                title="ResultPath"
                help="Where in the input the error is put; null drops it. Default $: the error replaces the input."
                scope={scope}
                nullMeans="drops the error"
              />
            ) : (
              <TemplateField
                form={form}
                path={[...path, "Output"]}
                title="Output"
                help="What goes on; $states.errorOutput is the error."
                scope={scope}
              />
            )}
            <TemplateField
              form={form}
              path={[...path, "Assign"]}
              title="Assign"
              help="Variables to set when it takes an error."
              scope={scope}
            />
            <TextRow form={form} path={[...path, "Comment"]} title="Comment" help="For people; it changes nothing." />
          </ListCard>
        );
      })}
      {other !== undefined && (
        <AddEntry form={form} list={["Catch"]} entry={{ ErrorEquals: ["States.ALL"], Next: other }} title="Add a catch" />
      )}
    </>
  );
}
