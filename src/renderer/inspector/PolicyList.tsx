import { ArrowRight, Braces, Landmark, Plus } from "lucide-react";
import { useRef, useState } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import type { Json } from "../../model/json.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { t } from "../app/texts/texts.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { DropdownMenu } from "../app/ui/Menu.tsx";
import { Section } from "../app/ui/Section.tsx";
import { PolicyDraft, type PolicyDraftKind } from "./PolicyDraft.tsx";
import { InheritedPolicy, PolicyRow } from "./PolicyRow.tsx";
import { changePolicies } from "./changePolicies.ts";
import { valueAt } from "./propertyControls.ts";

/** What the function may do, in plain words: SAM policy templates, managed policies, own statements. Each opens to be edited. */
export function PolicyList({ resource, property }: { resource: DesignResource; property: PropertyDefinition }) {
  const written = valueAt(resource.properties, property.path);
  const policies = written === undefined ? [] : Array.isArray(written) ? written : [written];
  const effective = valueAt(resource.effectiveProperties, property.path);
  // SAM puts those of Globals before the function's own
  const inherited = Array.isArray(effective) ? effective.slice(0, Math.max(0, effective.length - policies.length)) : [];
  const [draft, setDraft] = useState<PolicyDraftKind | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const adder = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLDivElement>(null);

  const pathOf = (index: number): string => (Array.isArray(written) ? `${property.path}.${index}` : property.path);
  const closeDraft = (): void => {
    setDraft(null);
    adder.current?.focus();
  };
  const add = (policy: Json): void => {
    closeDraft();
    if (Array.isArray(written)) changePolicies(resource, `${property.path}.${written.length}`, policy);
    else changePolicies(resource, property.path, [...policies, policy]);
  };
  const remove = (index: number): void => {
    setOpened(null);
    adder.current?.focus();
    changePolicies(resource, policies.length > 1 ? pathOf(index) : property.path, undefined);
  };
  return (
    <Section
      title={property.title}
      actions={
        <DropdownMenu
          align="end"
          onCloseAutoFocus={(event) => {
            const first = form.current?.querySelector<HTMLElement>("button, input");
            if (first === null || first === undefined) return;
            event.preventDefault();
            first.focus();
          }}
          items={[
            {
              type: "action",
              id: "permission",
              title: t("Permission on a resource"),
              icon: <ArrowRight size={14} />,
              run: () => setDraft("permission"),
            },
            { type: "action", id: "managed", title: t("Managed policy"), icon: <Landmark size={14} />, run: () => setDraft("managed") },
            { type: "action", id: "statement", title: t("Own statement"), icon: <Braces size={14} />, run: () => setDraft("statement") },
          ]}
        >
          <IconButton ref={adder} label={t("Add a policy")} size={20}>
            <Plus size={12} />
          </IconButton>
        </DropdownMenu>
      }
    >
      {inherited.map((policy, index) => (
        <InheritedPolicy key={index} policy={policy} />
      ))}
      {policies.map((policy, index) => (
        <PolicyRow
          key={index}
          resource={resource}
          policy={policy}
          path={pathOf(index)}
          isOpen={opened === index}
          onToggle={() => setOpened(opened === index ? null : index)}
          onRemove={() => remove(index)}
        />
      ))}
      {policies.length === 0 && inherited.length === 0 && draft === null && (
        <p className="px-3 text-xs text-fg-3">{t("None beyond writing logs. Connecting it to a table or queue adds the right one.")}</p>
      )}
      {draft !== null && (
        <div ref={form}>
          <PolicyDraft key={draft} kind={draft} resource={resource} onAdd={add} onCancel={closeDraft} />
        </div>
      )}
    </Section>
  );
}
