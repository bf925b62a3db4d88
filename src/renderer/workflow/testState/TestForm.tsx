import { FlaskConical, RotateCcw } from "lucide-react";
import { useState } from "react";
import { Button } from "../../app/ui/Button.tsx";
import { Dot } from "../../app/ui/Chip.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { Tabs, type TabItem } from "../../app/ui/Tabs.tsx";
import { TextField } from "../../app/ui/TextField.tsx";
import { CodeField } from "../../editors/CodeField.tsx";
import type { WorkflowState } from "../workflowGraph.ts";
import type { Prefilled } from "./prefill.ts";
import { changeDraft, useDraft, type TestDraft } from "./testDrafts.ts";
import { jsonProblem, mockIn, needsMock, takesMock } from "./testRequest.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

type Part = "input" | "variables" | "context" | "mock";

interface TestFormProps {
  testKey: string;
  state: WorkflowState;
  start: Prefilled;
  isTesting: boolean;
  onTest(): void;
}

/** What the state is tested with. */
export function TestForm({ testKey, state, start, isTesting, onTest }: TestFormProps) {
  const draft = useDraft(testKey);
  const [part, setPart] = useState<Part>(needsMock(state) ? "mock" : "input");
  const mock = mockIn(state, draft);
  const items: TabItem<Part>[] = [
    { id: "input", title: t("Input"), ...(draft.input === null ? {} : { mark: <Dot tone="accent" /> }) },
    { id: "variables", title: t("Variables"), ...(draft.variables === null ? {} : { mark: <Dot tone="accent" /> }) },
    { id: "context", title: t("Context"), ...(draft.context === null ? {} : { mark: <Dot tone="accent" /> }) },
    ...(takesMock(state)
      ? [{ id: "mock" as const, title: t("Mock"), ...(mock === "none" ? {} : { mark: <Dot tone="throttled" /> }) }]
      : []),
  ];
  return (
    <>
      <div className="flex h-9 flex-none items-center gap-2 pr-2 pl-3">
        <span className="min-w-0 flex-1 truncate text-xs text-fg-3">{whatHappens(state, draft)}</span>
        <Button look="primary" size="compact" disabled={isTesting} onClick={onTest}>
          <FlaskConical size={12} />
          {isTesting ? t("Testing") : t("Test")}
        </Button>
      </div>
      <Tabs<Part> label={t("Test with")} size="compact" items={items} selected={part} onSelect={setPart} />
      <div role="tabpanel" aria-label={items.find(({ id }) => id === part)?.title} className="flex min-h-0 flex-1 flex-col">
        {part === "input" && (
          <TextPart
            label={t("Input of the test")}
            value={draft.input}
            start={start.input}
            note={draft.input === null ? start.from : t("your own")}
            onChange={(input) => changeDraft(testKey, { input })}
            onTest={onTest}
          />
        )}
        {part === "variables" && (
          <TextPart
            label={t("Variables of the test")}
            value={draft.variables}
            start={start.variables}
            note={draft.variables === null ? t("as they were before the state") : t("your own")}
            onChange={(variables) => changeDraft(testKey, { variables })}
            onTest={onTest}
          />
        )}
        {part === "context" && (
          <TextPart
            label={t("Context object of the test")}
            value={draft.context}
            start={start.context}
            note={draft.context === null ? t("edit to give your own; else an execution's") : t("your own")}
            onChange={(context) => changeDraft(testKey, { context })}
            onTest={onTest}
          />
        )}
        {part === "mock" && <MockPart testKey={testKey} state={state} draft={draft} start={start} onTest={onTest} />}
      </div>
    </>
  );
}

function whatHappens(state: WorkflowState, draft: TestDraft): string {
  const mock = mockIn(state, draft);
  if (mock === "result")
    return needsMock(state)
      ? state.type === "Map"
        ? t("As if its items gave the mocked result")
        : t("As if its branches gave the mocked result")
      : t("Answers with the mocked result");
  if (mock === "error") return t("Fails with the mocked error");
  return state.type === "Task" ? t("Calls the task for real") : t("Runs this state alone");
}

interface TextPartProps {
  label: string;
  value: string | null;
  start: string;
  note: string;
  onChange(value: string | null): void;
  onTest(): void;
}

