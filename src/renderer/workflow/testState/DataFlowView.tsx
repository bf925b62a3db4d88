import { ArrowRight, FlaskConical, Route } from "lucide-react";
import type { ReactNode } from "react";
import type { Json } from "../../../model/json.ts";
import { showDock } from "../../app/stores/layout.ts";
import { selectSpan } from "../../app/stores/selection.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Chip, type Tone } from "../../app/ui/Chip.tsx";
import { classes } from "../../app/ui/classes.ts";
import { EmptyState } from "../../app/ui/EmptyState.tsx";
import { JsonDifferenceView, JsonView } from "../../editors/json/JsonView.tsx";
import { sameJson } from "../../editors/json/jsonTree.ts";
import type { Workflow } from "../useWorkflow.ts";
import type { WorkflowState } from "../workflowGraph.ts";
import { chooseInWorkflow } from "../workflowStore.ts";
import { dataFlow, type FlowOutcome, type FlowStep } from "./dataFlow.ts";
import { changeDraft, testKey, useDraft, type TestOutcome } from "./testDrafts.ts";
import { mockIn } from "./testRequest.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

interface DataFlowViewProps {
  machine: string;
  workflow: Workflow;
  state: WorkflowState;
  outcome: TestOutcome | undefined;
  onTest(): void;
}

/** The way of the data through a tested state, left to right, and where it leads. */
export function DataFlowView({ machine, workflow, state, outcome, onTest }: DataFlowViewProps) {
  if (outcome === undefined) {
    return (
      <div className="min-w-0 flex-1">
        <EmptyState icon={<FlaskConical size={18} />} title={t("Test {{name}} alone", { name: state.name })}>
          {t("See what each field makes of the input, what the state assigns and puts out, and which state comes next.")}
        </EmptyState>
      </div>
    );
  }
  if (outcome.type === "refused") {
    return (
      <div role="alert" data-selectable className="min-w-0 flex-1 overflow-auto p-4">
        <p className="font-medium text-error">{outcome.title}</p>
        <p className="mt-1 max-w-[70ch] break-words text-fg-2">{outcome.message}</p>
      </div>
    );
  }
  const flow = dataFlow(outcome.answer, state.written, outcome.variables, outcome.mockResult);
  return (
    <ol aria-label={t("Data flow of {{name}}", { name: state.name })} className="flex min-h-0 min-w-0 flex-1 overflow-x-auto">
      {flow.steps.map((step) => (
        <Step key={step.id} step={step} />
      ))}
      {flow.variables !== null && (
        <Column
          title={t("Variables")}
          note={sameJson(flow.variables.before, flow.variables.after) ? t("unchanged") : t("before and after")}
        >
          <JsonDifferenceView label={t("Variables before and after")} before={flow.variables.before} after={flow.variables.after} />
        </Column>
      )}
      <Column title={endings()[flow.outcome.status].title} tone={endings()[flow.outcome.status].tone} note="" isKeptInView>
        <Outcome machine={machine} workflow={workflow} state={state} outcome={flow.outcome} onTest={onTest} traceId={outcome.traceId} />
      </Column>
    </ol>
  );
}

const endings = perLanguage((): Record<FlowOutcome["status"], { readonly title: string; readonly tone: Tone }> => ({
  SUCCEEDED: { title: t("Succeeded"), tone: "ok" },
  FAILED: { title: t("Failed"), tone: "error" },
  RETRIABLE: { title: t("Would try again"), tone: "throttled" },
  CAUGHT_ERROR: { title: t("Caught"), tone: "throttled" },
}));

function Step({ step }: { step: FlowStep }) {
  if (step.isIdle) {
    return (
      <li
        aria-label={t("{{title}} is not set and changes nothing", { title: step.title })}
        className="flex w-7 flex-none items-center justify-center border-r border-line bg-canvas"
      >
        <span className="text-xs whitespace-nowrap text-fg-3 [writing-mode:vertical-rl]">
          {t("{{title}} not set", { title: step.title })}
        </span>
      </li>
    );
  }
  const isSame = step.before !== undefined && sameJson(step.before, step.value);
  return (
    <Column title={step.title} note={isSame ? t("unchanged") : ""} foot={step.written}>
      {step.before === undefined || isSame ? (
        <JsonView label={step.title} value={step.value} />
      ) : (
        <JsonDifferenceView label={step.title} before={step.before} after={step.value} />
      )}
    </Column>
  );
}

