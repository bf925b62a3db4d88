import type { Steps } from "../../../model/asl/commands/command.ts";
import { fieldsOf, innerFields } from "../../../model/asl/complete/stateFields.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { Toggle } from "../../app/ui/Toggle.tsx";
import { AmountRow, ChoiceRow, TextRow } from "./fields.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { TemplateField } from "./TemplateField.tsx";
import { t } from "../../app/texts/texts.ts";

/** How a Map runs its items: inline, or each as an execution of its own. */
export function ProcessorRows({ form }: { form: StateForm }) {
  const field =
    form.state.written["ItemProcessor"] === undefined && form.state.written["Iterator"] !== undefined ? "Iterator" : "ItemProcessor";
  const config: Steps = [field, "ProcessorConfig"];
  if (field === "Iterator")
    return <p className="px-3 py-1 text-xs text-fg-3">{t("Written as Iterator, the older form, which always runs inline.")}</p>;
  const isDistributed = written(form, [...config, "Mode"]) === "DISTRIBUTED";
  return (
    <>
      <FieldRow
        form={form}
        path={config}
        title={t("Distributed")}
        isHolder
        help={t("ProcessorConfig.Mode: each item, or batch of items, becomes an execution of its own, up to 10,000 at once.")}
      >
        <div className="flex h-[26px] items-center">
          <Toggle
            label={t("Distributed")}
            isOn={isDistributed}
            onChange={(isOn) =>
              form.change(isOn ? t("Distribute the items") : t("Run the items inline"), [
                config,
                isOn ? { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } : { Mode: "INLINE" },
              ])
            }
          />
        </div>
      </FieldRow>
      {isDistributed && (
        <ChoiceRow
          form={form}
          path={[...config, "ExecutionType"]}
          title={t("Executions")}
          help={t("ExecutionType of the child executions.")}
          options={[
            { value: "STANDARD", title: t("Standard") },
            { value: "EXPRESS", title: t("Express") },
          ]}
          fallback={t("Choose")}
        />
      )}
    </>
  );
}

/** An object of fields inside the state: ItemReader, ItemBatcher, ResultWriter. Off until it is wanted. */
export function ObjectRows({ form, name, help, start }: { form: StateForm; name: string; help: string; start: Json }) {
  const value = written(form, [name]);
  return (
    <div className={value === undefined ? "" : "my-1 border-l-2 border-line-strong"}>
      <FieldRow form={form} path={[name]} title={name} help={help} isHolder>
        <div className="flex h-[26px] items-center">
          <Toggle
            label={name}
            isOn={value !== undefined}
            onChange={(isOn) =>
              form.change(isOn ? t("Add {{name}}", { name }) : t("Take out {{name}}", { name }), [[name], isOn ? start : undefined])
            }
          />
        </div>
      </FieldRow>
      {value !== undefined && <InnerRows form={form} path={[name]} table={name} />}
    </div>
  );
}

/** The rows of an object whose fields stand in the table of that name. */
function InnerRows({ form, path, table }: { form: StateForm; path: Steps; table: string }) {
  const fields = fieldsOf(innerFields[table] ?? [], form.language).filter(({ name }) => !name.endsWith("Path"));
  const scope = form.scope();
  const value = written(form, path);
  const known = new Set((innerFields[table] ?? []).map(({ name }) => name));
  const others = isJsonObject(value) ? Object.keys(value).filter((name) => !known.has(name)) : [];
  return (
    <>
      {fields.map(({ name, kind, help, values }) => {
        const at = [...path, name];
        if (values !== undefined) {
          const options = values.map((one) => ({ value: one, title: one.replace(/^arn:aws:states:::/, "") }));
          return <ChoiceRow key={name} form={form} path={at} title={name} help={help} options={options} fallback={t("Not set")} />;
        }
        if (kind === "amount") return <AmountRow key={name} form={form} path={at} title={name} help={help} scope={scope} />;
        if (kind === "object") return <InnerRows key={name} form={form} path={at} table={name} />;
        if (kind === "template") return <TemplateField key={name} form={form} path={at} title={name} help={help} scope={scope} />;
        if (kind === "list") return <TemplateField key={name} form={form} path={at} title={name} help={help} scope={scope} isLiteral />;
        return <TextRow key={name} form={form} path={at} title={name} help={help} />;
      })}
      {others.map((name) => (
        <TemplateField
          key={name}
          form={form}
          path={[...path, name]}
          title={name}
          help={t("Not a field that is known here; it is kept as it is.")}
          scope={scope}
          isLiteral
        />
      ))}
    </>
  );
}
