import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { Button } from "../app/ui/Button.tsx";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { CodeField } from "../editors/CodeField.tsx";
import { isIntrinsic, setProperty, textOf, valueAt } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

/** A nested value as JSON: closed until asked for, written only when it is valid and applied. */
export function JsonProperty({
  resource,
  property,
}: {
  resource: DesignResource;
  property: Pick<PropertyDefinition, "path" | "title" | "help">;
}) {
  const written = valueAt(resource.properties, property.path);
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="border-t border-line first:border-t-0">
      <Tooltip text={property.help} side="left">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex h-[30px] w-full items-center gap-1.5 pr-3 pl-2 text-xs hover:bg-hover"
        >
          {isOpen ? <ChevronDown size={12} className="text-fg-3" /> : <ChevronRight size={12} className="text-fg-3" />}
          <span className="flex-none font-medium text-fg-3">{property.title}</span>
          <span className="ml-auto truncate pl-4 text-fg-3">{summary(written)}</span>
        </button>
      </Tooltip>
      {isOpen && (
        <JsonForm
          key={textOf(written)}
          title={property.title}
          written={written}
          onApply={(value) => setProperty(resource, property.path, value)}
        />
      )}
    </section>
  );
}

function JsonForm({ title, written, onApply }: { title: string; written: Json | undefined; onApply(value: Json | undefined): void }) {
  const original = written === undefined ? "" : JSON.stringify(written, null, 2);
  const [text, setText] = useState(original);
  const parsed = parse(text);
  const lines = Math.min(16, Math.max(4, text.split("\n").length + 1));
  return (
    <div className="px-3 pb-3">
      <div style={{ height: lines * 18 + 12 }} className="overflow-hidden rounded-md border border-line focus-within:border-accent">
        <CodeField label={title} language="json" value={text} onChange={setText} />
      </div>
      <div className="mt-1.5 flex min-h-6 items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-xs text-error" title={parsed.problem}>
          {parsed.problem}
        </span>
        {text !== original && (
          <>
            <Button size="compact" look="quiet" onClick={() => setText(original)}>
              {t("Undo")}
            </Button>
            <Button size="compact" look="primary" disabled={parsed.problem !== undefined} onClick={() => onApply(parsed.value)}>
              {t("Apply")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function parse(text: string): { value?: Json; problem?: string } {
  if (text.trim() === "") return {};
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function summary(value: Json | undefined): string {
  if (value === undefined) return t("not set");
  if (Array.isArray(value)) return t("{{count}} entries", { count: value.length });
  return isJsonObject(value) && !isIntrinsic(value) ? Object.keys(value).join(", ") : textOf(value);
}