function TextPart({ label, value, start, note, onChange, onTest }: TextPartProps) {
  const text = value ?? start;
  const problem = text.trim() === "" ? undefined : jsonProblem(text);
  return (
    <>
      <div className="min-h-0 flex-1 bg-code">
        <CodeField label={label} language="json" value={text} onChange={onChange} onSubmit={onTest} />
      </div>
      <div className="flex h-6 flex-none items-center gap-1 border-t border-line pr-1 pl-3 text-xs">
        <span data-selectable className={problem === undefined ? "truncate text-fg-3" : "truncate text-error"} title={problem}>
          {problem ?? note}
        </span>
        {value !== null && (
          <IconButton label={t("Back to what was filled in")} size={20} className="ml-auto" onClick={() => onChange(null)}>
            <RotateCcw size={11} />
          </IconButton>
        )}
      </div>
    </>
  );
}

const ways = perLanguage(
  () =>
    [
      { value: "none", title: t("For real") },
      { value: "result", title: t("Result") },
      { value: "error", title: t("Error") },
    ] as const,
);

const validations = perLanguage(
  () =>
    [
      { value: "STRICT", title: t("Strict"), detail: t("as the API's output") },
      { value: "PRESENT", title: t("Present fields") },
      { value: "NONE", title: t("None") },
    ] as const,
);

function MockPart({ testKey, state, draft, start, onTest }: Omit<TestFormProps, "isTesting"> & { draft: TestDraft }) {
  const mock = mockIn(state, draft);
  const change = (part: Partial<TestDraft>): void => changeDraft(testKey, part);
  return (
    <>
      <div className="flex flex-none items-center gap-1.5 px-3 py-1.5" role="radiogroup" aria-label={t("What the work of the state gives")}>
        {ways()
          .filter(({ value }) => value !== "none" || !needsMock(state))
          .map(({ value, title }) => (
            <Button
              key={value}
              size="compact"
              role="radio"
              aria-checked={mock === value}
              look="quiet"
              className={mock === value ? "bg-accent-soft! text-accent!" : ""}
              onClick={() => change({ mock: value })}
            >
              {title}
            </Button>
          ))}
        {mock === "result" && state.type === "Task" && (
          <Select
            label={t("How the result is checked")}
            className="ml-auto w-28"
            value={draft.validation}
            options={validations()}
            onChange={(validation) => change({ validation })}
          />
        )}
      </div>
      {mock === "none" && (
        <p className="px-3 text-xs text-fg-3">
          {t("The task is called, and what it does is done. Choose a result or an error to test without it.")}
        </p>
      )}
      {mock === "result" && (
        <TextPart
          label={t("Mocked result")}
          value={draft.result}
          start={start.result}
          note={draft.result === null ? t("what it last gave, or an example") : t("your own")}
          onChange={(result) => change({ result })}
          onTest={onTest}
        />
      )}
      {mock === "error" && (
        <div className="grid min-h-0 flex-1 auto-rows-min grid-cols-[84px_minmax(0,1fr)] items-center gap-x-2 gap-y-1.5 overflow-auto px-3 pb-2 text-fg-3">
          <span>{t("Error")}</span>
          <TextField label={t("Error")} isMono value={draft.error} onChange={(error) => change({ error })} />
          <span>{t("Cause")}</span>
          <TextField label={t("Cause")} value={draft.cause} onChange={(cause) => change({ cause })} />
          <span>{t("Tries before")}</span>
          <NumberField label={t("Tries before")} value={draft.retryCount} onChange={(retryCount) => change({ retryCount })} />
          {state.type === "Map" && (
            <>
              <span>{t("Failed items")}</span>
              <NumberField label={t("Failed items")} value={draft.failedItems} onChange={(failedItems) => change({ failedItems })} />
            </>
          )}
        </div>
      )}
    </>
  );
}

function NumberField({ label, value, onChange }: { label: string; value: number; onChange(value: number): void }) {
  return (
    <TextField
      label={label}
      value={String(value)}
      inputMode="numeric"
      className="w-20 tabular-nums"
      onChange={(text) => /^\d{1,3}$/.test(text) && onChange(Number(text))}
    />
  );
}
