import { ArrowDown, ArrowUp, Cable } from "lucide-react";
import { useEffect, useRef } from "react";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { classes } from "../app/ui/classes.ts";
import { t } from "../app/texts/texts.ts";
import { formatClockTime } from "../timeline/duration.ts";
import { type SocketLine, type SocketSession, sessionOf, useSockets } from "./socketSessions.ts";

/** What was said and heard on the chosen connection, the newest below. */
export function SocketLog({ resource }: { resource: string }) {
  const session = useSockets((state) => sessionOf(state, resource));
  if (session === undefined) {
    return (
      <EmptyState icon={<Cable size={18} />} title={t("Not connected")}>
        {t("Connect, and send messages: what the API sends, as an answer or by itself, appears here as it comes.")}
      </EmptyState>
    );
  }
  return <Lines session={session} key={session.id} />;
}

function Lines({ session: { lines } }: { session: SocketSession }) {
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => void end.current?.scrollIntoView({ block: "nearest" }), [lines.length]);
  return (
    <div role="log" aria-label={t("Messages")} tabIndex={0} className="h-full overflow-auto py-1 outline-none">
      <ol>
        {lines.map((line, index) => (
          <li
            key={`${line.at} ${index}`}
            ref={index === lines.length - 1 ? end : null}
            className="flex items-start gap-2 border-b border-line px-3 py-1.5 last:border-b-0"
          >
            <Mark type={line.type} />
            <pre
              data-selectable
              className={classes(
                "min-w-0 flex-1 text-[11.5px] leading-[18px] whitespace-pre-wrap",
                line.type === "told" ? "font-sans text-fg-3" : "font-mono",
              )}
            >
              {line.type === "told" ? line.text : readable(line.text)}
            </pre>
            <time className="flex-none font-mono text-[10.5px] leading-[18px] text-fg-3">{formatClockTime(line.at)}</time>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Mark({ type }: { type: SocketLine["type"] }) {
  if (type === "told") return <Cable size={13} className="mt-[3px] flex-none text-fg-3" />;
  return type === "sent" ? (
    <ArrowUp size={13} role="img" aria-label={t("sent")} className="mt-[3px] flex-none text-accent" />
  ) : (
    <ArrowDown size={13} role="img" aria-label={t("received")} className="mt-[3px] flex-none text-ok" />
  );
}

/** JSON over several lines where it is short of none. */
function readable(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}
