import { FileText, FlaskConical } from "lucide-react";
import { useEffect, useMemo } from "react";
import { registerCommands } from "../app/commands.ts";
import { useLayout } from "../app/stores/layout.ts";
import { Button } from "../app/ui/Button.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Section } from "../app/ui/Section.tsx";
import { changeWorkflow } from "./changeWorkflow.ts";
import { CompletingField } from "./form/CompletingField.tsx";
import { StateFields } from "./form/StateFields.tsx";
import { placedProblems, stateForm } from "./form/stateForm.ts";
import { StateTile } from "./StateCard.tsx";
import { showInText } from "./stateText.ts";
import { showTest } from "./testState/TestPanel.tsx";
import { useFollowedVisits, useVisits } from "./testState/visits.ts";
import { useWorkflow, type Workflow } from "./useWorkflow.ts";
import type { WorkflowState } from "./workflowGraph.ts";
import { chooseInWorkflow, useWorkflowChoice } from "./workflowStore.ts";
import { t } from "../app/texts/texts.ts";

/** The state that is selected in a workflow; null: none. */
export function useSelectedState(machine: string | null): string | null {
  const choice = useWorkflowChoice(machine ?? "");
  return machine === null ? null : choice.state;
}

/** The form of the selected state. */
export function StateInspector({ machine, id }: { machine: string; id: string }) {
  const workflow = useWorkflow(machine);
  const state = workflow?.states.find((one) => one.id === id);
  if (workflow === null || state === undefined) return <p className="p-3 text-fg-3">{t("This state is no longer in the definition.")}</p>;
  return <Form key={id} machine={machine} workflow={workflow} state={state} />;
}

function Form({ machine, workflow, state }: { machine: string; workflow: Workflow; state: WorkflowState }) {
  useFollowedVisits(machine);
  const visit = useVisits(machine).get(state.name);
  const problems = useMemo(() => placedProblems(machine, workflow), [machine, workflow]);
  const form = useMemo(() => stateForm(machine, workflow, state, problems, visit), [machine, workflow, state, problems, visit]);
  useEffect(
    () =>
      registerCommands([
        {
          id: "workflow.test",
          title: t("Test the state"),
          group: "Run",
          shortcut: "t",
          keywords: ["TestState", "data flow", state.name],
          when: () => useLayout.getState().activeTab === `workflow:${machine}`,
          run: showTest,
        },
      ]),
    [machine, state.name],
  );
  const own = form.problemsAt([], true);
  const rename = (name: string): void => {
    void changeWorkflow(machine, t("Rename {{name}}", { name: state.name }), { type: "renameState", state: state.steps, name }).then(
      (isDone) => isDone && chooseInWorkflow(machine, { state: `${state.id.slice(0, -state.name.length)}${name}` }),
    );
  };
  return (
    <>
      <header className="flex flex-none items-center gap-2.5 px-3 pt-3 pb-2.5">
        <StateTile type={state.type} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-lg leading-[18px] font-semibold" data-selectable>
            {state.name}
          </h2>
          <p className="truncate text-xs text-fg-3">{t("{{type}} in {{machine}}", { type: state.type, machine })}</p>
        </div>
        <IconButton label={t("Show in the text")} size={24} onClick={() => showInText(workflow.source, state.steps)}>
          <FileText size={14} />
        </IconButton>
        <Button size="compact" look="primary" onClick={showTest}>
          <FlaskConical size={12} />
          {t("Test")}
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-auto border-t border-line pb-3">
        <div className="grid grid-cols-[minmax(106px,40%)_minmax(0,1fr)] items-center gap-x-1.5 px-3 pt-2 pb-1">
          <span className="text-fg-3">{t("Name")}</span>
          <CompletingField
            label={t("Name")}
            isMono={false}
            value={state.name}
            complete={() => []}
            onCommit={(name) => name.trim() !== "" && rename(name.trim())}
          />
        </div>
        {workflow.isStale && (
          <p className="mx-3 my-1 rounded-md bg-throttled-soft px-2.5 py-1.5 text-throttled">
            {t("The text cannot be read now. Mend it in {{file}}; the form follows.", { file: workflow.source.file })}
          </p>
        )}
        {own.length > 0 && (
          <Section title={t("Problems")}>
            <ul className="flex flex-col gap-1.5 px-3">
              {own.map(({ rule, message, severity }) => (
                <li key={`${rule} ${message}`} data-selectable className={severity === "error" ? "text-error" : "text-throttled"}>
                  {message}
                </li>
              ))}
            </ul>
          </Section>
        )}
        <div inert={workflow.isStale} className={workflow.isStale ? "opacity-55" : ""}>
          <StateFields form={form} />
        </div>
      </div>
    </>
  );
}
