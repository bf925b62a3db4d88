import { useId, useState, type KeyboardEvent } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import { fittingTemplates, templatePolicy } from "../../model/design/policyTargets.ts";
import { policyWords } from "../../model/design/policyWords.ts";
import type { Json } from "../../model/json.ts";
import { isPolicyTemplate, policyTemplateNames, policyTemplateParameters } from "../../model/template/sam/policyTemplates.ts";
import { useDesign } from "../app/stores/design.ts";
import { t } from "../app/texts/texts.ts";
import { tWords } from "../app/texts/words.ts";
import { Button } from "../app/ui/Button.tsx";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { PolicyActionField } from "./PolicyActionField.tsx";
import { PolicyResourceField } from "./PolicyResourceField.tsx";
import { useStatementResources } from "./PolicyStatementForm.tsx";

export type PolicyDraftKind = "permission" | "managed" | "statement";

interface DraftProps {
  resource: DesignResource;
  onAdd(policy: Json): void;
  onCancel(): void;
}

/** A policy that is not written yet: it enters the template whole, as one step. */
export function PolicyDraft({ kind, ...props }: DraftProps & { kind: PolicyDraftKind }) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    props.onCancel();
  };
  return (
    <div onKeyDown={onKeyDown} className="mx-3 mt-1.5 flex flex-col gap-[5px] rounded-md border border-line bg-hover p-2">
      {kind === "permission" && <PermissionDraft {...props} />}
      {kind === "managed" && <ManagedDraft {...props} />}
      {kind === "statement" && <StatementDraft {...props} />}
    </div>
  );
}

/** First the resource, then what it may do with it. */
function PermissionDraft({ resource, onAdd, onCancel }: DraftProps) {
  const resources = useDesign((state) => state.design.resources);
  const [id, setId] = useState("");
  const [template, setTemplate] = useState("");
  const fitting = resources.filter((one) => one.id !== resource.id && !one.isImplicit && fittingTemplates(one.type).length > 0);
  const chosen = fitting.find((one) => one.id === id);
  const templates = chosen === undefined ? [] : fittingTemplates(chosen.type);
  const policy = templates.find((one) => one.template === template);
  if (fitting.length === 0) {
    return (
      <>
        <p className="text-xs text-fg-2">
          {t("The design has no resource yet that SAM has a permission for. Add a table, a queue or a bucket, or write an own statement.")}
        </p>
        <Buttons onCancel={onCancel} />
      </>
    );
  }
  return (
    <>
      <Select
        label={t("Resource")}
        value={id}
        placeholder={t("Choose a resource")}
        options={fitting.map((one) => ({ value: one.id, title: one.id }))}
        onChange={(next) => {
          setId(next);
          setTemplate("");
        }}
        className="w-full"
      />
      <Select
        label={t("Permission")}
        value={template}
        placeholder={t("What it may do")}
        isDisabled={chosen === undefined}
        options={templates.map((one) => ({
          value: one.template,
          title: policyWords(templatePolicy(one, id))
            .map(({ words }) => tWords(words))
            .join(" "),
        }))}
        onChange={setTemplate}
        className="w-full"
      />
      <Buttons onCancel={onCancel} onAdd={policy === undefined ? undefined : () => onAdd(templatePolicy(policy, id))} />
    </>
  );
}

/** By its name or ARN; the name of a SAM policy template makes one of these, to be filled in. */
function ManagedDraft({ onAdd, onCancel }: DraftProps) {
  const [name, setName] = useState("");
  const listId = useId();
  const policy = (): Json => {
    const text = name.trim();
    if (!isPolicyTemplate(text)) return text;
    return { [text]: Object.fromEntries(policyTemplateParameters(text).map((parameter) => [parameter, ""])) };
  };
  const add = name.trim() === "" ? undefined : () => onAdd(policy());
  return (
    <>
      <TextField
        label={t("Managed policy")}
        value={name}
        isMono
        list={listId}
        placeholder="AWSLambdaBasicExecutionRole"
        onChange={setName}
        onKeyDown={(event) => event.key === "Enter" && add?.()}
      />
      <datalist id={listId}>
        {policyTemplateNames.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Buttons onCancel={onCancel} onAdd={add} />
    </>
  );
}

function StatementDraft({ resource, onAdd, onCancel }: DraftProps) {
  const resources = useStatementResources(resource);
  const [action, setAction] = useState<Json>("");
  const [on, setOn] = useState<Json>("");
  const isWhole = action !== "" && on !== "";
  return (
    <>
      <PolicyActionField value={action} onChange={setAction} />
      <PolicyResourceField label={t("Resource")} value={on} resources={resources} onChange={setOn} />
      <Buttons
        onCancel={onCancel}
        onAdd={isWhole ? () => onAdd({ Statement: [{ Effect: "Allow", Action: action, Resource: on }] }) : undefined}
      />
    </>
  );
}

function Buttons({ onAdd, onCancel }: { onAdd?: (() => void) | undefined; onCancel(): void }) {
  return (
    <div className="flex justify-end gap-1">
      <Button size="compact" look="quiet" onClick={onCancel}>
        {t("Cancel")}
      </Button>
      <Button size="compact" look="primary" disabled={onAdd === undefined} onClick={onAdd}>
        {t("Add")}
      </Button>
    </div>
  );
}
