import { MousePointerClick, RotateCw, SkipForward, SquarePen } from "lucide-react";
import { useMemo, useState } from "react";
import type { Json } from "../../model/json.ts";
import type { Effect, Span, SpanSummary } from "../../model/trace.ts";
import { showDialog } from "../app/stores/dialogs.ts";
import { isServing, useRun } from "../app/stores/run.ts";
import { Chip } from "../app/ui/Chip.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { classes } from "../app/ui/classes.ts";
import { skipTo } from "../debugger/stepping.ts";
import { JsonDifferenceView, JsonView } from "../editors/json/JsonView.tsx";
import { isTypedItem, plainItem } from "../editors/json/plainItem.ts";
import { EventOfHop } from "../workflow/execution/EventOfHop.tsx";
import { formatClockTime } from "./duration.ts";
import { LogLines } from "./LogLines.tsx";
import { useCounterpart } from "./counterpart.ts";
import { readableHttp } from "./readableHttp.ts";
import { againOf, runAgain } from "./runAgain.ts";
import { useSpan } from "./openedTrace.ts";
import { actorName, durationText, outcomeText, resourceName, spanTitle, toneOf } from "./spanWords.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

type View = "request" | "response" | "effects" | "logs" | "difference";

/** What went in, what came out, what changed and what was logged at one hop. */
export function SpanDetail({ summary, spans = [] }: { summary: SpanSummary | null; spans?: readonly SpanSummary[] }) {
  const { value: span, problem } = useSpan(summary);
  const before = useCounterpart(summary);
  const [wanted, setWanted] = useState<View | null>(null);
  if (summary === null) {
    return (
      <EmptyState icon={<MousePointerClick size={18} />} title={t("Choose a hop")}>
        {t("Its request, response, changes and logs appear here.")}
      </EmptyState>
    );
  }
  const isWaiting = summary.kind === "wait" && summary.endedAt === null;
  const views = [...viewsOf(summary), ...(before === null ? [] : [{ id: "difference", title: t("Diff") } as const])];
  const view =
    views.find((one) => one.id === wanted)?.id ??
    (summary.effectCount > 0 ? "effects" : summary.outcome === "error" ? "response" : "request");
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-[27px] flex-none items-center gap-2 border-b border-line pr-2 pl-3 text-[11.5px]">
        <span className="truncate font-semibold" title={spanTitle(summary)}>
          {spanTitle(summary)}
        </span>
        <Chip tone={toneOf(summary.outcome)} className="font-medium tabular-nums">
          {isWaiting ? t("waiting") : outcomeText(summary)}
        </Chip>
        <div role="tablist" aria-label={t("Parts of the hop")} className="ml-auto flex flex-none">
          {views.map((one) => (
            <button
              key={one.id}
              type="button"
              role="tab"
              aria-selected={one.id === view}
              onClick={() => setWanted(one.id)}
              className={classes(
                "px-1.5 whitespace-nowrap tabular-nums",
                one.id === view ? "font-medium text-fg" : "text-fg-2 hover:text-fg",
              )}
            >
              {one.title}
            </button>
          ))}
        </div>
      </div>
      <div className="flex h-6 flex-none items-center gap-2 pt-1 pr-1.5 pl-3">
        <p className="min-w-0 flex-1 truncate text-2xs text-fg-3 tabular-nums" title={new Date(summary.startedAt).toString()}>
          {t("{{summary}} · by {{actor}} · {{startedAt}}", {
            summary: isWaiting ? t("waiting") : durationText(summary),
            actor: actorName(summary.actor),
            startedAt: formatClockTime(summary.startedAt),
          })}
        </p>
        <EventOfHop span={summary} spans={spans} />
        {summary.kind === "wait" && summary.until !== undefined && <SkipWait until={summary.until} />}
        {span !== null && <RunAgain span={span} />}
      </div>
      {summary.error !== null && (
        <p
          data-selectable
          className="mx-3 mt-1.5 max-h-24 flex-none overflow-auto rounded-md bg-error-soft px-2 py-1 text-xs break-words text-error"
        >
          <span className="font-medium">{summary.error.code}</span> {summary.error.message}
        </p>
      )}
      <div className="min-h-0 flex-1">
        {problem !== null && <p className="p-3 text-fg-2">{problem}</p>}
        {span !== null && view !== "difference" && <SpanView span={span} view={view} />}
        {span !== null && view === "difference" && before !== null && (
          <JsonDifferenceView before={outcomeOf(before)} after={outcomeOf(span)} label={t("Difference to the run before")} />
        )}
      </div>
    </div>
  );
}

function viewsOf(span: SpanSummary): readonly { readonly id: View; readonly title: string }[] {
  return [
    { id: "request", title: t("Request") },
    { id: "response", title: t("Response") },
    ...(span.effectCount > 0
      ? [
          {
            id: "effects",
            title: span.effectCount === 1 ? effectsTitle(span) : t("Changes {{effectCount}}", { effectCount: span.effectCount }),
          } as const,
        ]
      : []),
    ...(span.logCount > 0 ? [{ id: "logs", title: t("Logs {{logCount}}", { logCount: span.logCount }) } as const] : []),
  ];
}

