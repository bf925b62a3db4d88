import { SkipForward } from "lucide-react";
import { formatDuration } from "../app/format.ts";
import { liveKey } from "../app/stores/live.ts";
import { useRun } from "../app/stores/run.ts";
import { Chip } from "../app/ui/Chip.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Section } from "../app/ui/Section.tsx";
import { useInspection, type InspectedResource } from "../data/inspection.ts";
import { skipTo } from "../debugger/stepping.ts";
import { useSeconds } from "../timeline/useSeconds.ts";
import { t } from "../app/texts/texts.ts";

const SECOND = 1000;
const mostShown = 20;

/** Asynchronous invocations of a function that wait for another attempt: since which error, and until when. */
export function WaitingEvents({ id }: { id: string }) {
  const run = useRun((state) => state.run);
  const resource =
    run.type === "running" ? run.resources.find((one) => liveKey(one) === id && one.type === "AWS::Lambda::Function") : undefined;
  return resource === undefined ? null : (
    <Events resource={{ service: resource.service, name: resource.name, region: resource.region, view: "events" }} />
  );
}

function Events({ resource }: { resource: InspectedResource }) {
  const { rows } = useInspection(resource, "");
  const now = useSeconds();
  const waiting = rows.filter((row) => row.cells["state"] !== "running");
  if (waiting.length === 0) return null;
  return (
    <Section title={t("Tried again")} actions={<span className="text-xs text-fg-3 tabular-nums">{waiting.length}</span>}>
      <ul aria-label={t("Events that wait for another attempt")}>
        {waiting.slice(0, mostShown).map((row) => {
          const { dueAt, error, state } = row.cells;
          const at = typeof dueAt === "number" ? dueAt : 0;
          const text = typeof error === "string" ? error : "";
          return (
            <li key={row.id} className="flex h-[26px] items-center gap-2 pr-1.5 pl-3">
              <Chip tone={state === "throttled" ? "throttled" : "waiting"}>{String(state)}</Chip>
              <span className="min-w-0 flex-1 truncate text-xs text-error" title={text}>
                {text}
              </span>
              <span className="flex-none text-xs tabular-nums">
                {at <= now ? t("now") : t("in {{left}}", { left: formatDuration(Math.ceil((at - now) / SECOND) * SECOND) })}
              </span>
              <IconButton label={t("Skip to the next attempt")} size={20} onClick={() => void skipTo(at)}>
                <SkipForward size={12} className="text-accent" />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
