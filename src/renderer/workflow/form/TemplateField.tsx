import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { completeTemplate } from "../../../model/asl/complete/template.ts";
import type { CompletionScope } from "../../../model/asl/complete/suggestion.ts";
import type { Steps } from "../../../model/asl/commands/command.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Tooltip } from "../../app/ui/Tooltip.tsx";
import { CodeField } from "../../editors/CodeField.tsx";
import { FieldProblems } from "./FieldRow.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { t } from "../../app/texts/texts.ts";

interface TemplateFieldProps {
  form: StateForm;
  path: Steps;
  title: string;
  help: string;
  scope: CompletionScope;
  /** Names that its object may have. */
  members?: readonly string[];
  /** Taken as it is written: nothing in it is filled in. */
  isLiteral?: boolean;
}

/** JSON with paths or expressions in it: open where it is written, taken when it is left. */
export function TemplateField({ form, path, title, help, scope, members = [], isLiteral = false }: TemplateFieldProps) {
  const value = written(form, path);
  const original = textOf(value);
  const [isOpen, setOpen] = useState(value !== undefined);
  const [typed, setTyped] = useState({ for: original, text: original });
  if (typed.for !== original) {
    setTyped({ for: original, text: original });
    if (original !== "") setOpen(true);
  }
  const text = typed.for === original ? typed.text : original;
  const read = valueOf(text);
  const lines = linesOf(text, 18);
  const commit = (): void => {
    if (text !== original && read.problem === undefined) form.change(t("Change {{title}}", { title }), [path, read.value]);
  };
  return (
    <div data-wide className="py-[3px]">
      <Tooltip text={help} side="left">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex h-[26px] w-full items-center pr-3 hover:bg-hover"
        >
          {isOpen ? <ChevronDown size={12} className="text-fg-3" /> : <ChevronRight size={12} className="text-fg-3" />}
          <span className="flex-none text-fg-3">{title}</span>{" "}
          {!isOpen && <span className="ml-auto truncate pl-4 text-xs text-fg-3">{summary(value)}</span>}
        </button>
      </Tooltip>
      {isOpen && (
        <div
          className="px-3"
          onBlur={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget)) commit();
          }}
        >
          <div
            style={{ height: lines * 18 + 14 }}
            className="overflow-hidden rounded-md border border-line bg-code focus-within:border-accent"
          >
            <CodeField
              label={title}
              language={original.startsWith("{%") ? "plaintext" : "json"}
              value={text}
              onChange={(next) => setTyped({ for: original, text: next })}
              onSubmit={commit}
              {...(isLiteral ? {} : { complete: (at: string, offset: number) => completeTemplate(at, offset, scope, members) })}
            />
          </div>
          {text !== original && (
            <div className="mt-1 flex min-h-6 items-center gap-1">
              <span className="min-w-0 flex-1 truncate text-xs text-error" title={read.problem}>
                {read.problem}
              </span>
              <Button size="compact" look="quiet" onClick={() => setTyped({ for: original, text: original })}>
                {t("Undo")}
              </Button>
              <Button size="compact" look="primary" disabled={read.problem !== undefined} onClick={commit}>
                {t("Apply")}
              </Button>
            </div>
          )}
        </div>
      )}
      <div className="px-3">
        <FieldProblems form={form} paths={[path]} />
      </div>
    </div>
  );
}

/** Letters of a line in an inspector as wide as it is at first. */
const lettersOfLine = 33;

/** Lines that a text takes in the form, long ones folded. */
export function linesOf(text: string, most: number): number {
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lettersOfLine)), 0);
  return Math.min(most, Math.max(text.startsWith("{%") ? 1 : 2, lines));
}

/** One expression stands without the quotes of JSON. */
function textOf(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" && value.startsWith("{%") ? value : JSON.stringify(value, null, 2);
}

function valueOf(text: string): { readonly value?: Json; readonly problem?: string } {
  const trimmed = text.trim();
  if (trimmed === "") return {};
  if (trimmed.startsWith("{%")) {
    return trimmed.endsWith("%}") ? { value: trimmed } : { problem: t("An expression begins with {% and ends with %}.") };
  }
  try {
    return { value: JSON.parse(trimmed) as Json };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function summary(value: Json | undefined): string {
  if (value === undefined) return t("not set");
  if (Array.isArray(value)) return t("{{count}} entries", { count: value.length });
  return isJsonObject(value) ? Object.keys(value).join(", ") || "{}" : JSON.stringify(value);
}
