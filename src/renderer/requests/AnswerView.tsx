import { ArrowUpRight, Inbox, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { HttpAnswer, StudioOutputs } from "../../model/studioApi.ts";
import { formatBytes } from "../app/format.ts";
import { Button } from "../app/ui/Button.tsx";
import { Chip } from "../app/ui/Chip.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { ProgressLine } from "../app/ui/ProgressLine.tsx";
import { classes } from "../app/ui/classes.ts";
import { JsonView } from "../editors/json/JsonView.tsx";
import { formatDuration } from "../timeline/duration.ts";
import { showTrace } from "../timeline/traceList.ts";
import { useComposer } from "./requestDraft.ts";
import { reasonPhrase } from "./reasonPhrase.ts";
import { statusTone } from "./statusTone.ts";
import { t } from "../app/texts/texts.ts";

/** What came back, and the way to its trace. */
export function AnswerView() {
  const { answer, isSending } = useComposer();
  return (
    <div className="relative h-full min-h-0">
      {isSending && (
        <div className="absolute inset-x-0 top-0">
          <ProgressLine label={t("Waiting for the answer")} />
        </div>
      )}
      {answer === null && (
        <EmptyState icon={<Inbox size={18} />} title={t("The answer appears here")}>
          {t("With its status, headers and body, and the trace of everything that the request set off.")}
        </EmptyState>
      )}
      {/* while the next one is under way, the last is told apart from what will come */}
      <div className={classes("h-full", isSending && "opacity-50")} aria-busy={isSending} hidden={answer === null}>
        {answer?.type === "http" && <HttpAnswerView answer={answer.answer} />}
        {answer?.type === "operation" && <OperationAnswerView operation={answer.operation} result={answer.result} />}
      </div>
      {answer?.type === "failed" && (
        <EmptyState icon={<TriangleAlert size={18} className="text-error" />} title={t("It was not sent")}>
          {answer.message}
        </EmptyState>
      )}
    </div>
  );
}

type Part = "body" | "headers";

function HttpAnswerView({ answer }: { answer: HttpAnswer }) {
  const [part, setPart] = useState<Part>("body");
  const body = useMemo(() => parsed(answer.body), [answer.body]);
  const isHeld = answer.traceId === null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <AnswerHead
        status={`${answer.status} ${reasonPhrase(answer.status)}`.trim()}
        tone={String(answer.status)}
        facts={[formatDuration(answer.durationMilliseconds), formatBytes(new TextEncoder().encode(answer.body).length)]}
        traceId={isHeld ? null : answer.traceId}
      />
      <div
        role="tablist"
        aria-label={t("Parts of the answer")}
        className="flex h-7 flex-none items-center gap-3 border-b border-line px-3 text-[11.5px]"
      >
        {(["body", "headers"] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={part === one}
            onClick={() => setPart(one)}
            className={classes(part === one ? "font-medium text-fg" : "text-fg-2 hover:text-fg")}
          >
            {one === "body" ? t("Body") : t("Headers {{count}}", { count: answer.headers.length })}
          </button>
        ))}
      </div>
      <div className="min-h-0 flex-1">
        {part === "headers" ? (
          <Headers headers={answer.headers} />
        ) : answer.isBase64 ? (
          <p className="p-3 text-fg-2">
            {t("The body is binary and not shown ({{size}}).", { size: formatBytes(Math.floor((answer.body.length * 3) / 4)) })}
          </p>
        ) : answer.body === "" ? (
          <p className="p-3 text-fg-3">{t("The answer has no body.")}</p>
        ) : body === undefined ? (
          <pre className="h-full overflow-auto px-3 py-2 font-mono text-[11.5px] leading-[18px] whitespace-pre-wrap">{answer.body}</pre>
        ) : (
          <JsonView value={body} label={t("Body of the answer")} />
        )}
      </div>
    </div>
  );
}

function OperationAnswerView({ operation, result }: { operation: string; result: StudioOutputs["request.operation"] }) {
  const { error, output, durationMilliseconds, traceId } = result;
  const functionError = isJsonObject(output) && typeof output["FunctionError"] === "string" ? output["FunctionError"] : null;
  const payload = operation === "Invoke" && isJsonObject(output) ? payloadOf(output) : undefined;
  const status = error?.code ?? (functionError === null ? t("ok") : t("{{functionError}} error", { functionError }));
  return (
    <div className="flex h-full min-h-0 flex-col">
      <AnswerHead
        status={error === null && functionError === null ? operation : status}
        tone={functionError === null ? status : "error"}
        facts={[formatDuration(durationMilliseconds)]}
        traceId={traceId}
      />
      {error !== null && (
        <p data-selectable className="mx-3 mt-1 mb-2 rounded-md bg-error-soft px-2 py-1.5 text-error">
          {error.message}
        </p>
      )}
      <div className="min-h-0 flex-1 border-t border-line">
        {error === null && <JsonView value={payload ?? output} label={t("Output")} />}
      </div>
    </div>
  );
}

function AnswerHead({ status, tone, facts, traceId }: { status: string; tone: string; facts: readonly string[]; traceId: string | null }) {
  return (
    <div className="flex h-11 flex-none items-center gap-2 px-3">
      <Chip tone={statusTone(tone)} className="min-w-0 overflow-hidden font-medium tabular-nums">
        {status}
      </Chip>
      <span className="truncate text-xs text-fg-3 tabular-nums">{facts.join(" · ")}</span>
      {traceId !== null && (
        <Button size="compact" className="ml-auto" onClick={() => showTrace(traceId)}>
          {t("Open trace")}
          <ArrowUpRight size={12} />
        </Button>
      )}
    </div>
  );
}

function Headers({ headers }: { headers: HttpAnswer["headers"] }) {
  return (
    <dl
      data-selectable
      className="grid h-full auto-rows-min grid-cols-[minmax(96px,auto)_1fr] gap-x-3 gap-y-0.5 overflow-auto px-3 py-2 font-mono text-xs"
    >
      {headers.map(([name, value], at) => (
        <div key={at} className="contents">
          <dt className="text-(--syn-key)">{name}</dt>
          <dd className="break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What the function returned; bytes come as text or as `{"$bytes": base64}`. */
function payloadOf(output: { readonly [key: string]: Json }): Json | undefined {
  const payload = output["Payload"];
  if (typeof payload === "string") return parsed(payload) ?? payload;
  if (isJsonObject(payload) && typeof payload["$bytes"] === "string") {
    const text = new TextDecoder().decode(Uint8Array.from(atob(payload["$bytes"]), (letter) => letter.charCodeAt(0)));
    return parsed(text) ?? text;
  }
  return payload;
}
