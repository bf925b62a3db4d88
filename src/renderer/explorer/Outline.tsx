import { ArrowLeft, ArrowRight, ChevronDown, ChevronRight, CircleAlert, TriangleAlert } from "lucide-react";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Connection, DesignResource } from "../../model/design/design.ts";
import type { Problem } from "../../model/problem.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { useDesign } from "../app/stores/design.ts";
import { useProblems } from "../app/stores/problems.ts";
import { setLayout } from "../app/stores/layout.ts";
import { selectConnection, selectResources, useSelection } from "../app/stores/selection.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { ResourceIcon } from "../app/ui/ResourceIcon.tsx";
import { SearchField } from "../app/ui/SearchField.tsx";
import { classes } from "../app/ui/classes.ts";
import { deleteSelection } from "../canvas/designActions.ts";
import { beginRename } from "../canvas/renaming.ts";
import { connectionWords } from "../canvas/connectionWords.ts";
import { Frame, Group, ListTree, StickyNote } from "lucide-react";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { itemsOf, itemWords } from "../canvas/canvasItems.ts";
import { perLanguage, t } from "../app/texts/texts.ts";
import { labelOf } from "../app/texts/words.ts";

/** The design as a tree that keyboard and screen reader can walk: resources, and under each its connections. */
export function Outline() {
  const { resources, connections } = useDesign((state) => state.design);
  const problems = useProblems();
  const selection = useSelection();
  const canvas = useCanvasFile((state) => state.canvas);
  const [filter, setFilter] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const tree = useRef<HTMLDivElement>(null);

  const worst = useMemo(() => worstByResource(problems), [problems]);
  const shown = resources.filter((resource) =>
    `${resource.id} ${lookOf(resource.type).title}`.toLowerCase().includes(filter.toLowerCase()),
  );

  const items = itemsOf(canvas).filter(({ id }) => itemWords(id, canvas).toLowerCase().includes(filter.toLowerCase()));

  const toggle = (id: string, isOpen: boolean): void => {
    setOpen((before) => {
      const next = new Set(before);
      if (isOpen) next.add(id);
      else next.delete(id);
      return next;
    });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const rows = [...(tree.current?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [])];
    const index = rows.indexOf(document.activeElement as HTMLElement);
    const row = rows[index];
    const move = (next: HTMLElement | undefined): void => {
      next?.focus();
      event.preventDefault();
    };
    const id = row?.dataset["resource"];
    if (event.key === "ArrowDown") move(rows[index + 1]);
    else if (event.key === "ArrowUp") move(rows[index - 1]);
    else if (event.key === "ArrowRight" && id !== undefined) toggle(id, true);
    else if (event.key === "ArrowLeft" && id !== undefined) toggle(id, false);
    else if (event.key === "F2" && id !== undefined) beginRename(id);
    else if (event.key === "Delete" || event.key === "Backspace") deleteSelection();
    else return;
    event.preventDefault();
  };

  if (resources.length === 0) {
    return (
      <EmptyState icon={<ListTree size={18} />} title={t("Nothing drawn yet")}>
        {t("Every resource of the template is listed here with what it is connected to.")}
      </EmptyState>
    );
  }
  return (
    <>
      <div className="px-3 pt-2 pb-1">
        <SearchField label={t("Filter resources")} value={filter} onChange={setFilter} />
      </div>
      <div
        ref={tree}
        role="tree"
        aria-label={t("Resources and connections")}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto pb-2"
      >
        {shown.map((resource, index) => {
          const own = connections.filter((connection) => connection.from === resource.id || connection.to === resource.id);
          const isSelected = selection.resources.includes(resource.id);
          return (
            <div key={resource.id} role="none">
              <ResourceRow
                resource={resource}
                worst={worst.get(resource.id)}
                isSelected={isSelected}
                isOpen={open.has(resource.id)}
                hasChildren={own.length > 0}
                isFirst={index === 0}
                onToggle={() => toggle(resource.id, !open.has(resource.id))}
              />
              {open.has(resource.id) && (
                <div role="group">
                  {own.map((connection) => (
                    <ConnectionRow
                      key={connection.id}
                      connection={connection}
                      seenFrom={resource.id}
                      isSelected={selection.connection === connection.id}
                    />
                  ))}
                </div>
              )}
            </div>
          );
        })}
        {items.map(({ id }) => (
          <ItemRow key={id} id={id} words={itemWords(id, canvas)} isSelected={selection.resources.includes(id)} />
        ))}
      </div>
    </>
  );
}

