import type { Connection } from "../../model/design/design.ts";
import { selectConnection } from "../app/stores/selection.ts";
import { Section } from "../app/ui/Section.tsx";
import { connectionWords } from "../canvas/connectionWords.ts";
import { t } from "../app/texts/texts.ts";

/** A line that stands for several: each of them, to be looked at alone. */
export function BundleInspector({ connections }: { connections: readonly Connection[] }) {
  return (
    <div className="min-h-0 flex-1 overflow-auto pb-4">
      <header className="px-3 pt-3 pb-2.5">
        <h2 className="text-lg leading-[18px] font-semibold">{t("{{count}} connections", { count: connections.length })}</h2>
        <p className="mt-1 text-xs text-fg-3">{t("They run the same way, and are drawn as one line.")}</p>
      </header>
      <Section title={t("One by one")}>
        <ul aria-label={t("Connections of this line")}>
          {connections.map((connection) => (
            <li key={connection.id}>
              <button
                type="button"
                onClick={() => selectConnection(connection.id)}
                className="flex min-h-7 w-full items-center px-3 py-1 text-left hover:bg-hover"
              >
                {connectionWords(connection)}
              </button>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
