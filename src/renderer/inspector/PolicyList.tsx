import { Plus, ShieldCheck, X } from "lucide-react";
import { useState } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Section } from "../app/ui/Section.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { isIntrinsic, mentionedIn, setProperty, textOf, valueAt } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

/** What the function may do: SAM policy templates, managed policies, own statements. */
export function PolicyList({ resource, property }: { resource: DesignResource; property: PropertyDefinition }) {
  const written = valueAt(resource.properties, property.path);
  const policies = written === undefined ? [] : Array.isArray(written) ? written : [written];
  const [isAdding, setAdding] = useState(false);
  const save = (next: readonly Json[]): void => void setProperty(resource, property.path, next.length === 0 ? undefined : [...next]);
  const remove = (index: number): void => {
    if (Array.isArray(written) && policies.length > 1) setProperty(resource, `${property.path}.${index}`, undefined);
    else setProperty(resource, property.path, undefined);
  };
  return (
    <Section
      title={property.title}
      actions={
        <IconButton label={t("Add a managed policy")} size={20} onClick={() => setAdding(true)}>
          <Plus size={12} />
        </IconButton>
      }
    >
      {policies.map((policy, index) => {
        const { name, target } = wordsFor(policy);
        return (
          <div key={index} className="group flex h-[22px] items-center gap-2 px-3" title={textOf(policy)}>
            <ShieldCheck size={12} className="text-ok" />
            <span className="truncate text-[11.5px]">{name}</span>
            <span className="ml-auto truncate pl-2 text-xs text-fg-3">{target}</span>
            <button
              type="button"
              aria-label={t("Remove {{name}}", { name })}
              onClick={() => remove(index)}
              className="grid size-4 flex-none place-items-center rounded-sm text-fg-3 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 hover:text-error"
            >
              <X size={11} />
            </button>
          </div>
        );
      })}
      {policies.length === 0 && !isAdding && (
        <p className="px-3 text-xs text-fg-3">{t("None beyond writing logs. Connecting it to a table or queue adds the right one.")}</p>
      )}
      {isAdding && (
        <div className="px-3 pt-1">
          <TextField
            label={t("Managed policy")}
            value=""
            autoFocus
            placeholder="AWSLambdaBasicExecutionRole"
            onCommit={(name) => name !== "" && save([...policies, name])}
            onBlur={() => setAdding(false)}
          />
        </div>
      )}
    </Section>
  );
}

function wordsFor(policy: Json): { name: string; target: string } {
  if (typeof policy === "string") return { name: policy.slice(policy.lastIndexOf("/") + 1), target: "managed" };
  if (isIntrinsic(policy)) return { name: textOf(policy), target: "managed" };
  if (!isJsonObject(policy)) return { name: textOf(policy), target: "" };
  const [[name, argument] = ["", null]] = Object.entries(policy);
  if (name === "Statement" || name === "Version") return { name: t("Own statements"), target: statementTarget(policy["Statement"]) };
  const target = isJsonObject(argument) ? Object.values(argument).map((value) => mentionedIn(value) ?? textOf(value)) : [];
  return { name, target: target.join(", ") };
}

function statementTarget(statement: Json | undefined): string {
  const count = Array.isArray(statement) ? statement.length : 1;
  return t("{{count}} statements", { count });
}
