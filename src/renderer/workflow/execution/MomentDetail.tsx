import { MousePointerClick, Network, Route } from "lucide-react";
import { useState, type ReactNode } from "react";
import { writeValue } from "../../../model/asl/value.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Chip } from "../../app/ui/Chip.tsx";
import { EmptyState } from "../../app/ui/EmptyState.tsx";
import { classes } from "../../app/ui/classes.ts";
import { useMeasuredWidth } from "../../app/ui/measuredWidth.ts";
import { JsonDifferenceView, JsonView } from "../../editors/json/JsonView.tsx";
import { formatClockTime } from "../../timeline/duration.ts";
import { useRun } from "../../app/stores/run.ts";
import { openWorkflow } from "../workflowStore.ts";
import { followIntoTrace, hopOf } from "./executionActions.ts";
import { chooseExecution, openExecutionOf, watchExecutions } from "./executionChoice.ts";
import { eventTone, eventWords } from "./executionWords.ts";
import { placeWords, stepOf } from "./steps.ts";
import { TaskAnswerForm } from "./TaskAnswerForm.tsx";
import { useMoment, type Moment } from "./useMoment.ts";
import type { OpenedExecution } from "./watched.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

type Part = "answer" | "input" | "arguments" | "result" | "output" | "variables" | "difference" | "event";

const titles = perLanguage((): Readonly<Record<Part, string>> => ({
  answer: t("Answer"),
  input: t("Input"),
  arguments: t("Arguments"),
  result: t("Result"),
  output: t("Output"),
  variables: t("Variables"),
  difference: t("Diff"),
  event: "Event",
}));
/** Shown beside each other where there is room, as the data flows. */
const flow: readonly Part[] = ["input", "arguments", "result", "output"];
const columnPixels = 160;
/** Less wide than this, there is no room for the title beside the tabs. */
const narrowPixels = 460;

/** What a state was given and gave, and how the variables stood, at the chosen event. */
export function MomentDetail({ machine, opened, event }: { machine: string; opened: OpenedExecution; event: number }) {
  const chosen = opened.events.find(({ id }) => id === event);
  const step = chosen && stepOf(opened.steps, chosen);
  const { moment, problem } = useMoment(machine, opened.execution.arn, chosen === undefined ? null : event, step?.last ?? 0);
  const [wanted, setWanted] = useState<Part | null>(null);
  const [width, measure] = useMeasuredWidth();
  if (chosen === undefined) {
    return (
      <EmptyState icon={<MousePointerClick size={18} />} title={t("Choose a step")}>
        {t("Its input, output and variables appear here.")}
      </EmptyState>
    );
  }
  const task = step === undefined ? undefined : opened.waiting.find((one) => one.type === "task" && one.enteredId === step.id);
  const open = task?.type === "task" ? task : null;
  const parts: readonly Part[] = [
    ...(open === null ? [] : (["answer"] as const)),
    ...[...flow, "variables" as const].filter((part) => moment !== null && hasPart(moment, part)),
    ...(moment?.previous ? (["difference"] as const) : []),
    "event",
  ];
  const beside = parts.filter((part) => flow.includes(part));
  const isWide = beside.length > 1 && width >= beside.length * columnPixels && open === null;
  const part = wanted !== null && parts.includes(wanted) ? wanted : open !== null ? "answer" : (initialPart(moment, parts) ?? "event");
  const isBeside = isWide && (wanted === null || flow.includes(part));
  const tabs = isWide ? [...(beside.length > 0 ? (["input"] as const) : []), ...parts.filter((one) => !flow.includes(one))] : parts;
  const place = step === undefined ? "" : placeWords(step);
  const hop = hopOf(opened, chosen);
  const isNarrow = width < narrowPixels;
  const title = (
    <span className="min-w-0 truncate" title={`${step?.state ?? ""} ${eventWords(chosen.type)}`}>
      {step !== undefined && <span className="font-semibold">{step.state} </span>}
      <span className="text-fg-3">{place}</span>
    </span>
  );
  return (
    <div ref={measure} className="flex h-full min-h-0 flex-col">
      <div className="flex h-[27px] flex-none items-center gap-2 border-b border-line pr-2 pl-3 text-[11.5px]">
        {!isNarrow && title}
        <div
          role="tablist"
          aria-label={t("Parts of the moment")}
          className={classes("flex", isNarrow ? "-ml-1.5 min-w-0 overflow-x-auto" : "ml-auto flex-none")}
        >
          {tabs.map((one) => {
            const isOn = isBeside ? one === "input" : one === part;
            return (
              <button
                key={one}
                type="button"
                role="tab"
                aria-selected={isOn}
                onClick={() => setWanted(one)}
                className={classes(
                  "whitespace-nowrap",
                  isNarrow ? "px-[5px]" : "px-1.5",
                  isOn ? "font-medium text-fg" : "text-fg-2 hover:text-fg",
                )}
              >
                {isWide && one === "input" ? t("Data") : titles()[one]}
              </button>
            );
          })}
        </div>
      </div>
      <div className="flex min-h-6 flex-none flex-wrap items-center gap-x-1 pt-0.5 pr-1 pl-3">
        <p className="flex min-w-0 flex-1 items-center gap-2 text-2xs text-fg-3 tabular-nums">
          <Chip tone={eventTone(chosen)} className="text-2xs">
            {eventWords(chosen.type)}
          </Chip>
          {isNarrow ? (
            title
          ) : (
            <span className="truncate">{t("event {{id}} · {{at}}", { id: chosen.id, at: formatClockTime(chosen.at) })}</span>
          )}
        </p>
        <Links machine={machine} opened={opened} moment={moment} mapRunArn={step?.mapRunArn ?? null} />
        {hop !== null && opened.execution.traceId !== null && (
          <Button size="compact" look="quiet" onClick={() => void followIntoTrace(opened, hop)}>
            <Route size={12} />
            {step?.hop !== hop ? t("Its call in the trace") : t("In the trace")}
          </Button>
        )}
      </div>
      {moment !== null && moment.error !== null && (
        <p
          data-selectable
          className="mx-3 mb-1 max-h-20 flex-none overflow-auto rounded-md bg-error-soft px-2 py-1 text-xs break-words text-error"
        >
          <span className="font-medium">{moment.error}</span> {causeText(moment.cause)}
        </p>
      )}
      {problem !== null && <p className="p-3 text-error">{problem}</p>}
      <div className="min-h-0 flex-1">
        {open !== null && part === "answer" ? (
          <TaskAnswerForm key={open.token} arn={opened.execution.arn} task={open} />
        ) : moment === null ? null : isBeside ? (
          <div className="flex h-full min-h-0">
            {beside.map((one) => (
              <section key={one} aria-label={titles()[one]} className="flex min-w-0 flex-1 flex-col border-l border-line first:border-l-0">
                <h4 className="h-5 flex-none px-3 text-xs leading-5 font-medium">{titles()[one]}</h4>
                <div className="min-h-0 flex-1">{viewOf(moment, one)}</div>
              </section>
            ))}
          </div>
        ) : (
          viewOf(moment, part)
        )}
      </div>
    </div>
  );
}