/** A table's one change is its item; the difference is named after what differs. */
function effectsTitle(span: SpanSummary): string {
  const titles: Readonly<Record<string, string>> = { dynamodb: t("Item"), sqs: t("Message"), cloudfront: t("Cache") };
  return titles[span.service] ?? t("Change");
}

/** A wait that ends by itself ends with a click. */
function SkipWait({ until }: { until: number }) {
  return (
    <IconButton
      label={t("Skip to its end, {{until}}", { until: formatClockTime(until, false) })}
      size={20}
      onClick={() => void skipTo(until)}
    >
      <SkipForward size={12} className="text-accent" />
    </IconButton>
  );
}

/** Sends this hop anew, as it was or with another message. */
function RunAgain({ span }: { span: Span }) {
  const run = useRun((state) => state.run);
  const again = useMemo(() => againOf(span, run), [span, run]);
  const why = isServing(run) ? (again.type === "impossible" ? again.why : null) : t("Press Run first.");
  return (
    <span className="flex flex-none">
      <IconButton
        label={why ?? t("Run again from here")}
        size={20}
        aria-disabled={why !== null}
        className={why === null ? "" : "opacity-40"}
        onClick={() => why === null && void runAgain(span)}
      >
        <RotateCw size={12} />
      </IconButton>
      <IconButton
        label={why ?? t("Edit the message, then run again from here")}
        size={20}
        aria-disabled={why !== null}
        className={why === null ? "" : "opacity-40"}
        onClick={() => why === null && showDialog({ type: "run-again", span })}
      >
        <SquarePen size={12} />
      </IconButton>
    </span>
  );
}

/** What two runs of a hop are compared by: what went in, what came out, and what it changed. */
function outcomeOf({ input, output, error, effects }: Span): Json {
  return {
    request: readableHttp(input),
    response: readableHttp(output),
    ...(error === null ? {} : { error: { code: error.code, message: error.message } }),
    changes: effects.map((effect) => ({
      action: effect.action,
      resource: resourceName(effect.resource),
      ...(effect.after === undefined ? {} : { after: plain(effect.after) ?? null }),
    })),
  };
}

function SpanView({ span, view }: { span: Span; view: Exclude<View, "difference"> }) {
  switch (view) {
    case "request":
      return <JsonView value={readableHttp(span.input)} label={t("Request")} />;
    case "response":
      return span.endedAt === null ? (
        <p className="p-3 text-fg-2">{t("Still running: it has not answered yet.")}</p>
      ) : (
        <Response span={span} />
      );
    case "effects":
      return <Effects effects={span.effects} />;
    case "logs":
      return <LogLines lines={span.logs} />;
  }
}

function Response({ span }: { span: Span }) {
  if (span.output === null && span.error !== null)
    return <p className="p-3 text-fg-2">{t("It failed, so there is no response besides the error above.")}</p>;
  return <JsonView value={readableHttp(span.output)} label={t("Response")} />;
}

function Effects({ effects }: { effects: readonly Effect[] }) {
  const [at, setAt] = useState(0);
  const effect = effects[Math.min(at, effects.length - 1)];
  if (effect === undefined) return null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      {effects.length > 1 && (
        <div role="listbox" aria-label={t("Changes")} className="max-h-20 flex-none overflow-auto border-b border-line py-1">
          {effects.map((one, index) => (
            <button
              key={`${one.key} ${index}`}
              type="button"
              role="option"
              aria-selected={one === effect}
              onClick={() => setAt(index)}
              className={classes(
                "flex h-5 w-full items-center gap-2 px-3 text-left text-xs",
                one === effect ? "bg-accent-soft" : "hover:bg-hover",
              )}
            >
              <span className="w-14 text-fg-3">{effectWords()[one.action]}</span>
              <span className="truncate">{resourceName(one.resource)}</span>
              <span className="ml-auto truncate font-mono text-fg-3">{one.key}</span>
            </button>
          ))}
        </div>
      )}
      <div className="min-h-0 flex-1">
        <JsonDifferenceView before={plain(effect.before)} after={plain(effect.after)} label={t("Before and after")} />
      </div>
    </div>
  );
}

const effectWords = perLanguage((): Readonly<Record<Effect["action"], string>> => ({
  put: t("put"),
  delete: t("deleted"),
  send: t("sent"),
  receive: t("received"),
  store: t("stored"),
  expire: t("expired"),
  invalidate: t("invalidated"),
  create: t("created"),
  update: t("updated"),
}));

function plain(value: Json | undefined): Json | undefined {
  return isTypedItem(value) ? plainItem(value) : value;
}
