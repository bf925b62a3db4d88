import type { Steps } from "../../../model/asl/commands/command.ts";
import type { Suggestion } from "../../../model/asl/complete/suggestion.ts";
import { notify } from "../../app/stores/notices.ts";
import { Select } from "../../app/ui/Select.tsx";
import { changeWorkflow } from "../changeWorkflow.ts";
import { CompletingField } from "./CompletingField.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { plain } from "./fields.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { t } from "../../app/texts/texts.ts";

interface StateSelectProps {
  form: StateForm;
  path: Steps;
  title: string;
  label?: string;
  help: string;
  /** Offers to go nowhere, in these words. */
  nowhere?: string;
}

const none = "\u0000";

/** A state of the same flow. */
export function StateSelect({ form, path, title, label = title, help, nowhere }: StateSelectProps) {
  const value = plain(written(form, path));
  return (
    <FieldRow form={form} path={path} title={title} help={help} isRequired={nowhere === undefined}>
      <StateChoice
        label={label}
        value={value === "" && nowhere !== undefined ? none : value}
        placeholder={t("Choose a state")}
        options={[...(nowhere === undefined ? [] : [{ value: none, title: nowhere }]), ...statesToGoTo(form, value)]}
        onChange={(chosen) => form.change(t("Change {{label}}", { label }), [path, chosen === none ? undefined : chosen])}
      />
    </FieldRow>
  );
}

/** Next or End, whichever is chosen. */
export function NextRow({ form }: { form: StateForm }) {
  const { state } = form;
  const value = plain(state.written["Next"]);
  const isEnd = state.written["Next"] === undefined && state.written["End"] === true;
  const choose = (chosen: string): void =>
    void changeWorkflow(form.machine, t("Change Next of {{name}}", { name: state.name }), {
      type: "setTransition",
      flow: state.steps.slice(0, -2),
      way: { kind: "next", from: state.name },
      to: chosen === none ? null : chosen,
    });
  return (
    <FieldRow
      form={form}
      path={["Next"]}
      also={[["End"]]}
      isRequired
      title="Next"
      help={t("The state that comes after it, or the end of the flow.")}
    >
      <StateChoice
        label="Next"
        value={isEnd ? none : value}
        placeholder={t("Choose what comes next")}
        options={[...statesToGoTo(form, value), { value: none, title: t("End of the flow") }]}
        onChange={choose}
      />
    </FieldRow>
  );
}

/** A list of more options takes seconds to draw, and nobody looks through it: the name is typed. */
const mostListed = 200;

interface StateChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly options: ReturnType<typeof statesToGoTo>;
  onChange(value: string): void;
}

function StateChoice({ label, value, placeholder, options, onChange }: StateChoiceProps) {
  if (options.length <= mostListed)
    return <Select label={label} className="w-full" value={value} placeholder={placeholder} options={options} onChange={onChange} />;
  return (
    <CompletingField
      label={label}
      isMono={false}
      value={options.find((one) => one.value === value)?.title ?? ""}
      placeholder={placeholder}
      complete={(text) =>
        options
          .filter(({ title }) => title.toLowerCase().includes(text.toLowerCase()))
          .map(({ title }): Suggestion => ({ label: title, insert: title, from: 0, to: text.length, kind: "state" }))
      }
      onCommit={(text) => {
        const chosen = options.find(({ title }) => title === text);
        if (chosen !== undefined) onChange(chosen.value);
        else
          notify({
            tone: "error",
            title: t("{{label}} stays as it was", { label }),
            detail: t("This flow has no state {{text}}. Choose one of those that are suggested.", { text }),
          });
      }}
    />
  );
}

function statesToGoTo(
  { names }: StateForm,
  value: string,
): readonly { readonly value: string; readonly title: string; readonly detail?: string }[] {
  return [
    ...(value !== "" && !names.includes(value) ? [{ value, title: value, detail: t("not in this flow") }] : []),
    ...names.map((name) => ({ value: name, title: name })),
  ];
}
