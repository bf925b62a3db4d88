import { useMemo } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { Section } from "../app/ui/Section.tsx";
import { IntrinsicChip } from "./IntrinsicChip.tsx";
import { isIntrinsic } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

/** Everything in a resource's properties that is filled in from elsewhere, and where it stands: for types without a form. */
export function References({ resource }: { resource: DesignResource }) {
  const references = useMemo(() => referencesIn(resource.properties, ""), [resource.properties]);
  if (references.length === 0) return null;
  return (
    <Section title={t("References")}>
      {references.map(({ path, value }) => (
        <div key={path} className="flex h-6 items-center gap-3 px-3">
          <span className="min-w-0 flex-1 truncate text-xs text-fg-2" title={path}>
            {path}
          </span>
          <span className="flex max-w-[60%] min-w-0">
            <IntrinsicChip value={value} />
          </span>
        </div>
      ))}
    </Section>
  );
}

function referencesIn(value: Json, path: string): readonly { readonly path: string; readonly value: JsonObject }[] {
  if (isIntrinsic(value)) return [{ path, value }];
  const entries = Array.isArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : [];
  return entries.flatMap(([key, item]) => referencesIn(item, path === "" ? String(key) : `${path}.${key}`));
}
