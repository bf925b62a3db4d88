import type { ReactNode } from "react";
import { setLayout, useLayout } from "../app/stores/layout.ts";
import { showDialog } from "../app/stores/dialogs.ts";
import { useProject } from "../app/stores/project.ts";
import { useRun } from "../app/stores/run.ts";
import { setTheme, useTheme, type ThemeChoice } from "../app/theme/theme.ts";
import { Button } from "../app/ui/Button.tsx";
import { Section } from "../app/ui/Section.tsx";
import { Select } from "../app/ui/Select.tsx";
import { Toggle } from "../app/ui/Toggle.tsx";
import { setLanguage } from "../app/texts/language.ts";
import { languages, perLanguage, t, useLanguage } from "../app/texts/texts.ts";

const themes = perLanguage((): readonly { value: ThemeChoice; title: string }[] => [
  { value: "system", title: t("As the system") },
  { value: "light", title: t("Light") },
  { value: "dark", title: t("Dark") },
]);

export function Settings() {
  const choice = useTheme((state) => state.choice);
  const language = useLanguage((state) => state.language);
  const isMinimapShown = useLayout((layout) => layout.isMinimapShown);
  const project = useProject((state) => state.project);
  const version = useProject((state) => state.session?.version);
  const run = useRun((state) => state.run);
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <Section title={t("Appearance")}>
        <Line title={t("Theme")}>
          <Select label={t("Theme")} value={choice} options={themes()} onChange={setTheme} className="w-32" />
        </Line>
        <Line title={t("Language")}>
          <Select label={t("Language")} value={language} options={languages} onChange={(one) => void setLanguage(one)} className="w-32" />
        </Line>
        <Line title={t("Minimap")}>
          <Toggle label={t("Minimap")} isOn={isMinimapShown} onChange={(isOn) => setLayout({ isMinimapShown: isOn })} />
        </Line>
      </Section>
      <Section title={t("Template")}>
        <Line title={t("Parameters")}>
          <Button size="compact" disabled={project === null} onClick={() => showDialog({ type: "parameters" })}>
            {t("Edit")}
          </Button>
        </Line>
      </Section>
      {run.type === "running" && (
        <Section title={t("Local AWS")}>
          <Fact title={t("Endpoint")} value={run.endpoint} />
          <Fact title={t("Region")} value={run.region} />
          <Fact title={t("Account")} value={run.accountId} />
        </Section>
      )}
      <Section title={t("About")}>
        <Fact title={"Contrail"} value={version ?? ""} />
        {project !== null && <Fact title={t("Folder")} value={project.directory} />}
      </Section>
    </div>
  );
}

function Line({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-2 px-3">
      <span>{title}</span>
      {children}
    </div>
  );
}

function Fact({ title, value }: { title: string; value: string }) {
  return (
    <div className="flex min-h-6 items-center gap-2 px-3">
      <span className="w-16 flex-none text-fg-3">{title}</span>
      <span data-selectable className="truncate font-mono text-xs" title={value}>
        {value}
      </span>
    </div>
  );
}
