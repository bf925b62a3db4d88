import { ArrowLeft, ArrowRight, Cable, Unplug } from "lucide-react";
import type { Connection, DesignResource } from "../../model/design/design.ts";
import { changeDesign, useDesign } from "../app/stores/design.ts";
import { selectConnection, selectResources } from "../app/stores/selection.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { ResourceIcon } from "../app/ui/ResourceIcon.tsx";
import { WrittenLines } from "./WrittenLines.tsx";
import { t } from "../app/texts/texts.ts";
import { labelOf } from "../app/texts/words.ts";

/** Both directions, each with the very lines of the template that make it. */
export function ConnectionsTab({ resource }: { resource: DesignResource }) {
  const { connections, resources } = useDesign((state) => state.design);
  const own = connections.filter((connection) => connection.from === resource.id || connection.to === resource.id);
  if (own.length === 0) {
    return (
      <EmptyState icon={<Cable size={18} />} title={t("Not connected")}>
        {t("Drag from one of the ports at the card's border to another card. What may be connected lights up.")}
      </EmptyState>
    );
  }
  const typeOf = (id: string): string => resources.find((one) => one.id === id)?.type ?? "";
  return (
    <div className="pb-4">
      {own.map((connection) => (
        <ConnectionSection
          key={connection.id}
          connection={connection}
          seenFrom={resource.id}
          otherType={typeOf(connection.from === resource.id ? connection.to : connection.from)}
        />
      ))}
    </div>
  );
}

function ConnectionSection({ connection, seenFrom, otherType }: { connection: Connection; seenFrom: string; otherType: string }) {
  const isOut = connection.from === seenFrom;
  const other = isOut ? connection.to : connection.from;
  return (
    <section className="border-b border-line py-2">
      <header className="group flex h-6 items-center gap-1.5 pr-1.5 pl-3">
        {isOut ? <ArrowRight size={12} className="text-fg-3" /> : <ArrowLeft size={12} className="text-fg-3" />}
        <ResourceIcon type={otherType} />
        <button type="button" onClick={() => selectResources([other], { reveal: true })} className="truncate font-medium hover:underline">
          {other}
        </button>
        <button
          type="button"
          onClick={() => selectConnection(connection.id, { reveal: true })}
          className="ml-auto truncate pl-2 text-xs text-fg-3 hover:text-fg"
        >
          {connection.label === "" ? connection.kind : labelOf(connection)}
        </button>
        <IconButton
          label={t("Disconnect")}
          size={20}
          onClick={() => changeDesign(t("Disconnect"), { type: "disconnect", connection: connection.id })}
        >
          <Unplug size={12} />
        </IconButton>
      </header>
      <WrittenLines connection={connection} />
    </section>
  );
}
