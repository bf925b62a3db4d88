import { ChevronDown, ChevronRight } from "lucide-react";
import { Fragment, useState, type ReactNode } from "react";
import { ExactNumber } from "../../../model/asl/number.ts";
import type { Json } from "../../../model/json.ts";
import { formatBytes } from "../../app/format.ts";
import { formatClockTime, formatDay } from "../../timeline/duration.ts";
import { classes } from "../../app/ui/classes.ts";
import { foldedSummary, type JsonLine } from "./jsonLines.ts";
import type { JsonNode } from "./jsonTree.ts";
import { t } from "../../app/texts/texts.ts";

const LONG_TEXT = 600;

export interface JsonLineRowProps {
  line: JsonLine;
  /** Whether the view shows a difference, and so keeps a column for + and -. */
  hasMarks: boolean;
  search: string;
  readsTimes: boolean;
  isFocused: boolean;
  onToggle(): void;
}

export function JsonLineRow({ line, hasMarks, search, readsTimes, isFocused, onToggle }: JsonLineRowProps) {
  const { node, part, depth } = line;
  const canFold = part === "open" || (part === "folded" && node.children.length > 0);
  const [open, close] = node.shape === "array" ? ["[", "]"] : ["{", "}"];
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={canFold ? part === "open" : undefined}
      className={classes(
        "relative flex pr-3",
        node.change === "added" && "bg-ok-soft",
        node.change === "removed" && "bg-error-soft",
        isFocused && "group-focus-within/json:shadow-[inset_2px_0_var(--accent-line)]",
      )}
    >
      {hasMarks && (
        <span className="w-5 flex-none pl-2 text-fg-3 select-none">
          {part === "close" ? "" : node.change === "added" ? "+" : node.change === "removed" ? "-" : ""}
        </span>
      )}
      <span className="flex flex-none justify-end" style={{ width: 20 + depth * 14 }}>
        {canFold && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={part === "open" ? t("Fold") : t("Unfold")}
            onClick={onToggle}
            className="grid h-[18px] w-4 place-items-center text-fg-3 hover:text-fg"
          >
            {part === "open" ? <ChevronDown size={11} /> : <ChevronRight size={11} />}
          </button>
        )}
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap">
        {part !== "close" && node.name !== null && <Name name={node.name} search={search} />}
        {part === "open" && (
          <>
            {open}
            {node.isEmbedded && <TextMark />}
          </>
        )}
        {part === "close" && close}
        {part === "folded" && (
          <>
            {open}
            {node.children.length > 0 && (
              <button type="button" tabIndex={-1} onClick={onToggle} className="px-1.5 text-(--syn-com) hover:text-fg">
                {foldedSummary(node)}
              </button>
            )}
            {close}
            {node.isEmbedded && <TextMark />}
          </>
        )}
        {part === "inline" && <InlineChildren node={node} search={search} />}
        {part === "leaf" && (readsTimes && isMoment(node) ? <Moment at={node.value} /> : <Leaf value={node.value} search={search} />)}
        {line.hasComma && <span className="text-fg-3">,</span>}
      </span>
    </div>
  );
}

function Name({ name, search }: { name: string; search: string }) {
  return (
    <>
      <span className="text-(--syn-key)">
        "<Marked text={name} search={search} />"
      </span>
      {": "}
    </>
  );
}

function InlineChildren({ node, search }: { node: JsonNode; search: string }) {
  const [open, close] = node.shape === "array" ? ["[", "]"] : ["{ ", " }"];
  return (
    <>
      {open}
      {node.children.map((child, at) => (
        <Fragment key={child.id}>
          {at > 0 && <span className="text-fg-3">, </span>}
          {child.name !== null && <Name name={child.name} search={search} />}
          <Leaf value={child.value} search={search} />
        </Fragment>
      ))}
      {close}
    </>
  );
}

/** Says that what looks like a value is text on the wire. */
function TextMark() {
  return <span className="ml-2 rounded-sm bg-chip px-1 font-sans text-2xs text-fg-3 select-none">{t("JSON in text")}</span>;
}

function Leaf({ value, search }: { value: Json; search: string }) {
  const [isWhole, setWhole] = useState(false);
  if (typeof value === "string") {
    const isCut = value.length > LONG_TEXT && !isWhole;
    const quoted = JSON.stringify(isCut ? value.slice(0, LONG_TEXT) : value);
    return (
      <span className="text-(--syn-str)">
        <Marked text={isCut ? quoted.slice(0, -1) : quoted} search={search} />
        {isCut && (
          <button
            type="button"
            tabIndex={-1}
            className="ml-1 rounded-sm bg-chip px-1 font-sans text-2xs text-fg-2 hover:text-fg"
            onClick={() => setWhole(true)}
          >
            {t("show all, {{count}}", { count: formatBytes(value.length) })}
          </button>
        )}
      </span>
    );
  }
  const colour = typeof value === "number" || value instanceof ExactNumber ? "text-(--syn-num)" : "text-(--syn-kw)";
  return (
    <span className={colour}>
      <Marked text={String(value)} search={search} />
    </span>
  );
}

/** `sentAt: 1763703122666.4`; what is small is a duration or a count. */
function isMoment(node: JsonNode): node is JsonNode & { readonly value: number } {
  return typeof node.value === "number" && node.value > firstMoment && node.name !== null && /(At|Timestamp)$/.test(node.name);
}

const firstMoment = Date.UTC(2000, 0, 1);

function Moment({ at }: { at: number }) {
  return (
    <span className="text-(--syn-num)" title={String(at)}>
      {formatDay(at)} {formatClockTime(at)}
    </span>
  );
}

function Marked({ text, search }: { text: string; search: string }): ReactNode {
  if (search === "") return text;
  const parts: ReactNode[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(search.toLowerCase()); at >= 0; at = lower.indexOf(search.toLowerCase(), from)) {
    parts.push(
      text.slice(from, at),
      <mark key={at} className="rounded-[2px] bg-throttled-soft text-throttled">
        {text.slice(at, at + search.length)}
      </mark>,
    );
    from = at + search.length;
  }
  parts.push(text.slice(from));
  return parts;
}
