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
    { id: "input", title: "Input", ...(draft.input === null ? {} : { mark: <Dot tone="accent" /> }) },
    { id: "variables", title: "Variables", ...(draft.variables === null ? {} : { mark: <Dot tone="accent" /> }) },
    { id: "context", title: "Context", ...(draft.context === null ? {} : { mark: <Dot tone="accent" /> }) },
    ...(takesMock(state) ? [{ id: "mock" as const, title: "Mock", ...(mock === "none" ? {} : { mark: <Dot tone="throttled" /> }) }] : []),
  ];
  return (
    <>
      <div className="flex h-9 flex-none items-center gap-2 pr-2 pl-3">
        <span className="min-w-0 flex-1 truncate text-xs text-fg-3">{whatHappens(state, draft)}</span>
        <Button look="primary" size="compact" disabled={isTesting} onClick={onTest}>
          <FlaskConical size={12} />
          {isTesting ? "Testing" : "Test"}
        </Button>
      </div>
      <Tabs<Part> label="Test with" size="compact" items={items} selected={part} onSelect={setPart} />
      <div role="tabpanel" aria-label={items.find(({ id }) => id === part)?.title} className="flex min-h-0 flex-1 flex-col">
        {part === "input" && (
          <TextPart
            label="Input of the test"
            value={draft.input}
            start={start.input}
            note={draft.input === null ? start.from : "your own"}
            onChange={(input) => changeDraft(testKey, { input })}
            onTest={onTest}
          />
        )}
        {part === "variables" && (
          <TextPart
            label="Variables of the test"
            value={draft.variables}
            start={start.variables}
            note={draft.variables === null ? "as they were before the state" : "your own"}
            onChange={(variables) => changeDraft(testKey, { variables })}
            onTest={onTest}
          />
        )}
        {part === "context" && (
          <TextPart
            label="Context object of the test"
            value={draft.context}
            start={start.context}
            note={draft.context === null ? "edit to give your own; else an execution's" : "your own"}
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
      ? `As if its ${state.type === "Map" ? "items" : "branches"} gave the mocked result`
      : "Answers with the mocked result";
  if (mock === "error") return "Fails with the mocked error";
  return state.type === "Task" ? "Calls the task for real" : "Runs this state alone";
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
          <IconButton label="Back to what was filled in" size={20} className="ml-auto" onClick={() => onChange(null)}>
            <RotateCcw size={11} />
          </IconButton>
        )}
      </div>
    </>
  );
}

const ways = [
  { value: "none", title: "For real" },
  { value: "result", title: "Result" },
  { value: "error", title: "Error" },
] as const;

const validations = [
  { value: "STRICT", title: "Strict", detail: "as the API's output" },
  { value: "PRESENT", title: "Present fields" },
  { value: "NONE", title: "None" },
] as const;

function MockPart({ testKey, state, draft, start, onTest }: Omit<TestFormProps, "isTesting"> & { draft: TestDraft }) {
  const mock = mockIn(state, draft);
  const change = (part: Partial<TestDraft>): void => changeDraft(testKey, part);
  return (
    <>
      <div className="flex flex-none items-center gap-1.5 px-3 py-1.5" role="radiogroup" aria-label="What the work of the state gives">
        {ways
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
            label="How the result is checked"
            className="ml-auto w-28"
            value={draft.validation}
            options={validations}
            onChange={(validation) => change({ validation })}
          />
        )}
      </div>
      {mock === "none" && (
        <p className="px-3 text-xs text-fg-3">
          The task is called, and what it does is done. Choose a result or an error to test without it.
        </p>
      )}
      {mock === "result" && (
        <TextPart
          label="Mocked result"
          value={draft.result}
          start={start.result}
          note={draft.result === null ? "what it last gave, or an example" : "your own"}
          onChange={(result) => change({ result })}
          onTest={onTest}
        />
      )}
      {mock === "error" && (
        <div className="grid min-h-0 flex-1 auto-rows-min grid-cols-[84px_minmax(0,1fr)] items-center gap-x-2 gap-y-1.5 overflow-auto px-3 pb-2 text-fg-3">
          <span>Error</span>
          <TextField label="Error" isMono value={draft.error} onChange={(error) => change({ error })} />
          <span>Cause</span>
          <TextField label="Cause" value={draft.cause} onChange={(cause) => change({ cause })} />
          <span>Tries before</span>
          <NumberField label="Tries before" value={draft.retryCount} onChange={(retryCount) => change({ retryCount })} />
          {state.type === "Map" && (
            <>
              <span>Failed items</span>
              <NumberField label="Failed items" value={draft.failedItems} onChange={(failedItems) => change({ failedItems })} />
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
