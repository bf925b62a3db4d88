import { ChevronDown, ChevronUp, Check, Copy, Search, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { ExactNumber } from "../../../model/asl/number.ts";
import { prettyText } from "../../../model/asl/prettyText.ts";
import { writeValue } from "../../../model/asl/value.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { formatBytes } from "../../app/format.ts";
import { classes } from "../../app/ui/classes.ts";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { JsonLineRow } from "./JsonLineRow.tsx";
import { findInJson, initiallyFolded, jsonLines, type JsonLine } from "./jsonLines.ts";
import { jsonDifference, jsonTree, type JsonNode } from "./jsonTree.ts";
import { useVirtualRows } from "../../timeline/virtualRows.ts";
import { t } from "../../app/texts/texts.ts";

/** A payload with folding, search and copy; text that holds JSON is shown opened. */
export function JsonView({
  value,
  label,
  actions,
  readsTimes = false,
}: {
  value: Json;
  label: string;
  actions?: ReactNode;
  /** `sentAt` and the like are shown as time of day, the number on hover. */
  readsTimes?: boolean;
}) {
  const roots = useMemo(() => [jsonTree(value)], [value]);
  const bytes = truncatedBytes(value);
  const nodes = <JsonNodes roots={roots} copyText={textOf(value)} label={label} actions={actions} readsTimes={readsTimes} />;
  if (bytes === null) return nodes;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <p className="flex-none border-b border-line bg-throttled-soft px-3 py-1 text-xs text-throttled">
        {t("Too large to keep whole: {{bytes}} went through, this is its start.", { bytes: formatBytes(bytes) })}
      </p>
      <div className="min-h-0 flex-1">{nodes}</div>
    </div>
  );
}

/** How large a payload was that traces keep only the start of. */
function truncatedBytes(value: Json): number | null {
  return isJsonObject(value) && typeof value["$truncated"] === "number" ? value["$truncated"] : null;
}

/** What a value was and what it became; `undefined` where there was, or is, nothing. */
export function JsonDifferenceView({ before, after, label, actions }: { before?: Json; after?: Json; label: string; actions?: ReactNode }) {
  const roots = useMemo(() => jsonDifference(before, after), [before, after]);
  return <JsonNodes roots={roots} copyText={textOf(after ?? before ?? null)} label={label} actions={actions} />;
}

/** Whether this row shows the match, itself or within a container on one line. */
function isCurrent(line: JsonLine, match: { readonly id: string; readonly inside: readonly string[] } | undefined): boolean {
  if (match === undefined || line.part === "close") return false;
  return line.node.id === match.id || (line.part === "inline" && match.inside.at(-1) === line.node.id);
}

function textOf(value: Json): string {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value, null, 2);
  } catch (error) {
    if (error === ExactNumber.found) return prettyText(writeValue(value));
    throw error;
  }
}

const ROW_PIXELS = 18;

