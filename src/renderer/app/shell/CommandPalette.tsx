import { Command as Cmdk } from "cmdk";
import { Database, FileText, Search, Terminal } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import { useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { DesignResource } from "../../../model/design/design.ts";
import type { Project } from "../../../model/studioApi.ts";
import type { TraceSummary } from "../../../model/trace.ts";
import { call } from "../api.ts";
import { groupTitles, isAvailable, shortcutOf, useCommands } from "../commands.ts";
import { openFile } from "../commands/fileCommands.ts";
import { formatDuration } from "../format.ts";
import { lookOf } from "../resourceTypes.ts";
import { useDesign } from "../stores/design.ts";
import { closeDialog, useDialog } from "../stores/dialogs.ts";
import { setLayout, showDock } from "../stores/layout.ts";
import { useProject } from "../stores/project.ts";
import { isServing, useRun } from "../stores/run.ts";
import { selectResources, selectSpan } from "../stores/selection.ts";
import { bestOf, wordFilter } from "../ui/wordFilter.ts";
import { Dot } from "../ui/Chip.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { ResourceIcon } from "../ui/ResourceIcon.tsx";
import { traceTitle } from "../../timeline/spanWords.ts";
import { t } from "../texts/texts.ts";

/** ⌘K: every command, resource, file and recent trace in one list. */
export function CommandPalette() {
  const isOpen = useDialog((state) => state.dialog?.type === "palette");
  // What was chosen runs once the palette has given focus back, so that what it opens may take it.
  const chosen = useRef<(() => void) | null>(null);
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={(open) => !open && closeDialog()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fade fixed inset-0 z-40 bg-[rgb(0_0_0/.22)]" />
        <RadixDialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            const work = chosen.current;
            chosen.current = null;
            if (work === null) return;
            event.preventDefault();
            work();
          }}
          className="pop fixed top-[10vh] left-1/2 z-40 w-[600px] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-raised shadow-3 outline-none"
        >
          <RadixDialog.Title className="sr-only">{t("Search or run a command")}</RadixDialog.Title>
          <PaletteList
            onChoose={(work) => {
              chosen.current = work;
              closeDialog();
            }}
          />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** One and the same, or React would draw without end while no project is open. */
const noFiles: Project["files"] = [];

/** Of resources before anything is typed, so that commands stand near; of each kind that a search finds. */
const mostOffered = 12;
const mostFound = 40;
/** Commands that are there with the palette; the others follow as soon as it is seen. */
const firstCommands = 12;

function resourceWords({ id, type }: DesignResource): string {
  return `${id} ${lookOf(type).title} resource`;
}

function fileWords({ path }: Project["files"][number]): string {
  return `${path.slice(path.lastIndexOf("/") + 1)} ${path} file`;
}

function PaletteList({ onChoose: run }: { onChoose(work: () => void): void }) {
  const [text, setText] = useState("");
  const all = useCommands((state) => state.commands);
  const available = useMemo(() => all.filter(isAvailable), [all]);
  const listedFirst = useDeferredValue(available, available.slice(0, firstCommands));
  // who types at once finds all of them at once
  const commands = text === "" ? listedFirst : available;
  const resources = useDesign((state) => state.design.resources);
  const files = useProject((state) => state.project?.files ?? noFiles);
  const traces = useRecentTraces();
  const isSearching = text !== "";
  const listed = bestOf(resources, resourceWords, text, isSearching ? mostFound : mostOffered);

  return (
    <Cmdk label={t("Search or run a command")} loop filter={wordFilter}>
      <div className="flex h-11 items-center gap-2.5 border-b border-line px-3.5">
        <Search size={16} className="text-fg-3" />
        <Cmdk.Input
          value={text}
          onValueChange={setText}
          placeholder={t("A command, a resource, a file, a trace")}
          className="h-full flex-1 bg-transparent text-md outline-none placeholder:text-fg-3"
        />
        <Kbd shortcut="escape" />
      </div>
      <Cmdk.List className="max-h-[min(440px,60vh)] scroll-py-2 overflow-auto p-1.5">
        <Cmdk.Empty className="px-3 py-6 text-center text-fg-3">{t("Nothing is called “{{text}}”.", { text })}</Cmdk.Empty>
        <Group title={t("Resources")}>
          {listed.map((resource) => (
            <Row
              key={resource.id}
              value={resourceWords(resource)}
              icon={<ResourceIcon type={resource.type} />}
              title={resource.id}
              detail={lookOf(resource.type).title}
              onSelect={() =>
                run(() => {
                  setLayout({ activeTab: "canvas" });
                  selectResources([resource.id], { reveal: true });
                })
              }
            />
          ))}
        </Group>
        <Group title={t("Commands")}>
          {commands.map((command) => {
            const shortcut = shortcutOf(command);
            return (
              <Row
                key={command.id}
                value={`${command.title} ${groupTitles()[command.group]} ${command.keywords?.join(" ") ?? ""} ${command.id}`}
                icon={<Terminal size={14} />}
                title={command.title}
                detail={groupTitles()[command.group]}
                mark={shortcut === undefined ? null : <Kbd shortcut={shortcut} />}
                onSelect={() => run(command.run)}
              />
            );
          })}
        </Group>
        {isSearching && (
          <Group title={t("Files")}>
            {bestOf(
              files.filter((file) => !file.isDirectory),
              fileWords,
              text,
              mostFound,
            ).map((file) => (
              <Row
                key={file.path}
                value={fileWords(file)}
                icon={<FileText size={14} />}
                title={file.path}
                onSelect={() => run(() => void openFile(file.path))}
              />
            ))}
          </Group>
        )}
        {traces.length > 0 && (
          <Group title={t("Recent traces")}>
            {traces.map((trace) => (
              <Row
                key={trace.traceId}
                value={`${traceTitle(trace)} ${trace.traceId} trace`}
                icon={trace.target === null ? <Database size={14} /> : <ResourceIcon type={trace.target.type} />}
                title={traceTitle(trace)}
                mark={
                  <Dot
                    tone={
                      trace.outcome === "ok"
                        ? "ok"
                        : trace.outcome === "running"
                          ? "waiting"
                          : trace.outcome === "throttled"
                            ? "throttled"
                            : "error"
                    }
                  />
                }
                detail={trace.endedAt === null ? t("running") : formatDuration(trace.endedAt - trace.startedAt)}
                onSelect={() =>
                  run(() => {
                    showDock("timeline");
                    selectSpan({ traceId: trace.traceId, spanId: "" });
                  })
                }
              />
            ))}
          </Group>
        )}
      </Cmdk.List>
    </Cmdk>
  );
}

function useRecentTraces(): readonly TraceSummary[] {
  const run = useRun((state) => state.run);
  const [traces, setTraces] = useState<readonly TraceSummary[]>([]);
  const isAnswering = isServing(run);
  useEffect(() => {
    if (!isAnswering) return;
    // The palette works without them: a failure here is shown by the Timeline itself.
    call("trace.list", { limit: 8 }).then(setTraces, () => setTraces([]));
  }, [isAnswering]);
  return traces;
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={title}
      className="pb-1 [&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:py-1 [&>[cmdk-group-heading]]:text-xs [&>[cmdk-group-heading]]:font-medium [&>[cmdk-group-heading]]:text-fg-3"
    >
      {children}
    </Cmdk.Group>
  );
}

interface RowProps {
  value: string;
  icon: ReactNode;
  title: string;
  detail?: string;
  mark?: ReactNode;
  onSelect(): void;
}

function Row({ value, icon, title, detail, mark, onSelect }: RowProps) {
  return (
    <Cmdk.Item
      value={value}
      onSelect={onSelect}
      className="flex h-7 items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-accent-soft"
    >
      <span className="grid w-4 place-items-center text-fg-3">{icon}</span>
      <span className="truncate">{title}</span>
      <span className="ml-auto flex items-center gap-2 pl-4 text-xs whitespace-nowrap text-fg-3 in-data-[selected=true]:text-fg-2">
        {detail}
        {mark}
      </span>
    </Cmdk.Item>
  );
}
