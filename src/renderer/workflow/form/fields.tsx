import type { Steps } from "../../../model/asl/commands/command.ts";
import { completeJsonata, completePath } from "../../../model/asl/complete/expression.ts";
import { completeText } from "../../../model/asl/complete/template.ts";
import type { CompletionScope, Suggestion } from "../../../model/asl/complete/suggestion.ts";
import type { Json } from "../../../model/json.ts";
import { Chip } from "../../app/ui/Chip.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { TextField } from "../../app/ui/TextField.tsx";
import { CompletingField } from "./CompletingField.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

interface FieldProps {
  form: StateForm;
  path: Steps;
  title: string;
  help: string;
}

export function TextRow({ form, path, title, help, placeholder }: FieldProps & { placeholder?: string }) {
  const value = written(form, path);
  return (
    <FieldRow form={form} path={path} title={title} help={help}>
      <TextField
        label={title}
        value={plain(value)}
        placeholder={placeholder ?? t("Not set")}
        onCommit={(text) => form.change(t("Change {{title}}", { title }), [path, text === "" ? undefined : text])}
      />
    </FieldRow>
  );
}

export function ChoiceRow({
  form,
  path,
  title,
  help,
  options,
  fallback,
}: FieldProps & { options: readonly { readonly value: string; readonly title?: string; readonly detail?: string }[]; fallback: string }) {
  const value = written(form, path);
  const current = plain(value);
  const all = options.map((option) => ({ ...option, title: option.title ?? option.value }));
  const unknown =
    current !== "" && all.every((option) => option.value !== current) ? [{ value: current, title: current, detail: t("unknown") }] : [];
  return (
    <FieldRow form={form} path={path} title={title} help={help}>
      <Select
        label={title}
        className="w-full"
        value={current}
        placeholder={fallback}
        options={[...unknown, ...all]}
        onChange={(chosen) => form.change(t("Change {{title}}", { title }), [path, chosen])}
      />
    </FieldRow>
  );
}

/** A path, or null where the language takes it. */
export function PathRow({
  form,
  path,
  title,
  help,
  scope,
  nullMeans,
  placeholder = "$",
}: FieldProps & { scope: CompletionScope; nullMeans?: string; placeholder?: string }) {
  const value = written(form, path);
  const complete = (text: string, offset: number): readonly Suggestion[] => [
    ...completePath(text, offset, scope).filter(({ kind }) => kind === "path"),
    ...(nullMeans !== undefined && "null".startsWith(text)
      ? [{ label: "null", insert: "null", from: 0, to: text.length, kind: "value" as const, detail: nullMeans }]
      : []),
  ];
  return (
    <FieldRow form={form} path={path} title={title} help={help}>
      <CompletingField
        label={title}
        value={value === null ? "null" : plain(value)}
        placeholder={placeholder}
        complete={complete}
        onCommit={(text) =>
          form.change(t("Change {{title}}", { title }), [
            path,
            text.trim() === "" ? undefined : nullMeans !== undefined && text.trim() === "null" ? null : text.trim(),
          ])
        }
      />
    </FieldRow>
  );
}

/** A number, or what gives one: in JSONPath a path (then the field's name ends in `Path`), in JSONata an expression. */
export function AmountRow({
  form,
  path,
  title,
  help,
  scope,
  placeholder = t("Not set"),
  unit,
}: FieldProps & { scope: CompletionScope; placeholder?: string; unit?: string }) {
  const byPath = pathBeside(path);
  const value = written(form, path) ?? written(form, byPath);
  const isDynamic = typeof value === "string";
  const commit = (text: string): void => {
    const change = amountOf(text, form.language);
    form.change(
      t("Change {{title}}", { title }),
      [path, change.isPath ? undefined : change.value],
      ...(form.language === "JSONPath" ? [[byPath, change.isPath ? change.value : undefined] as const] : []),
    );
  };
  return (
    <FieldRow
      form={form}
      path={path}
      title={title}
      help={`${help} ${howToCompute(form)}`}
      also={form.language === "JSONPath" ? [byPath] : []}
    >
      <CompletingField
        label={title}
        value={plain(value)}
        placeholder={placeholder}
        isMono={isDynamic}
        complete={(text, offset) => completeAmount(text, offset, scope)}
        onCommit={commit}
        after={isDynamic ? <Chip>{form.language === "JSONPath" ? t("path") : "fx"}</Chip> : <Unit unit={unit} />}
      />
    </FieldRow>
  );
}

function Unit({ unit }: { unit: string | undefined }) {
  return unit === undefined ? null : <span className="flex-none text-xs text-fg-3">{unit}</span>;
}

function howToCompute({ language }: StateForm): string {
  return language === "JSONPath" ? t("A number, or a path that begins with $.") : t("A number, or an expression in {% %}.");
}

export function completeAmount(text: string, offset: number, scope: CompletionScope): readonly Suggestion[] {
  if (/^\d/.test(text)) return [];
  if (scope.language === "JSONPath") return completePath(text, offset, scope).filter(({ kind }) => kind === "path");
  return completeExpressionText(text, offset, scope);
}

