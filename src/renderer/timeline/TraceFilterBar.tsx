import { ListFilter, Pause, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDesign } from "../app/stores/design.ts";
import { confirm } from "../app/stores/dialogs.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { DropdownMenu, type MenuItem } from "../app/ui/Menu.tsx";
import { SearchField } from "../app/ui/SearchField.tsx";
import { clearTraces, isFiltering, noFilter, setTraceFilter, setTracesPaused, useTraceList, type TraceListFilter } from "./traceList.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

const TYPING_PAUSE_MILLISECONDS = 160;
let typingTimer: ReturnType<typeof setTimeout> | undefined;

const outcomes = perLanguage(
  () =>
    [
      ["ok", t("Succeeded")],
      ["error", t("Failed")],
      ["throttled", t("Throttled")],
      ["running", t("Still running")],
    ] as const satisfies readonly (readonly [TraceListFilter["outcome"], string])[],
);

const durations = perLanguage(
  () =>
    [
      [100, t("Longer than 100 ms")],
      [1000, t("Longer than 1 s")],
      [10_000, t("Longer than 10 s")],
    ] as const,
);

export function TraceFilterBar() {
  const { filter, isPaused } = useTraceList();
  const [text, setText] = useState(filter.text);
  const resources = useDesign((state) => state.design.resources);
  const change = (next: string): void => {
    setText(next);
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => setTraceFilter({ text: next }), TYPING_PAUSE_MILLISECONDS);
  };

  const items: MenuItem[] = [
    { type: "heading", title: t("Outcome") },
    ...outcomes().map(([outcome, title]): MenuItem => ({
      type: "action",
      id: outcome,
      title,
      isChecked: filter.outcome === outcome,
      run: () => setTraceFilter({ outcome: filter.outcome === outcome ? null : outcome }),
    })),
    { type: "separator" },
    { type: "heading", title: t("Duration") },
    ...durations().map(([milliseconds, title]): MenuItem => ({
      type: "action",
      id: title,
      title,
      isChecked: filter.minDurationMilliseconds === milliseconds,
      run: () => setTraceFilter({ minDurationMilliseconds: filter.minDurationMilliseconds === milliseconds ? null : milliseconds }),
    })),
    { type: "separator" },
    {
      type: "submenu",
      title: t("Passed through"),
      items: resources.map((resource): MenuItem => ({
        type: "action",
        id: resource.id,
        title: resource.id,
        isChecked: filter.logicalId === resource.id,
        run: () => setTraceFilter({ logicalId: filter.logicalId === resource.id ? null : resource.id }),
      })),
    },
    { type: "separator" },
    {
      type: "action",
      id: "all",
      title: t("Show all"),
      isDisabled: !isFiltering(filter),
      run: () => {
        setText("");
        setTraceFilter(noFilter);
      },
    },
  ];
  const hasChoice = filter.outcome !== null || filter.logicalId !== null || filter.minDurationMilliseconds !== null;

  return (
    <>
      <SearchField
        label={t("Filter traces")}
        value={text}
        onChange={change}
        placeholder={t("Filter by name, error or payload")}
        className="w-56"
      />
      <DropdownMenu items={items} align="end">
        <IconButton label={t("Filter by outcome, duration, resource")} size={24} isOn={hasChoice}>
          <ListFilter size={14} />
        </IconButton>
      </DropdownMenu>
      <IconButton
        label={isPaused ? t("Follow new traces") : t("Hold the list still")}
        size={24}
        isOn={isPaused}
        onClick={() => setTracesPaused(!isPaused)}
      >
        {isPaused ? <Play size={14} /> : <Pause size={14} />}
      </IconButton>
      <IconButton
        label={t("Clear traces")}
        size={24}
        onClick={() =>
          confirm({
            title: t("Clear all traces?"),
            detail: t("Their payloads and logs are deleted. Tables, queues and caches stay as they are."),
            action: t("Clear"),
            isDangerous: true,
            run: () => void clearTraces(),
          })
        }
      >
        <Trash2 size={14} />
      </IconButton>
    </>
  );
}