function hasPart(moment: Moment, part: Part): boolean {
  if (part === "variables") return Object.keys(moment.variables).length > 0;
  if (part === "input" || part === "arguments" || part === "result" || part === "output") return moment[part] !== undefined;
  return true;
}

function initialPart(moment: Moment | null, parts: readonly Part[]): Part | undefined {
  if (moment === null) return undefined;
  return (["output", "result", "input"] as const).find((part) => parts.includes(part));
}

function viewOf(moment: Moment, part: Part): ReactNode {
  switch (part) {
    case "difference":
      return moment.previous === null ? null : (
        <JsonDifferenceView
          label={t("Difference to event {{id}}, {{type}}", { id: moment.previous.id, type: eventWords(moment.previous.type) })}
          before={{ data: moment.previous.data, variables: moment.previous.variables }}
          after={{ data: moment.data ?? null, variables: moment.variables }}
        />
      );
    case "event":
      return <JsonView label={t("Event")} value={moment.event} />;
    case "answer":
      return null;
    default:
      return <JsonView label={titles()[part]} value={moment[part] ?? null} />;
  }
}

function causeText(cause: Json): string {
  if (cause === null) return "";
  if (typeof cause === "string") return cause;
  const message = isJsonObject(cause) ? cause["errorMessage"] : undefined;
  return typeof message === "string" ? message : writeValue(cause);
}

/** Onward: the children of a distributed Map, the execution that a Task started. */
function Links({
  machine,
  opened,
  moment,
  mapRunArn,
}: {
  machine: string;
  opened: OpenedExecution;
  moment: Moment | null;
  mapRunArn: string | null;
}) {
  const run = useRun((state) => state.run);
  const started = startedBy(moment);
  const name = started?.split(":")[6];
  const other =
    run.type === "running"
      ? run.resources.find((one) => one.service === "states" && one.name === name && one.logicalId !== undefined)?.logicalId
      : undefined;
  return (
    <>
      {mapRunArn !== null && (
        <Button size="compact" look="quiet" onClick={() => chooseExecution(machine, { mapRun: mapRunArn, mapRunAt: null })}>
          <Network size={12} />
          {t("Its child executions")}
        </Button>
      )}
      {started !== null && other !== undefined && (
        <Button
          size="compact"
          look="quiet"
          onClick={() => {
            if (other !== machine) openWorkflow(other);
            watchExecutions(other);
            openExecutionOf(other, started, other === machine ? { path: [opened.execution.arn] } : {});
          }}
        >
          <Network size={12} />
          {t("The execution of {{other}}", { other })}
        </Button>
      )}
    </>
  );
}

/** The ARN that StartExecution answered, wherever in the moment it stands. */
function startedBy(moment: Moment | null): string | null {
  for (const part of [moment?.result, moment?.data, moment?.output]) {
    const arn = part !== undefined && isJsonObject(part) ? (part["ExecutionArn"] ?? part["executionArn"]) : undefined;
    if (typeof arn === "string" && /:(?:execution|express):/.test(arn)) return arn;
  }
  return null;
}