/** A whole field that is one text of JSONata, with or without its brackets yet. */
export function completeExpressionText(text: string, offset: number, scope: CompletionScope): readonly Suggestion[] {
  if (text.startsWith("$")) {
    return completeJsonata(text, offset, scope);
  }
  return completeText(text, offset, { from: 0, to: text.length, key: "" }, scope);
}

export function pathBeside(path: Steps): Steps {
  return [...path.slice(0, -1), `${String(path.at(-1))}Path`];
}

/** `$total` typed where an expression may stand becomes one; brackets that were opened are closed. */
export function inExpression(text: string): string {
  if (text.startsWith("$")) return `{% ${text} %}`;
  return text.startsWith("{%") && !text.endsWith("%}") ? `${text} %}` : text;
}

function amountOf(typed: string, language: StateForm["language"]): { readonly value: Json | undefined; readonly isPath: boolean } {
  const text = typed.trim();
  if (text === "") return { value: undefined, isPath: false };
  const number = Number(text);
  if (Number.isFinite(number)) return { value: number, isPath: false };
  if (language === "JSONPath") return { value: text, isPath: text.startsWith("$") };
  return { value: inExpression(text), isPath: false };
}

/** Error and Cause of a Fail: a text; in JSONPath also a path or a function, then in `ErrorPath`. */
export function FailTextRow({ form, path, title, help, scope }: FieldProps & { scope: CompletionScope }) {
  const byPath = pathBeside(path);
  const value = written(form, path) ?? written(form, byPath);
  const isPathForm = written(form, byPath) !== undefined;
  const isExpression = typeof value === "string" && value.startsWith("{%");
  const commit = (typed: string): void => {
    const text = typed.trim();
    if (form.language === "JSONata")
      return form.change(t("Change {{title}}", { title }), [path, text === "" ? undefined : inExpression(text)]);
    const isPath = /^\$(?:$|\$?[.[]|\$?\w)|^States\.\w+\(/.test(text);
    form.change(t("Change {{title}}", { title }), [path, text === "" || isPath ? undefined : text], [byPath, isPath ? text : undefined]);
  };
  return (
    <FieldRow
      form={form}
      path={path}
      title={title}
      help={`${help} ${form.language === "JSONPath" ? t("A text, or a path or function.") : t("A text, or an expression in {% %}.")}`}
      also={form.language === "JSONPath" ? [byPath] : []}
    >
      <CompletingField
        label={title}
        value={plain(value)}
        placeholder={t("Not set")}
        isMono={isPathForm || isExpression}
        complete={(text, offset) =>
          form.language === "JSONPath"
            ? /^(?:\$|States)/.test(text)
              ? completePath(text, offset, scope)
              : []
            : completeExpressionText(text, offset, scope)
        }
        onCommit={commit}
        after={isPathForm ? <Chip>{t("path")}</Chip> : isExpression ? <Chip>{"fx"}</Chip> : undefined}
      />
    </FieldRow>
  );
}

const waits = perLanguage(
  () =>
    [
      { value: "Seconds", title: t("For seconds") },
      { value: "Timestamp", title: t("Until a moment") },
    ] as const,
);

/** One of Seconds, SecondsPath, Timestamp and TimestampPath. */
export function WaitRows({ form, scope }: { form: StateForm; scope: CompletionScope }) {
  const { written: state } = form.state;
  const kind = state["Timestamp"] !== undefined || state["TimestampPath"] !== undefined ? "Timestamp" : "Seconds";
  const byPath = state[`${kind}Path`];
  const value = state[kind] ?? byPath;
  const fields = waits().flatMap((wait) => [wait.value, `${wait.value}Path`]);
  const set = (name: string, next: Json | undefined): void =>
    form.change(
      t("Change the wait"),
      ...fields.filter((field) => field !== name && state[field] !== undefined).map((field) => [[field], undefined] as const),
      [[name], next],
    );
  const commit = (typed: string): void => {
    const text = typed.trim();
    if (text === "") return;
    const number = Number(text);
    if (kind === "Seconds" && Number.isFinite(number)) set(kind, number);
    else if (form.language === "JSONPath" && text.startsWith("$")) set(`${kind}Path`, text);
    else set(kind, form.language === "JSONata" ? inExpression(text) : text);
  };
  return (
    <>
      <FieldRow form={form} path={[kind]} also={[[`${kind}Path`]]} isRequired title={t("Waits")} help={t("For a time, or until a moment.")}>
        <Select
          label={t("Waits")}
          className="w-full"
          value={kind}
          options={waits()}
          onChange={(chosen) => chosen !== kind && set(chosen, chosen === "Seconds" ? 60 : "2030-01-01T00:00:00Z")}
        />
      </FieldRow>
      <div className="px-3 pb-1">
        <CompletingField
          label={kind === "Seconds" ? t("Seconds to wait") : t("Moment to wait for")}
          value={plain(value)}
          isMono={typeof value === "string"}
          complete={(text, offset) => completeAmount(text, offset, scope)}
          onCommit={commit}
          after={
            byPath !== undefined ? (
              <Chip>{t("path")}</Chip>
            ) : typeof value === "string" && value.startsWith("{%") ? (
              <Chip>{"fx"}</Chip>
            ) : (
              <Unit unit={kind === "Seconds" ? "s" : undefined} />
            )
          }
        />
      </div>
    </>
  );
}

/** The value as it stands in a field of one line. */
export function plain(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
