import type { Hold } from "../../model/run.ts";
import type { SpanSummary } from "../../model/trace.ts";
import { selectSpan, useSelection } from "../app/stores/selection.ts";
import { classes } from "../app/ui/classes.ts";
import { causesOf } from "../timeline/spanTree.ts";
import { actorName, resourceName } from "../timeline/spanWords.ts";
import { t } from "../app/texts/texts.ts";

/** What led to the held hop, the innermost first. */
export function CallChain({ spans, hold }: { spans: readonly SpanSummary[]; hold: Hold }) {
  const chain = causesOf(spans, hold.span.spanId).toReversed();
  const chosen = useSelection((state) => state.span?.spanId);
  return (
    <section aria-label={t("Call chain")} className="flex-none">
      <h3 className="flex h-[26px] items-center px-3 text-xs font-medium text-fg-3">{t("Call chain")}</h3>
      {chain.map((span, at) => (
        <button
          key={span.spanId}
          type="button"
          onClick={() => selectSpan({ traceId: span.traceId, spanId: span.spanId })}
          className={classes(
            "flex h-6 w-full items-center gap-3 px-3 text-left",
            at === 0 ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : chosen === span.spanId ? "bg-hover" : "hover:bg-hover",
          )}
        >
          <span className={classes("truncate font-mono text-xs", at > 0 && "text-fg-2")}>
            {span.kind === "invocation" ? t("invoke") : span.operation}
          </span>
          <span className="ml-auto truncate text-xs text-fg-3">{resourceName(span.target) || actorName(span.actor)}</span>
        </button>
      ))}
    </section>
  );
}
