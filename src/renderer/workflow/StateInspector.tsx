import { FileText, FlaskConical } from "lucide-react";
import type { Json } from "../../model/json.ts";
import { Button } from "../app/ui/Button.tsx";
import { Section } from "../app/ui/Section.tsx";
import { StateTile } from "./StateCard.tsx";
import { showInText } from "./stateText.ts";
import { showTest } from "./testState/TestPanel.tsx";
import { useWorkflow } from "./useWorkflow.ts";
import { useWorkflowChoice } from "./workflowStore.ts";

/** What the selected state is written with; null: none is selected. */
export function useSelectedState(machine: string | null): string | null {
  const choice = useWorkflowChoice(machine ?? "");
  return machine === null ? null : choice.state;
}

const elsewhere = new Set(["Type", "Branches", "ItemProcessor", "Iterator"]);

export function StateInspector({ machine, id }: { machine: string; id: string }) {
  const workflow = useWorkflow(machine);
  const state = workflow?.states.find((one) => one.id === id);
  if (workflow === null || state === undefined) return <p className="p-3 text-fg-3">This state is no longer in the definition.</p>;
  const problems = workflow.problems.get(id) ?? [];
  const fields = Object.entries(state.written).filter(([name]) => !elsewhere.has(name));
  return (
    <>
      <header className="flex flex-none items-center gap-2.5 px-3 pt-3 pb-2.5">
        <StateTile type={state.type} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-lg leading-[18px] font-semibold" data-selectable>
            {state.name}
          </h2>
          <p className="truncate text-xs text-fg-3">
            {state.type} in {machine}
          </p>
        </div>
        <Button size="compact" look="primary" onClick={showTest}>
          <FlaskConical size={12} />
          Test
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-auto border-t border-line pb-3">
        {problems.length > 0 && (
          <Section title="Problems">
            <ul className="flex flex-col gap-1.5 px-3">
              {problems.map((problem) => (
                <li
                  key={`${problem.rule} ${problem.message}`}
                  data-selectable
                  className={problem.severity === "error" ? "text-error" : "text-throttled"}
                >
                  {problem.message}
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section
          title="Fields"
          actions={
            <Button size="compact" look="quiet" onClick={() => showInText(workflow.source, state.steps)}>
              <FileText size={12} />
              Show in the text
            </Button>
          }
        >
          <dl className="flex flex-col gap-2 px-3">
            {fields.map(([name, value]) => (
              <div key={name}>
                <dt className="text-xs text-fg-3">{name}</dt>
                <dd data-selectable className="overflow-x-auto font-mono text-xs leading-[18px] whitespace-pre">
                  {fieldText(value)}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </>
  );
}

function fieldText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