function JsonNodes({
  roots,
  copyText,
  label,
  actions,
  readsTimes = false,
}: {
  roots: readonly JsonNode[];
  copyText: string;
  label: string;
  actions?: ReactNode;
  readsTimes?: boolean;
}) {
  const [folded, setFolded] = useState(() => initiallyFolded(roots));
  const [shownRoots, setShownRoots] = useState(roots);
  if (shownRoots !== roots) {
    setShownRoots(roots);
    setFolded(initiallyFolded(roots));
  }
  const [search, setSearch] = useState<string | null>(null);
  const [foundAt, setFoundAt] = useState(0);
  const [focused, setFocused] = useState(0);

  const lines = useMemo(() => jsonLines(roots, folded), [roots, folded]);
  const found = useMemo(() => findInJson(roots, search ?? ""), [roots, search]);
  const current = found[foundAt % Math.max(1, found.length)];
  const hasMarks = roots.some((root) => root.hasChange);

  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: lines.length, scroller, rowPixels: ROW_PIXELS, keyOf: (at) => lines[at]?.key ?? at });

  const toggle = (id: string): void => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
  };
  const showMatch = (at: number): void => {
    const match = found[(at + found.length) % Math.max(1, found.length)];
    if (!match) return;
    setFoundAt((at + found.length) % found.length);
    const opened = new Set(folded);
    match.inside.forEach((id) => opened.delete(id));
    setFolded(opened);
    const row = jsonLines(roots, opened).findLastIndex(
      (line) => line.part !== "close" && (line.node.id === match.id || match.inside.includes(line.node.id)),
    );
    requestAnimationFrame(() => virtual.scrollToIndex(row, { align: "center" }));
  };
  useEffect(() => {
    if (search) showMatch(0);
    // Only a new search text jumps; folding by hand afterwards must not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [search]);

  const moveTo = (at: number): void => {
    const next = Math.max(0, Math.min(lines.length - 1, at));
    setFocused(next);
    virtual.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines[focused];
    const isFind = event.key === "/" || (event.key === "f" && (event.metaKey || event.ctrlKey));
    if (isFind) setSearch(search ?? "");
    else if (event.key === "ArrowDown") moveTo(focused + 1);
    else if (event.key === "ArrowUp") moveTo(focused - 1);
    else if (event.key === "ArrowRight" && line?.part === "folded") toggle(line.node.id);
    else if (event.key === "ArrowLeft" && line?.part === "open") toggle(line.node.id);
    else if (event.key === "ArrowLeft" && line)
      moveTo(lines.findLastIndex((other, at) => at < focused && other.part === "open" && other.depth < line.depth));
    else if (event.key === "c" && (event.metaKey || event.ctrlKey) && String(getSelection()) === "" && line)
      void navigator.clipboard.writeText(textOf(line.node.value));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="group/json relative flex h-full min-h-0 flex-col bg-panel">
      {search === null ? (
        <div className="absolute top-1 right-3 z-10 flex rounded-md bg-panel opacity-0 transition-opacity duration-(--t-fast) group-focus-within/json:opacity-100 group-hover/json:opacity-100">
          {actions}
          <IconButton label={t("Find in this")} shortcut="mod+f" size={24} onClick={() => setSearch("")}>
            <Search size={13} />
          </IconButton>
          <CopyButton text={copyText} />
        </div>
      ) : (
        <FindBar
          text={search}
          count={found.length}
          at={found.length === 0 ? 0 : (foundAt % found.length) + 1}
          onText={setSearch}
          onMove={(step) => showMatch(foundAt + step)}
          onClose={() => setSearch(null)}
        />
      )}
      <div
        ref={scroller}
        role="tree"
        aria-label={label}
        tabIndex={0}
        data-selectable
        data-quiet-focus
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto py-1.5 font-mono text-[11.5px] leading-[18px] outline-none"
      >
        <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (!line) return null;
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={classes("absolute inset-x-0 top-0", search && isCurrent(line, current) && "bg-throttled-soft")}
                style={{ transform: `translateY(${item.start}px)` }}
                onMouseDown={() => setFocused(item.index)}
              >
                <JsonLineRow
                  readsTimes={readsTimes}
                  line={line}
                  hasMarks={hasMarks}
                  search={search ?? ""}
                  isFocused={item.index === focused}
                  onToggle={() => toggle(line.node.id)}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

export function CopyButton({ text, label = t("Copy") }: { text: string; label?: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <IconButton label={isCopied ? t("Copied") : label} size={24} onClick={copy} onPointerLeave={() => setCopied(false)}>
      {isCopied ? <Check size={13} className="text-ok" /> : <Copy size={13} />}
    </IconButton>
  );
}

interface FindBarProps {
  text: string;
  count: number;
  at: number;
  onText(text: string): void;
  onMove(step: 1 | -1): void;
  onClose(): void;
}

function FindBar({ text, count, at, onText, onMove, onClose }: FindBarProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter") onMove(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex h-8 flex-none items-center gap-1 border-b border-line px-2" onKeyDown={onKeyDown}>
      <Search size={12} className="text-fg-3" />
      <input
        autoFocus
        aria-label={t("Find in this")}
        placeholder={t("Find name or value")}
        value={text}
        onChange={(event) => onText(event.target.value)}
        className="min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-fg-3"
      />
      <span className="text-xs text-fg-3 tabular-nums">
        {text === "" ? "" : count === 0 ? t("none") : t("{{at}} of {{count}}", { at, count })}
      </span>
      <IconButton label={t("Previous")} shortcut="shift+enter" size={20} disabled={count === 0} onClick={() => onMove(-1)}>
        <ChevronUp size={13} />
      </IconButton>
      <IconButton label={t("Next")} shortcut="enter" size={20} disabled={count === 0} onClick={() => onMove(1)}>
        <ChevronDown size={13} />
      </IconButton>
      <IconButton label={t("Close")} shortcut="escape" size={20} onClick={onClose}>
        <X size={13} />
      </IconButton>
    </div>
  );
}
