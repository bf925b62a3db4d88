import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { createPortal } from "react-dom";
import type { Suggestion } from "../../../model/asl/complete/suggestion.ts";
import { classes } from "../../app/ui/classes.ts";
import { TextField } from "../../app/ui/TextField.tsx";
import { t } from "../../app/texts/texts.ts";

interface CompletingFieldProps {
  label: string;
  value: string;
  placeholder?: string;
  problem?: string | null;
  /** What fits at the cursor. */
  complete(text: string, offset: number): readonly Suggestion[];
  onCommit(value: string): void;
  isMono?: boolean;
  after?: ReactNode;
  className?: string;
}

const mostShown = 60;

/** One line of text with suggestions below it, as in an editor: arrows choose, Enter or Tab takes, Escape closes. */
export function CompletingField({ label, value, complete, onCommit, isMono = true, ...rest }: CompletingFieldProps) {
  const [typed, setTyped] = useState({ for: value, text: value });
  if (typed.for !== value) setTyped({ for: value, text: value });
  const text = typed.for === value ? typed.text : value;
  const input = useRef<HTMLInputElement>(null);
  const nextCursor = useRef<number | null>(null);
  const isCancelled = useRef(false);
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const [chosen, setChosen] = useState(0);
  const listId = useId();

  useLayoutEffect(() => {
    if (nextCursor.current === null) return;
    input.current?.setSelectionRange(nextCursor.current, nextCursor.current);
    nextCursor.current = null;
  });

  const suggest = (at: string, offset: number): void => {
    const found = complete(at, offset).slice(0, mostShown);
    const isWritten = found.length === 1 && found[0] !== undefined && at.slice(found[0].from, found[0].to) === found[0].insert;
    setSuggestions(isWritten ? [] : found);
    // where nothing is typed yet, Enter still means that the field is done
    const isBegun = found[0] !== undefined && (found[0].from < offset || at[offset - 1] === ".");
    setChosen(isBegun ? 0 : -1);
  };
  const change = (next: string): void => {
    setTyped({ for: value, text: next });
    suggest(next, input.current?.selectionStart ?? next.length);
  };
  const take = (suggestion: Suggestion): void => {
    const next = text.slice(0, suggestion.from) + suggestion.insert + text.slice(suggestion.to);
    setTyped({ for: value, text: next });
    nextCursor.current = suggestion.from + suggestion.insert.length;
    setSuggestions([]);
    input.current?.focus();
  };
  const leave = (): void => {
    setSuggestions([]);
    if (!isCancelled.current && text !== value) onCommit(text);
    setTyped({ for: value, text: value });
    isCancelled.current = false;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const suggestion = suggestions[chosen];
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && suggestions.length > 0)
      setChosen(chosen < 0 && step < 0 ? suggestions.length - 1 : (chosen + step + suggestions.length) % suggestions.length);
    else if (event.key === " " && event.ctrlKey) suggest(text, input.current?.selectionStart ?? text.length);
    else if ((event.key === "Enter" || event.key === "Tab") && suggestion !== undefined) take(suggestion);
    else if (event.key === "Escape" && suggestions.length > 0) setSuggestions([]);
    else if (event.key === "Enter") event.currentTarget.blur();
    else if (event.key === "Escape") {
      isCancelled.current = true;
      event.currentTarget.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <TextField
        {...rest}
        ref={input}
        label={label}
        value={text}
        isMono={isMono}
        role="combobox"
        aria-expanded={suggestions.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={suggestions[chosen] !== undefined ? `${listId}-${chosen}` : undefined}
        onChange={change}
        onKeyDown={onKeyDown}
        onClick={() => suggestions.length === 0 && text === "" && suggest(text, 0)}
        onBlur={leave}
      />
      {suggestions.length > 0 && (
        <SuggestionList id={listId} label={label} anchor={input} suggestions={suggestions} chosen={chosen} onTake={take} />
      )}
    </>
  );
}

interface SuggestionListProps {
  id: string;
  label: string;
  anchor: React.RefObject<HTMLInputElement | null>;
  suggestions: readonly Suggestion[];
  chosen: number;
  onTake(suggestion: Suggestion): void;
}

const marks: Record<Suggestion["kind"], string> = {
  field: "F",
  variable: "$",
  function: "ƒ",
  path: ".",
  state: "S",
  value: "v",
  resource: "R",
};

function SuggestionList({ id, label, anchor, suggestions, chosen, onTake }: SuggestionListProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = anchor.current?.closest("label")?.getBoundingClientRect();
    const element = list.current;
    if (box === undefined || element === null) return;
    const width = Math.max(box.width, 300);
    element.style.width = `${width}px`;
    element.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
    const isBelow = box.bottom + 4 + element.offsetHeight < window.innerHeight - 8;
    element.style.top = `${isBelow ? box.bottom + 4 : Math.max(8, box.top - 4 - element.offsetHeight)}px`;
  });
  useLayoutEffect(() => {
    // what it gives is no clean-up
    list.current?.querySelector(`[id="${id}-${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen]);
  const help = suggestions[chosen];
  return createPortal(
    <div
      ref={list}
      className="pop fixed z-50 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-3"
      // the field keeps the focus
      onMouseDown={(event) => event.preventDefault()}
    >
      <div id={id} role="listbox" aria-label={t("Suggestions for {{label}}", { label })} className="max-h-48 overflow-y-auto p-1">
        {suggestions.map((suggestion, index) => (
          <div
            key={`${suggestion.kind} ${suggestion.label}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => onTake(suggestion)}
            className={classes(
              "flex h-6 cursor-default items-center gap-2 rounded-sm px-1.5 text-xs",
              index === chosen ? "bg-accent-soft" : "hover:bg-hover",
            )}
          >
            <span aria-hidden className="w-3 flex-none text-center font-mono text-fg-3">
              {marks[suggestion.kind]}
            </span>
            <span className="flex-none font-mono">{suggestion.label}</span>
            {suggestion.kind !== "function" && <span className="ml-auto truncate pl-3 text-fg-3">{suggestion.detail}</span>}
          </div>
        ))}
      </div>
      {help !== undefined && (help.kind === "function" || help.help !== undefined) && (
        <div className="border-t border-line px-2.5 py-1.5 text-xs">
          {help.kind === "function" && <p className="truncate font-mono">{help.detail}</p>}
          <p className="text-fg-3">{help.help}</p>
        </div>
      )}
    </div>,
    document.body,
  );
}
