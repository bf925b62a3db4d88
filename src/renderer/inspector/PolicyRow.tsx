import { ChevronDown, ChevronRight, ShieldAlert, ShieldBan, ShieldCheck, X } from "lucide-react";
import type { DesignResource } from "../../model/design/design.ts";
import { policyName, policyWords, type PolicyTone } from "../../model/design/policyWords.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { isPolicyTemplate } from "../../model/template/sam/policyTemplates.ts";
import { t } from "../app/texts/texts.ts";
import { tWords } from "../app/texts/words.ts";
import { classes } from "../app/ui/classes.ts";
import { TextField } from "../app/ui/TextField.tsx";
import { JsonProperty } from "./JsonProperty.tsx";
import { PolicyStatementForm } from "./PolicyStatementForm.tsx";
import { PolicyTemplateForm } from "./PolicyTemplateForm.tsx";
import { changePolicies } from "./changePolicies.ts";

interface PolicyRowProps {
  resource: DesignResource;
  policy: Json;
  /** Of the entry below Properties: `Policies.0`. */
  path: string;
  isOpen: boolean;
  onToggle(): void;
  onRemove(): void;
}

/** One policy: what it allows, and below that its form while it is open. */
export function PolicyRow({ resource, policy, path, isOpen, onToggle, onRemove }: PolicyRowProps) {
  const name = tWords(policyName(policy));
  return (
    <div>
      <div className="group flex items-start gap-1 pr-3 pl-2 hover:bg-hover">
        <button type="button" aria-expanded={isOpen} onClick={onToggle} className="flex min-w-0 flex-1 items-start gap-1 py-1 text-left">
          <span className="grid h-4 w-3 flex-none place-items-center text-fg-3">
            {isOpen ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
          </span>
          <span className="min-w-0 flex-1">
            <PolicyText policy={policy} note={name} />
          </span>
        </button>
        <button
          type="button"
          aria-label={t("Remove {{name}}", { name })}
          onClick={onRemove}
          className="mt-1 grid size-4 flex-none place-items-center rounded-sm text-fg-3 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 hover:text-error"
        >
          <X size={11} />
        </button>
      </div>
      {isOpen && (
        <div className="mt-0.5 mb-2 ml-[13px] border-l border-line">
          <PolicyForm resource={resource} policy={policy} path={path} />
        </div>
      )}
    </div>
  );
}

/** Of Globals: it is changed there. */
export function InheritedPolicy({ policy }: { policy: Json }) {
  return (
    <div className="py-1 pr-3 pl-6 text-fg-2">
      <PolicyText policy={policy} note={tWords(policyName(policy)) + t(" · from Globals")} />
    </div>
  );
}

/** What it allows, sentence by sentence, and quieter below it what it is. */
function PolicyText({ policy, note }: { policy: Json; note: string }) {
  return (
    <>
      {policyWords(policy).map(({ words, tone }, index) => (
        <span key={index} className="flex items-start gap-1.5 text-[11.5px] leading-4">
          <ToneIcon tone={tone} />
          <span className={classes("min-w-0 break-words", tone === "broad" && "text-throttled")}>{tWords(words)} </span>
        </span>
      ))}
      <span className="block truncate pl-[18px] text-xs leading-4 text-fg-3" title={note}>
        {note}
      </span>
    </>
  );
}

/** What is more than a form can show stays there as JSON. */
function PolicyForm({ resource, policy, path }: Pick<PolicyRowProps, "resource" | "policy" | "path">) {
  if (typeof policy === "string") {
    return (
      <div className="py-1 pr-3 pl-2.5">
        <TextField
          label={t("Managed policy")}
          value={policy}
          isMono
          onCommit={(text) => text.trim() !== "" && changePolicies(resource, path, text.trim())}
        />
      </div>
    );
  }
  const [[template, argument] = ["", null]] = isJsonObject(policy) ? Object.entries(policy) : [];
  const isTemplate = isPolicyTemplate(template) && isJsonObject(argument);
  return (
    <>
      {isTemplate && <PolicyTemplateForm resource={resource} template={template} argument={argument} path={path} />}
      {isJsonObject(policy) && policy["Statement"] !== undefined && (
        <PolicyStatementForm resource={resource} statements={policy["Statement"]} path={`${path}.Statement`} />
      )}
      <JsonProperty
        resource={resource}
        property={{ path, title: t("As JSON"), help: t("The policy as it stands in the template: also what the form has no field for.") }}
      />
    </>
  );
}

function ToneIcon({ tone }: { tone: PolicyTone }) {
  const look = "mt-0.5 flex-none";
  switch (tone) {
    case "plain":
      return <ShieldCheck size={12} className={`${look} text-ok`} />;
    case "broad":
      return <ShieldAlert size={12} className={`${look} text-throttled`} aria-label={t("Broad")} />;
    case "denied":
      return <ShieldBan size={12} className={`${look} text-error`} />;
  }
}
