import { fieldsOf, stateFields, type StateField } from "../../../model/asl/complete/stateFields.ts";
import type { StateType } from "../../../model/asl/definition.ts";
import { parseResource } from "../../../model/asl/resource.ts";
import type { Json } from "../../../model/json.ts";
import { Section } from "../../app/ui/Section.tsx";
import { CatchList } from "./CatchList.tsx";
import { ChoiceRules } from "./ChoiceRules.tsx";
import { AmountRow, ChoiceRow, FailTextRow, PathRow, TextRow, WaitRows } from "./fields.tsx";
import { ObjectRows, ProcessorRows } from "./MapFields.tsx";
import { ResourceRows } from "./ResourceRows.tsx";
import { RetryList } from "./RetryList.tsx";
import { NextRow, StateSelect } from "./StateSelect.tsx";
import type { StateForm } from "./stateForm.ts";
import { inputNames } from "./taskTargets.ts";
import { TemplateField } from "./TemplateField.tsx";
import { perLanguage, t } from "../../app/texts/texts.ts";

interface FieldGroup {
  readonly title: string;
  readonly fields: readonly string[];
}

const shaping = ["InputPath", "ResultSelector", "ResultPath", "OutputPath", "Output", "Assign"];
const work = perLanguage((): readonly FieldGroup[] => [
  { title: t("Data"), fields: shaping },
  { title: t("Retry"), fields: ["Retry"] },
  { title: t("Catch"), fields: ["Catch"] },
]);
const flow = perLanguage((): FieldGroup => ({ title: t("Flow"), fields: ["Next"] }));
const about = perLanguage((): FieldGroup => ({ title: t("About"), fields: ["Comment", "QueryLanguage"] }));

/** In the order in which a state does them. */
const groups = perLanguage((): Readonly<Record<StateType, readonly FieldGroup[]>> => ({
  Task: [
    { title: t("Call"), fields: ["Resource", "Parameters", "Arguments", "Credentials"] },
    ...work(),
    { title: t("Limits"), fields: ["TimeoutSeconds", "HeartbeatSeconds"] },
    flow(),
    about(),
  ],
  Choice: [{ title: t("Rules"), fields: ["Choices", "Default"] }, { title: t("Data"), fields: shaping }, about()],
  Wait: [{ title: t("Time"), fields: ["Seconds"] }, { title: t("Data"), fields: shaping }, flow(), about()],
  Pass: [
    { title: t("Data"), fields: ["InputPath", "Parameters", "Result", "ResultPath", "OutputPath", "Output", "Assign"] },
    flow(),
    about(),
  ],
  Succeed: [{ title: t("Data"), fields: shaping }, about()],
  Fail: [{ title: t("Failure"), fields: ["Error", "Cause"] }, about()],
  Parallel: [{ title: t("Branches"), fields: ["Parameters", "Arguments"] }, ...work(), flow(), about()],
  Map: [
    {
      title: t("Items"),
      fields: [
        "ItemProcessor",
        "ItemsPath",
        "Items",
        "ItemReader",
        "ItemSelector",
        "Parameters",
        "ItemBatcher",
        "ResultWriter",
        "MaxConcurrency",
      ],
    },
    { title: t("Tolerated failures"), fields: ["ToleratedFailureCount", "ToleratedFailurePercentage", "Label"] },
    ...work(),
    flow(),
    about(),
  ],
}));

/** Fields that the older form of a Map alone has. */
const onlyIfWritten = new Set(["Credentials"]);

/** Every field that the state may have in its query language, each with the control that fits. */
export function StateFields({ form }: { form: StateForm }) {
  const { type, written: state } = form.state;
  const known = new Map(fieldsOf(stateFields[type], form.language).map((field) => [field.name, field]));
  return (
    <>
      {groups()[type].map(({ title, fields }) => {
        const shown = fields
          .flatMap((name) => known.get(name) ?? [])
          .filter(({ name }) => !onlyIfWritten.has(name) || state[name] !== undefined || type === "Task");
        return shown.length === 0 ? null : (
          <Section key={title} title={title}>
            {shown.map((field) => (
              <StateFieldRow key={field.name} form={form} field={field} />
            ))}
          </Section>
        );
      })}
      <OtherFields form={form} known={known} />
    </>
  );
}

