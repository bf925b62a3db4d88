import type { DesignResource } from "../../model/design/design.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { useMetrics } from "../app/stores/live.ts";
import { isServing, useRun } from "../app/stores/run.ts";
import { footerOf, type FooterTone } from "./cardFooter.ts";

const tones: Record<FooterTone, string> = { plain: "", ok: "text-ok", error: "text-error", throttled: "text-throttled", waiting: "text-waiting" };

/** Redrawn by its own numbers only. */
export function CardFooter({ resource }: { resource: DesignResource }) {
  const metrics = useMetrics(resource.id);
  const isOn = useRun((state) => isServing(state.run));
  if (!resource.runs) return <span className="truncate text-fg-3">not run locally yet</span>;
  if (resource.isDisabled) return <span className="truncate text-fg-3">left out by its condition</span>;
  if (!isOn || metrics === undefined) return <span className="truncate text-fg-3">{lookOf(resource.type).title}</span>;
  const footer = footerOf(resource, metrics);
  return (
    <>
      {footer.left.map((part, index) => (
        <span key={index} className={tones[part.tone]}>
          {part.text}
        </span>
      ))}
      {footer.right !== null && <span className={`ml-auto ${tones[footer.right.tone]}`}>{footer.right.text}</span>}
    </>
  );
}