interface ColumnProps {
  title: string;
  note: string;
  foot?: string | null;
  tone?: Tone;
  /** Stays at the right end while the others scroll. */
  isKeptInView?: boolean;
  children: ReactNode;
}

function Column({ title, note, foot = null, tone, isKeptInView = false, children }: ColumnProps) {
  return (
    <li
      className={classes(
        "flex min-h-0 flex-col border-line",
        isKeptInView ? "sticky right-0 z-20 -ml-px w-[196px] flex-none border-l bg-panel" : "min-w-[196px] flex-1 border-r",
      )}
    >
      <header className="flex h-7 flex-none items-center gap-2 px-3 text-xs">
        {tone === undefined ? <h4 className="font-medium">{title}</h4> : <Chip tone={tone}>{title}</Chip>}
        <span className="ml-auto truncate text-fg-3">{note}</span>
      </header>
      <div className="min-h-0 flex-1">{children}</div>
      {foot !== null && (
        <footer title={foot} className="flex-none truncate border-t border-line px-3 font-mono text-xs leading-6 text-fg-3">
          {foot}
        </footer>
      )}
    </li>
  );
}

function Outcome({
  machine,
  workflow,
  state,
  outcome,
  onTest,
  traceId,
}: Omit<DataFlowViewProps, "outcome"> & { outcome: FlowOutcome; traceId: string }) {
  const key = testKey(machine, state.id);
  const draft = useDraft(key);
  const { next, error, cause, retrier, catcher, status } = outcome;
  const target = workflow.states.find((one) => one.name === next);
  const again = (): void => {
    changeDraft(key, { retryCount: draft.retryCount + 1 });
    onTest();
  };
  return (
    <div data-selectable className="flex h-full flex-col items-start gap-2 overflow-auto px-3 pb-3">
      {error !== null && <p className="font-mono text-xs break-all text-error">{error}</p>}
      {cause !== null && <Cause text={cause} />}
      {retrier !== null && (
        <>
          <p className="text-fg-2">
            {t("Retry {{index}} {{errors}}: try {{attempt}} after {{seconds}} s.", {
              index: retrier.index + 1,
              errors: errorsOf(state.written["Retry"], retrier.index),
              attempt: draft.retryCount + 2,
              seconds: retrier.seconds,
            })}
          </p>
          {mockIn(state, draft) === "error" && (
            <Button size="compact" onClick={again}>
              {t("Test the next try")}
            </Button>
          )}
        </>
      )}
      {catcher !== null && (
        <p className="text-fg-2">
          {t("Catch {{index}} {{errors}} takes it.", { index: catcher + 1, errors: errorsOf(state.written["Catch"], catcher) })}
        </p>
      )}
      {status === "FAILED" && (
        <p className="text-fg-2">
          {state.type === "Fail" ? t("The execution would fail.") : t("Nothing catches it: the execution would fail.")}
        </p>
      )}
      {next !== null ? (
        <Button
          size="compact"
          disabled={target === undefined}
          onClick={() => target !== undefined && chooseInWorkflow(machine, { state: target.id })}
        >
          <ArrowRight size={12} />
          {t("Next: {{next}}", { next })}
        </Button>
      ) : (
        (status === "SUCCEEDED" || status === "CAUGHT_ERROR") && <p className="text-fg-2">{t("The flow ends here.")}</p>
      )}
      <Button
        size="compact"
        look="quiet"
        className="-ml-2"
        onClick={() => {
          showDock("timeline");
          selectSpan({ traceId, spanId: "" });
        }}
      >
        <Route size={12} />
        {t("Trace of the test")}
      </Button>
    </div>
  );
}

function Cause({ text }: { text: string }) {
  return <p className="max-h-28 w-full flex-none overflow-auto break-words text-fg-2">{text}</p>;
}

/** `(States.Timeout, Busy)` of the entry of a Retry or a Catch. */
function errorsOf(list: Json | undefined, index: number): string {
  const entry = Array.isArray(list) ? list[index] : undefined;
  const errors = typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry["ErrorEquals"] : undefined;
  return Array.isArray(errors) ? `(${errors.join(", ")})` : "";
}