function StateFieldRow({ form, field }: { form: StateForm; field: StateField }) {
  const { name, help, kind } = field;
  const row = { form, path: [name], title: name, help };
  const doesWork = form.state.type === "Task" || form.state.type === "Parallel" || form.state.type === "Map";
  const readsResult = form.scope({ hasResult: doesWork, isOfResult: doesWork });
  switch (name) {
    case "Resource":
      return <ResourceRows form={form} />;
    case "Retry":
      return <RetryList form={form} />;
    case "Catch":
      return <CatchList form={form} />;
    case "Choices":
      return <ChoiceRules form={form} />;
    case "Default":
      return <StateSelect {...row} nowhere={t("None: an error")} />;
    case "Next":
      return <NextRow form={form} />;
    case "Seconds":
      return <WaitRows form={form} scope={form.scope()} />;
    case "Error":
    case "Cause":
      return <FailTextRow {...row} scope={form.scope()} />;
    case "ItemProcessor":
      return <ProcessorRows form={form} />;
    case "ItemReader":
      return <ObjectRows form={form} name={name} help={help} start={readerStart(form)} />;
    case "ItemBatcher":
      return <ObjectRows form={form} name={name} help={help} start={{ MaxItemsPerBatch: 10 }} />;
    case "ResultWriter":
      return <ObjectRows form={form} name={name} help={help} start={writerStart(form)} />;
    case "QueryLanguage":
      return <ChoiceRow {...row} options={[{ value: "JSONPath" }, { value: "JSONata" }]} fallback={form.language} />;
    case "Comment":
    case "Label":
      return <TextRow {...row} />;
    case "Result":
      return <TemplateField {...row} scope={form.scope()} isLiteral />;
    case "ResultSelector":
    case "Output":
    case "Assign":
      return <TemplateField {...row} scope={readsResult} />;
    case "ResultPath":
      return <PathRow {...row} scope={form.scope()} nullMeans={t("keeps the input, drops the result")} />;
    case "OutputPath":
      return <PathRow {...row} scope={form.scope()} nullMeans={t("puts out {}")} />;
    case "InputPath":
      return <PathRow {...row} scope={form.scope()} nullMeans={t("gives it {}")} />;
    case "MaxConcurrency":
      return <AmountRow {...row} scope={form.scope()} placeholder={t("0: all at once")} />;
    case "ToleratedFailurePercentage":
      return <AmountRow {...row} scope={form.scope()} unit="%" />;
    case "TimeoutSeconds":
    case "HeartbeatSeconds":
      return <AmountRow {...row} scope={form.scope()} unit="s" />;
    case "Parameters":
    case "Arguments":
      return <TemplateField {...row} scope={form.scope()} members={membersOf(form)} />;
    default:
      if (kind === "amount") return <AmountRow {...row} scope={form.scope()} />;
      return kind === "path" ? <PathRow {...row} scope={form.scope()} /> : <TemplateField {...row} scope={form.scope()} />;
  }
}

/** What the operation that a Task calls takes. */
function membersOf({ state }: StateForm): readonly string[] {
  const resource = state.written["Resource"];
  const parsed = typeof resource === "string" ? parseResource(resource) : undefined;
  return parsed?.type === "integration" && !parsed.isSdk ? inputNames(parsed.service, parsed.operation) : [];
}

function readerStart({ language }: StateForm): Json {
  const at = { Bucket: "my-bucket", Key: "items.json" };
  return {
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "JSON" },
    ...(language === "JSONata" ? { Arguments: at } : { Parameters: at }),
  };
}

function writerStart({ language }: StateForm): Json {
  const at = { Bucket: "my-bucket", Prefix: "results" };
  return { Resource: "arn:aws:states:::s3:putObject", ...(language === "JSONata" ? { Arguments: at } : { Parameters: at }) };
}

/** Shown elsewhere, or as the other spelling of a field that is shown. */
const elsewhere = new Set(["Type", "End", "Branches", "Iterator", "ItemProcessor"]);

/** What the form does not know, and what the other query language has: kept, and shown as JSON. */
function OtherFields({ form, known }: { form: StateForm; known: ReadonlyMap<string, StateField> }) {
  const names = Object.keys(form.state.written).filter((name) => !known.has(name) && !elsewhere.has(name));
  if (names.length === 0) return null;
  return (
    <Section title={t("Other fields")}>
      {names.map((name) => (
        <TemplateField
          key={name}
          form={form}
          path={[name]}
          title={name}
          help={
            stateFields[form.state.type].some((field) => field.name === name)
              ? t("A field of the other query language: this state is written in {{language}}.", { language: form.language })
              : t("Not a field of this state; it is kept as it is.")
          }
          scope={form.scope()}
          isLiteral
        />
      ))}
    </Section>
  );
}
