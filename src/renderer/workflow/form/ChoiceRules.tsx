import { stateOf } from "../../../model/asl/parse.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { CodeField } from "../../editors/CodeField.tsx";
import { conditionWords } from "../workflowWords.ts";
import { conditionIn, withCondition } from "./condition.ts";
import { ConditionEditor, pathCompletion } from "./ConditionEditor.tsx";
import { FieldProblems } from "./FieldRow.tsx";
import { completeExpressionText, inExpression, plain, TextRow } from "./fields.tsx";
import { AddEntry, ListCard } from "./ListCard.tsx";
import { StateSelect } from "./StateSelect.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { linesOf, TemplateField } from "./TemplateField.tsx";
import { useTypedText } from "./typedText.ts";
import { t } from "../../app/texts/texts.ts";

/** Rules in order: the first that holds says where to go. */
export function ChoiceRules({ form }: { form: StateForm }) {
  const rules = written(form, ["Choices"]);
  const scope = form.scope();
  const state = stateOf(form.state.name, form.state.written, "", form.language);
  const [first] = form.names.filter((name) => name !== form.state.name);
  return (
    <>
      {(Array.isArray(rules) ? rules : []).map((json, index) => {
        const path = ["Choices", index];
        const name = t("Rule {{index}}", { index: index + 1 });
        const rule: JsonObject = isJsonObject(json) ? json : {};
        const parsed = state.type === "Choice" ? state.choices.find(({ location }) => location === `/Choices[${index}]`) : undefined;
        return (
          <ListCard
            key={name}
            form={form}
            path={path}
            name={name}
            title={parsed === undefined ? name : `${index + 1}. ${conditionWords(parsed.condition)}`}
            isLastKept
          >
            <div className="py-[3px]">
              {form.language === "JSONata" ? (
                <ConditionText form={form} index={index} name={name} />
              ) : (
                <ConditionEditor
                  name={name}
                  condition={conditionIn(rule)}
                  complete={pathCompletion(scope)}
                  onChange={(condition) =>
                    form.change(t("Change the condition of {{name}}", { name }), [path, withCondition(rule, condition)])
                  }
                />
              )}
              {form.language === "JSONPath" && (
                <FieldProblems form={form} paths={Object.keys(conditionIn(rule)).map((member) => [...path, member])} />
              )}
            </div>
            <StateSelect
              form={form}
              path={[...path, "Next"]}
              title="Next"
              label={t("Next of {{name}}", { name })}
              help={t("Where to go when it holds.")}
            />
            <TemplateField
              form={form}
              path={[...path, "Assign"]}
              title="Assign"
              help={t("Variables to set when it holds.")}
              scope={scope}
            />
            {form.language === "JSONata" && (
              <TemplateField form={form} path={[...path, "Output"]} title="Output" help={t("What goes on when it holds.")} scope={scope} />
            )}
            <TextRow form={form} path={[...path, "Comment"]} title="Comment" help={t("For people; it changes nothing.")} />
          </ListCard>
        );
      })}
      {first !== undefined && (
        <AddEntry
          form={form}
          list={["Choices"]}
          entry={
            form.language === "JSONata"
              ? { Condition: "{% $exists($states.input.value) %}", Next: first }
              : { Variable: "$.value", IsPresent: true, Next: first }
          }
          title={t("Add a rule")}
        />
      )}
    </>
  );
}

/** JSONata: one expression, which may take several lines. */
function ConditionText({ form, index, name }: { form: StateForm; index: number; name: string }) {
  const path = ["Choices", index, "Condition"];
  const value = written(form, path);
  const scope = form.scope();
  const [text, setText] = useTypedText(plain(value));
  const commit = (): void => {
    const next = text.trim();
    if (next === plain(value) || next === "") return;
    form.change(t("Change the condition of {{name}}", { name }), [
      path,
      next === "true" ? true : next === "false" ? false : inExpression(next),
    ]);
  };
  const lines = linesOf(text, 8);
  return (
    <div onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && commit()}>
      <div style={{ height: lines * 18 + 14 }} className="overflow-hidden rounded-md border border-line bg-code focus-within:border-accent">
        <CodeField
          label={t("Condition of {{name}}", { name })}
          language="plaintext"
          value={text}
          onChange={setText}
          onSubmit={commit}
          complete={(at, offset) => completeExpressionText(at, offset, scope)}
        />
      </div>
      <FieldProblems form={form} paths={[path]} />
    </div>
  );
}
