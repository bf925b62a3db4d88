import { Copy } from "lucide-react";
import { liveKey } from "../app/stores/live.ts";
import { attempt, notify } from "../app/stores/notices.ts";
import { useRun } from "../app/stores/run.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Section } from "../app/ui/Section.tsx";
import { asContinuation, t } from "../app/texts/texts.ts";

/** Where a running resource is reached: its physical name and, for what answers HTTP, its URL. */
export function RunFacts({ id }: { id: string }) {
  const run = useRun((state) => state.run);
  if (run.type !== "running") return null;
  const resource = run.resources.find((one) => liveKey(one) === id);
  const url = run.urls.find((one) => one.logicalId === id);
  const facts = [
    ...(url === undefined ? [] : [["URL", url.url] as const]),
    ...(resource === undefined ? [] : [["Name", resource.name] as const]),
  ];
  if (facts.length === 0) return null;
  return (
    <Section title={t("Reached at")}>
      {facts.map(([title, value]) => (
        <div key={title} className="flex h-6 items-center gap-2 pr-1.5 pl-3">
          <span className="w-10 flex-none text-fg-3">{title}</span>
          <span data-selectable className="min-w-0 flex-1 truncate font-mono text-xs" title={value}>
            {value}
          </span>
          <IconButton label={t("Copy {{title}}", { title: asContinuation(title) })} size={20} onClick={() => void copy(value)}>
            <Copy size={12} />
          </IconButton>
        </div>
      ))}
    </Section>
  );
}

async function copy(text: string): Promise<void> {
  await attempt(t("Copy"), async () => {
    await navigator.clipboard.writeText(text);
    notify({ tone: "ok", title: t("Copied") });
  });
}
