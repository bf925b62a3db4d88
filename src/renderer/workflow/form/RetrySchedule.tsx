import type { Retrier } from "../../../model/asl/definition.ts";
import { retryDelaySeconds } from "../../../model/asl/retry.ts";
import { formatDuration } from "../../app/format.ts";
import { t } from "../../app/texts/texts.ts";

const mostShown = 12;
const width = 240;
const height = 34;
const baseline = 18;
/** Labels nearer than this would touch. */
const labelPixels = 26;

/** The tries of a retrier on a line of time, with the pauses between them. */
export function RetrySchedule({ retrier }: { retrier: Retrier }) {
  const count = Math.min(retrier.maxAttempts, mostShown);
  if (count === 0) return <p className="px-2.5 py-1 text-xs text-fg-3">{t("Never tried again: the error goes on to Catch.")}</p>;
  const pauses = Array.from({ length: count }, (_, index) => retryDelaySeconds({ ...retrier, jitterStrategy: "NONE" }, index, () => 1));
  let total = 0;
  const moments = pauses.map((pause) => (total += pause));
  const isFull = retrier.jitterStrategy === "FULL";
  const x = (seconds: number): number => 4 + (total === 0 ? 0 : (seconds / total) * (width - 8));
  const words = t("{{count}} retries with pauses of {{pauses}}", {
    count,
    pauses: pauses.map((pause) => formatDuration(pause * 1000)).join(", "),
  });
  let labelled = -Infinity;
  return (
    <figure className="px-2.5 pt-1.5 pb-1">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words} className="block w-full overflow-visible">
        <line x1={4} x2={width - 4} y1={baseline} y2={baseline} stroke="var(--line-strong)" strokeWidth={1.5} />
        <circle cx={4} cy={baseline} r={3.5} fill="var(--error)" />
        {moments.map((moment, index) => {
          const begin = moment - (pauses[index] ?? 0);
          const middle = (x(begin) + x(moment)) / 2;
          const isLabelled = middle - labelled >= labelPixels;
          if (isLabelled) labelled = middle;
          return (
            <g key={moment}>
              {isFull && (
                <rect
                  x={x(begin)}
                  width={Math.max(0, x(moment) - x(begin) - 1)}
                  y={baseline - 4}
                  height={8}
                  rx={2}
                  fill="var(--throttled-soft)"
                />
              )}
              <path
                d={`M ${x(begin)} ${baseline} Q ${middle} ${baseline - 16} ${x(moment)} ${baseline}`}
                fill="none"
                stroke="var(--throttled)"
                strokeWidth={1.2}
                strokeDasharray={isFull ? "2 2" : undefined}
              />
              <circle cx={x(moment)} cy={baseline} r={3} fill="var(--bg-card)" stroke="var(--throttled)" strokeWidth={1.5} />
              {isLabelled && (
                <text x={middle} y={height - 2} textAnchor="middle" fontSize={9.5} fill="var(--fg-3)">
                  {formatDuration((pauses[index] ?? 0) * 1000)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <figcaption className="pt-0.5 text-xs text-fg-3">
        {isFull
          ? t("At most {{total}} of pauses", { total: formatDuration(total * 1000) })
          : t("{{total}} of pauses", { total: formatDuration(total * 1000) })}
        {retrier.maxAttempts > count
          ? t(" in the first {{count}} of {{maxAttempts}} retries", { count, maxAttempts: retrier.maxAttempts })
          : t(" in {{count}} retries", { count })}
        {isFull ? t("; each pause is a random part of its length") : ""}
      </figcaption>
    </figure>
  );
}