interface ResourceRowProps {
  resource: DesignResource;
  worst: Problem["severity"] | undefined;
  isSelected: boolean;
  isOpen: boolean;
  hasChildren: boolean;
  isFirst: boolean;
  onToggle(): void;
}

const worstWords = perLanguage((): Readonly<Record<Problem["severity"], string>> => ({
  error: t("has errors"),
  warning: t("has warnings"),
  info: t("has notes"),
}));

function ResourceRow({ resource, worst, isSelected, isOpen, hasChildren, isFirst, onToggle }: ResourceRowProps) {
  const select = (): void => {
    setLayout({ activeTab: "canvas" });
    selectResources([resource.id], { reveal: true });
  };
  const marks = [
    lookOf(resource.type).title,
    resource.runs ? "" : t("not run locally yet"),
    worst === undefined ? "" : worstWords()[worst],
  ].filter(Boolean);
  return (
    <div
      role="treeitem"
      aria-label={`${resource.id}, ${marks.join(", ")}`}
      aria-selected={isSelected}
      aria-expanded={hasChildren ? isOpen : undefined}
      data-resource={resource.id}
      tabIndex={isSelected || isFirst ? 0 : -1}
      onClick={select}
      onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && select()}
      className={classes(
        "flex h-6 items-center gap-1.5 pr-3 pl-1.5",
        isSelected ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
        className={classes("grid size-4 place-items-center text-fg-3", !hasChildren && "invisible")}
      >
        {isOpen ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
      </button>
      <ResourceIcon type={resource.type} />
      <span className={classes("truncate", (resource.isDisabled || !resource.runs) && "text-fg-2")}>{resource.id}</span>{" "}
      <span className="ml-auto flex items-center gap-1.5 pl-2 text-xs whitespace-nowrap text-fg-3">
        {worst === "error" && <CircleAlert size={12} className="text-error" />}
        {worst === "warning" && <TriangleAlert size={12} className="text-throttled" />}
        {lookOf(resource.type).title}
      </span>
    </div>
  );
}

/** A group, a frame or a note: listed after the resources. */
function ItemRow({ id, words, isSelected }: { id: string; words: string; isSelected: boolean }) {
  const select = (): void => {
    setLayout({ activeTab: "canvas" });
    selectResources([id], { reveal: true });
  };
  const Icon = id.startsWith("group:") ? Group : id.startsWith("frame:") ? Frame : StickyNote;
  return (
    <div
      role="treeitem"
      aria-selected={isSelected}
      data-resource={id}
      tabIndex={isSelected ? 0 : -1}
      onClick={select}
      onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && select()}
      className={classes(
        "flex h-6 items-center gap-1.5 pr-3 pl-[26px]",
        isSelected ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
      )}
    >
      <Icon size={14} className="flex-none text-fg-3" />
      <span className="truncate">{words}</span>
    </div>
  );
}

function ConnectionRow({ connection, seenFrom, isSelected }: { connection: Connection; seenFrom: string; isSelected: boolean }) {
  const isOut = connection.from === seenFrom;
  const other = isOut ? connection.to : connection.from;
  const select = (): void => {
    setLayout({ activeTab: "canvas" });
    selectConnection(connection.id, { reveal: true });
  };
  return (
    <div
      role="treeitem"
      aria-label={connectionWords(connection)}
      aria-selected={isSelected}
      tabIndex={-1}
      onClick={select}
      onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && select()}
      className={classes("flex h-[22px] items-center gap-1.5 pr-3 pl-7 text-xs", isSelected ? "bg-accent-soft" : "hover:bg-hover")}
    >
      {isOut ? <ArrowRight size={12} className="text-fg-3" /> : <ArrowLeft size={12} className="text-fg-3" />}
      <span className="truncate text-fg-2">{other}</span>
      <span className="ml-auto truncate pl-2 text-fg-3">{labelOf(connection)}</span>
    </div>
  );
}

function worstByResource(problems: readonly Problem[]): ReadonlyMap<string, Problem["severity"]> {
  const worst = new Map<string, Problem["severity"]>();
  for (const problem of problems) {
    // Problems come worst first.
    if (problem.resource !== undefined && !worst.has(problem.resource)) worst.set(problem.resource, problem.severity);
  }
  return worst;
}
