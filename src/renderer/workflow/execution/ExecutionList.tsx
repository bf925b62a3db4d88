import { ListFilter, Play } from "lucide-react";
import { useRef } from "react";
import { showDialog } from "../../app/stores/dialogs.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Dot } from "../../app/ui/Chip.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { DropdownMenu, type MenuItem } from "../../app/ui/Menu.tsx";
import { SearchField } from "../../app/ui/SearchField.tsx";
import { Count } from "../../app/ui/Tabs.tsx";
import { classes } from "../../app/ui/classes.ts";
import { formatClockTime } from "../../timeline/duration.ts";
import { useVirtualRows } from "../../timeline/virtualRows.ts";
import { chooseExecution, openExecutionOf, useExecutionChoice } from "./executionChoice.ts";
import { listedWords, statusTone, statusWords } from "./executionWords.ts";
import { listKeys } from "./listKeys.ts";
import { useVirtualNow } from "./virtualNow.ts";
import { pageSize, type Watched } from "./watched.ts";
import { t } from "../../app/texts/texts.ts";

const rowPixels = 24;
const statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"];

/** A machine's executions, the newest first. */
export function ExecutionList({ machine, watched }: { machine: string; watched: Watched }) {
  const { executions, total, opened } = watched;
  const choice = useExecutionChoice(machine);
  const scroller = useRef<HTMLDivElement>(null);
  const now = useVirtualNow(executions.some(({ waitsUntil }) => waitsUntil !== null));
  const virtual = useVirtualRows({ count: executions.length, scroller, rowPixels, keyOf: (at) => executions[at]?.arn ?? at });
  const shown = choice.path[0] ?? opened?.execution.arn ?? null;
  const at = executions.findIndex(({ arn }) => arn === shown);
  const isFiltering = choice.status !== null || choice.text !== "";
  const go = (to: number): void => {
    const one = executions[to];
    if (one === undefined) return;
    openExecutionOf(machine, one.arn);
    virtual.scrollToIndex(to);
  };
  const onScroll = (): void => {
    const element = scroller.current;
    const isAtEnd = element !== null && element.scrollHeight - element.scrollTop - element.clientHeight < rowPixels * 20;
    if (isAtEnd && executions.length < total && choice.shown <= executions.length)
      chooseExecution(machine, { shown: Math.min(1000, choice.shown + pageSize) });
  };
  const filters = [null, ...statuses].map((status): MenuItem => ({
    type: "action",
    id: status ?? "all",
    title: status === null ? t("All") : statusWords(status),
    isChecked: choice.status === status,
    run: () => openExecutionOf(machine, null, { status }),
  }));
  return (
    <section aria-label={t("Executions of {{machine}}", { machine })} className="flex h-full min-h-0 flex-col">
      <header className="flex h-8 flex-none items-center gap-1.5 pr-1.5 pl-3">
        <h3 className="text-xs font-medium text-fg-3">{t("Executions")}</h3>
        <Count value={total} />
        <span className="ml-auto flex items-center gap-0.5">
          <DropdownMenu items={filters} align="end">
            <IconButton
              label={choice.status === null ? t("Filter by status") : t("Only {{status}}", { status: statusWords(choice.status) })}
              size={24}
              isOn={choice.status !== null}
            >
              <ListFilter size={13} />
            </IconButton>
          </DropdownMenu>
          <Button size="compact" look="primary" onClick={() => showDialog({ type: "start-execution", machine })}>
            <Play size={11} />
            {t("Start")}
          </Button>
        </span>
      </header>
      {(isFiltering || total > 8) && (
        <div className="flex-none px-2 pb-1.5">
          <SearchField
            label={t("Find an execution by its name")}
            placeholder={t("Name")}
            value={choice.text}
            onChange={(text) => chooseExecution(machine, { text: text.trim() })}
          />
        </div>
      )}
      {executions.length === 0 ? (
        <p className="px-3 py-1 text-fg-3">
          {watched.isLoading
            ? t("Reading")
            : isFiltering
              ? t("None of this kind.")
              : t("None yet. Start one, or send a request that does.")}
        </p>
      ) : (
        <div
          ref={scroller}
          role="listbox"
          aria-label={t("Executions")}
          aria-activedescendant={at < 0 ? undefined : `execution-${at}`}
          tabIndex={0}
          data-quiet-focus
          onScroll={onScroll}
          onKeyDown={listKeys(executions.length, at, go)}
          className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-none"
        >
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const one = executions[item.index];
              if (one === undefined) return null;
              return (
                <div
                  key={item.key}
                  id={`execution-${item.index}`}
                  role="option"
                  aria-selected={one.arn === shown}
                  title={t("{{name}}, {{status}}, started {{startedAt}}", {
                    name: one.name,
                    status: statusWords(one.status),
                    startedAt: formatClockTime(one.startedAt),
                  })}
                  onClick={() => go(item.index)}
                  style={{ height: rowPixels, transform: `translateY(${item.start}px)` }}
                  className={classes(
                    "absolute inset-x-0 top-0 flex items-center gap-2 px-3",
                    one.arn === shown ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
                  )}
                >
                  <Dot tone={one.waitsUntil === null ? statusTone(one.status) : "waiting"} />
                  <span className="min-w-12 flex-1 truncate font-mono text-xs">{one.name}</span>{" "}
                  <span className="max-w-[55%] truncate text-xs text-fg-3 tabular-nums">{listedWords(one, now)}</span>
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
}
