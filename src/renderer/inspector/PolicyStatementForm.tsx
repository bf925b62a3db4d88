import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import { statementResources, type PolicyResource } from "../../model/design/policyTargets.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { useDesign } from "../app/stores/design.ts";
import { perLanguage, t } from "../app/texts/texts.ts";
import { Button } from "../app/ui/Button.tsx";
import { Select } from "../app/ui/Select.tsx";
import { PolicyActionField } from "./PolicyActionField.tsx";
import { PolicyResourceField } from "./PolicyResourceField.tsx";
import { changePolicies } from "./changePolicies.ts";
import { isIntrinsic } from "./propertyControls.ts";

const effects = perLanguage(() => [
  { value: "Allow", title: t("Allow") },
  { value: "Deny", title: t("Deny") },
]);

interface PolicyStatementFormProps {
  resource: DesignResource;
  /** One, or a list of them. */
  statements: Json;
  path: string;
}

/** Own statements: the effect, the actions and the resources of each. */
export function PolicyStatementForm({ resource, statements, path }: PolicyStatementFormProps) {
  const isList = Array.isArray(statements);
  const all = isList ? statements : [statements];
  return all.map((statement, index) =>
    isJsonObject(statement) && !isIntrinsic(statement) ? (
      <StatementForm
        key={index}
        resource={resource}
        statement={statement}
        path={isList ? `${path}.${index}` : path}
        onRemove={all.length > 1 ? () => changePolicies(resource, `${path}.${index}`, undefined) : undefined}
      />
    ) : null,
  );
}

/** Resources of the design as statements name them, for a picker. */
export function useStatementResources(resource: DesignResource): readonly PolicyResource[] {
  const resources = useDesign((state) => state.design.resources);
  const others = resources.filter(({ id }) => id !== resource.id);
  return [...others.flatMap(({ id, type }) => statementResources(id, type)), { title: "*", value: "*" }];
}

interface StatementFormProps {
  resource: DesignResource;
  statement: JsonObject;
  path: string;
  /** Not of the only one, which goes with its policy. */
  onRemove: (() => void) | undefined;
}

function StatementForm({ resource, statement, path, onRemove }: StatementFormProps) {
  const resources = useStatementResources(resource);
  return (
    <div className="grid grid-cols-[66px_minmax(0,1fr)] items-start gap-x-1 gap-y-[5px] border-t border-line py-2 pr-3 pl-2.5 first:border-t-0 first:pt-1">
      <span className="truncate leading-[26px] text-fg-3">{t("Effect")}</span>
      <div className="flex items-start gap-1">
        <Select
          label={t("Effect")}
          value={statement["Effect"] === "Deny" ? "Deny" : "Allow"}
          options={effects()}
          onChange={(effect) => changePolicies(resource, `${path}.Effect`, effect)}
          className="flex-1"
        />
        {onRemove !== undefined && <RemoveButton label={t("Remove the statement")} onClick={onRemove} />}
      </div>
      {statement["NotAction"] === undefined && (
        <ValueList
          title={t("Actions")}
          add={t("Add an action")}
          value={statement["Action"]}
          onChange={(below, value) => changePolicies(resource, `${path}.Action${below}`, value)}
          field={(value, onChange) => <PolicyActionField value={value} onChange={onChange} />}
        />
      )}
      {statement["NotResource"] === undefined && (
        <ValueList
          title={t("Resources")}
          add={t("Add a resource")}
          value={statement["Resource"]}
          onChange={(below, value) => changePolicies(resource, `${path}.Resource${below}`, value)}
          field={(value, onChange) => <PolicyResourceField label={t("Resource")} value={value} resources={resources} onChange={onChange} />}
        />
      )}
    </div>
  );
}

interface ValueListProps {
  title: string;
  add: string;
  value: Json | undefined;
  /** `below` is "" for the whole, `.1` for one of a list. */
  onChange(below: string, value: Json | undefined): void;
  field(value: Json, onChange: (value: Json) => void): React.ReactNode;
}

/** What IAM takes as one value or a list of them; one stays one until there is a second. */
function ValueList({ title, add, value, onChange, field }: ValueListProps) {
  const [isAdding, setAdding] = useState(false);
  const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const append = (next: Json): void => {
    setAdding(false);
    if (Array.isArray(value)) onChange(`.${value.length}`, next);
    else onChange("", value === undefined ? next : [value, next]);
  };
  const at = (index: number): string => (Array.isArray(value) ? `.${index}` : "");
  return (
    <>
      <span className="truncate leading-[26px] text-fg-3">{title}</span>
      <div className="flex min-w-0 flex-col items-start gap-1">
        {values.map((one, index) => (
          <div key={index} className="flex w-full items-start gap-1">
            <div className="min-w-0 flex-1">{field(one, (next) => onChange(at(index), next))}</div>
            {values.length > 1 && (
              <RemoveButton
                label={t("Remove {{name}}", { name: typeof one === "string" ? one : title })}
                onClick={() => onChange(at(index), undefined)}
              />
            )}
          </div>
        ))}
        {isAdding || values.length === 0 ? (
          <div className="w-full">{field("", append)}</div>
        ) : (
          <Button size="compact" look="quiet" className="-ml-2" onClick={() => setAdding(true)}>
            <Plus size={11} />
            {add}
          </Button>
        )}
      </div>
    </>
  );
}

function RemoveButton({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="mt-[5px] grid size-4 flex-none place-items-center rounded-sm text-fg-3 hover:text-error"
    >
      <X size={11} />
    </button>
  );
}
