import { ArrowRight, Unplug } from "lucide-react";
import type { Connection } from "../../model/design/design.ts";
import { changeDesign, useDesign } from "../app/stores/design.ts";
import { clearSelection, selectResources } from "../app/stores/selection.ts";
import { isServing, useRun } from "../app/stores/run.ts";
import { Button } from "../app/ui/Button.tsx";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { Section } from "../app/ui/Section.tsx";
import { breakpointBetween, toggleBreakpoint, useBreakpoints } from "../canvas/stepping/breakpoints.ts";
import { connectionWords } from "../canvas/connectionWords.ts";
import { ConnectionFields } from "./ConnectionFields.tsx";
import { WrittenLines } from "./WrittenLines.tsx";
import { t } from "../app/texts/texts.ts";

/** A selected connection: its ends, its meaning, and exactly what it is in the template. */
export function ConnectionInspector({ connection }: { connection: Connection }) {
  const resources = useDesign((state) => state.design.resources);
  const isOn = useRun((state) => isServing(state.run));
  const breakpoint = breakpointBetween(useBreakpoints(), connection.from, connection.to);
  const end = (id: string) => (
    <button
      type="button"
      onClick={() => selectResources([id], { reveal: true })}
      className="flex min-w-0 flex-1 items-center gap-2 rounded-md border border-line px-2 py-1.5 text-left hover:border-line-strong"
    >
      <ResourceTile type={resources.find((resource) => resource.id === id)?.type ?? ""} size={20} />
      <span className="truncate font-medium">{id}</span>
    </button>
  );
  return (
    <div className="min-h-0 flex-1 overflow-auto pb-4">
      <header className="px-3 pt-3 pb-2.5">
        <h2 className="text-lg leading-[18px] font-semibold">{t("Connection")}</h2>
        <p className="mt-1 text-xs text-fg-3">{connectionWords(connection)}</p>
        <div className="mt-2.5 flex items-center gap-1.5">
          {end(connection.from)}
          <ArrowRight size={14} className="flex-none text-fg-3" />
          {end(connection.to)}
        </div>
      </header>
      <ConnectionFields connection={connection} />
      <Section title={t("Written in the template")}>
        <WrittenLines connection={connection} />
      </Section>
      <Section title={t("Change")}>
        <div className="flex gap-2 px-3">
          <Button
            size="compact"
            disabled={!isOn}
            onClick={() => toggleBreakpoint({ type: "connection", from: connection.from, to: connection.to })}
          >
            {breakpoint === undefined ? t("Stop every message") : t("Remove the breakpoint")}
          </Button>
          <Button
            size="compact"
            look="danger"
            onClick={() => changeDesign(t("Disconnect"), { type: "disconnect", connection: connection.id }) && clearSelection()}
          >
            <Unplug size={12} />
            {t("Disconnect")}
          </Button>
        </div>
      </Section>
    </div>
  );
}
