import { Workflow as WorkflowIcon } from "lucide-react";
import { isJsonObject } from "../../../model/json.ts";
import type { SpanSummary } from "../../../model/trace.ts";
import { call } from "../../app/api.ts";
import { attempt, notify } from "../../app/stores/notices.ts";
import { useRun } from "../../app/stores/run.ts";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { chooseInWorkflow, openWorkflow } from "../workflowStore.ts";
import { openExecutionOf, watchExecutions } from "./executionChoice.ts";
import { inspect } from "./watched.ts";
import { t } from "../../app/texts/texts.ts";

/** From a hop of a trace back to the event of the execution that it belongs to; nothing where it belongs to none. */
export function EventOfHop({ span, spans }: { span: SpanSummary; spans: readonly SpanSummary[] }) {
  const around = hopsAround(span, spans);
  const execution = around.find(isExecution);
  if (execution === undefined) return null;
  return (
    <IconButton
      label={t("Its event in {{value}}", { value: execution.operation.replace(/^Execution /, "execution ") })}
      size={20}
      onClick={() => void openEvent(around, execution)}
    >
      <WorkflowIcon size={12} />
    </IconButton>
  );
}

/** The hop itself, then what caused it, outwards. */
function hopsAround(span: SpanSummary, spans: readonly SpanSummary[]): readonly SpanSummary[] {
  const byId = new Map(spans.map((one) => [one.spanId, one]));
  const around = [span];
  for (
    let parent = byId.get(span.parentId ?? "");
    parent !== undefined && !around.includes(parent);
    parent = byId.get(parent.parentId ?? "")
  )
    around.push(parent);
  return around;
}

function isExecution({ service, kind, operation }: SpanSummary): boolean {
  return service === "states" && kind === "transition" && operation.startsWith("Execution ");
}

async function openEvent(around: readonly SpanSummary[], execution: SpanSummary): Promise<void> {
  const machine = execution.target;
  if (machine === null) return;
  const inside = around.slice(0, around.indexOf(execution)).map(({ spanId }) => spanId);
  const name = execution.operation.replace(/^Execution /, "");
  const found = await attempt(t("Find the event"), () => inspect(machine, "hop", [execution.traceId, name, ...inside].join(" "), 1));
  const detail = found?.rows[0]?.detail;
  const { run } = useRun.getState();
  const logicalId =
    machine.logicalId ??
    (run.type === "running" ? run.resources.find((one) => one.service === "states" && one.name === machine.name)?.logicalId : undefined);
  if (found === undefined) return;
  if (logicalId === undefined)
    return notify({
      tone: "info",
      title: t("{{name}} is not in the design", { name: machine.name }),
      detail: t("Only its machines have a workflow to show."),
    });
  const arn = detail !== undefined && isJsonObject(detail) ? detail["executionArn"] : undefined;
  const event = detail !== undefined && isJsonObject(detail) ? detail["event"] : undefined;
  openWorkflow(logicalId);
  watchExecutions(logicalId);
  // the event says which state it is about
  chooseInWorkflow(logicalId, { state: null });
  if (typeof arn === "string") openExecutionOf(logicalId, arn, { event: typeof event === "number" ? event : null });
  else if (inside.length === 0) await openWhole(logicalId, machine, name);
  else
    notify({
      tone: "info",
      title: t("This hop's event is no longer kept"),
      detail: t("The execution has been deleted, or was an Express one of long ago."),
    });
}

/** The hop of the execution itself has no event of its own. */
async function openWhole(logicalId: string, machine: NonNullable<SpanSummary["target"]>, name: string): Promise<void> {
  const list = await call("data.inspect", {
    service: "states",
    name: machine.name,
    region: machine.region,
    view: "list",
    filter: ` ${name}`,
    limit: 1,
  });
  openExecutionOf(logicalId, list.rows[0]?.id ?? null);
}
