import { Ban, Link, Plus } from "lucide-react";
import { reasonAgainst, useConnecting } from "./connecting.ts";
import { t, tData } from "../app/texts/texts.ts";

/** Follows the pointer while a connection is drawn: what it would mean here, or why it cannot be. */
export function ConnectingTip() {
  const { from, hovered, legal, pointer } = useConnecting();
  if (from === null || pointer === null) return null;
  const reason = reasonAgainst({ from, hovered, legal });
  const meaning = hovered === null ? undefined : legal.get(hovered)?.rules[0]?.meaning;
  // over nothing: letting go there adds what may stand there
  const hint = hovered === null ? t("Let go to add what {{id}} is connected with", { id: from }) : null;
  const text = reason ?? (meaning === undefined ? hint : tData(meaning));
  if (text === null || text === undefined) return null;
  return (
    <div
      role="status"
      style={{ left: pointer.x + 14, top: pointer.y + 16 }}
      className="pointer-events-none fixed z-40 flex max-w-64 gap-2 rounded-md border border-line-strong bg-raised px-2 py-1.5 text-xs shadow-3"
    >
      {reason !== null ? (
        <Ban size={13} className="mt-px flex-none text-throttled" />
      ) : hovered === null ? (
        <Plus size={13} className="mt-px flex-none text-accent" />
      ) : (
        <Link size={13} className="mt-px flex-none text-accent" />
      )}
      <span>{text}</span>
    </div>
  );
}
