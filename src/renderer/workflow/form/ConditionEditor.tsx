import { comparisonSigns } from "../workflowWords.ts";
import { Plus, X } from "lucide-react";
import type { Suggestion } from "../../../model/asl/complete/suggestion.ts";
import { completePath } from "../../../model/asl/complete/expression.ts";
import { choiceOperators } from "../../../model/asl/definition.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Chip } from "../../app/ui/Chip.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { CompletingField } from "./CompletingField.tsx";
import {
  asKind,
  comparisonOf,
  conditionOf,
  emptyComparison,
  isFlag,
  kindOf,
  withOperand,
  withOperator,
  type ConditionKind,
} from "./condition.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

interface ConditionEditorProps {
  /** For its controls: `Rule 1`. */
  name: string;
  condition: JsonObject;
  complete(text: string, offset: number): readonly Suggestion[];
  onChange(condition: JsonObject): void;
  onRemove?(): void;
}

const kinds = perLanguage(
  () =>
    [
      { value: "compare", title: t("Compare") },
      { value: "And", title: t("All of") },
      { value: "Or", title: t("One of") },
      { value: "Not", title: t("Not") },
    ] as const satisfies readonly { value: ConditionKind; title: string }[],
);

const operatorOptions = choiceOperators.map((operator) => ({ value: operator, title: operatorWords(operator) }));

/** A condition of JSONPath: a comparison, or others joined. */
export function ConditionEditor({ name, condition, complete, onChange, onRemove }: ConditionEditorProps) {
  const kind = kindOf(condition);
  return (
    <div className="flex flex-col gap-1.5" role="group" aria-label={t("Condition of {{name}}", { name })}>
      <div className="flex items-center gap-1">
        <Select
          label={t("Kind of condition of {{name}}", { name })}
          className="w-24"
          value={kind}
          options={kinds()}
          onChange={(chosen) => chosen !== kind && onChange(asKind(condition, chosen))}
        />
        {onRemove !== undefined && (
          <IconButton label={t("Delete the condition {{name}}", { name })} size={20} className="ml-auto" onClick={onRemove}>
            <X size={12} />
          </IconButton>
        )}
      </div>
      {kind === "compare" ? (
        <ComparisonEditor name={name} condition={condition} complete={complete} onChange={onChange} />
      ) : (
        <JoinedConditions name={name} kind={kind} condition={condition} complete={complete} onChange={onChange} />
      )}
    </div>
  );
}

function ComparisonEditor({ name, condition, complete, onChange }: ConditionEditorProps) {
  const comparison = comparisonOf(condition);
  const { variable, operator, operand, isPath } = comparison;
  return (
    <>
      <CompletingField
        label={t("Variable of {{name}}", { name })}
        value={variable}
        placeholder="$.value"
        complete={complete}
        onCommit={(text) => onChange(conditionOf({ ...comparison, variable: text.trim() }))}
      />
      <div className="grid grid-cols-2 gap-1.5">
        <Select
          label={t("Operator of {{name}}", { name })}
          className="w-full"
          value={operator}
          options={operatorOptions}
          onChange={(chosen) => onChange(conditionOf(withOperator(comparison, chosen)))}
        />
        {isFlag(operator) && !isPath ? (
          <Select
            label={t("Operand of {{name}}", { name })}
            className="w-full"
            value={String(operand)}
            options={[
              { value: "true", title: t("true") },
              { value: "false", title: t("false") },
            ]}
            onChange={(chosen) => onChange(conditionOf({ ...comparison, operand: chosen === "true" }))}
          />
        ) : (
          <CompletingField
            label={t("Operand of {{name}}", { name })}
            value={String(operand)}
            isMono={isPath}
            complete={(text, offset) => (text.startsWith("$") ? complete(text, offset) : [])}
            onCommit={(text) => onChange(conditionOf(withOperand(comparison, text)))}
            after={isPath ? <Chip>{t("path")}</Chip> : undefined}
          />
        )}
      </div>
    </>
  );
}

function JoinedConditions({ name, kind, condition, complete, onChange }: ConditionEditorProps & { kind: "And" | "Or" | "Not" }) {
  const inside = condition[kind];
  const inner = (Array.isArray(inside) ? inside : [inside]).map((one) => (isJsonObject(one) ? one : {}));
  const set = (next: readonly JsonObject[]): void => onChange({ [kind]: kind === "Not" ? (next[0] ?? emptyComparison) : [...next] });
  return (
    <div className="flex flex-col gap-2.5 border-l-2 border-line-strong pl-2">
      {inner.map((one, index) => (
        <ConditionEditor
          // conditions have no names: their place is what tells them apart
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          name={`${name}.${index + 1}`}
          condition={one}
          complete={complete}
          onChange={(next) => set(inner.with(index, next))}
          {...(kind !== "Not" && inner.length > 1 ? { onRemove: () => set(inner.toSpliced(index, 1)) } : {})}
        />
      ))}
      {kind !== "Not" && (
        <Button size="compact" look="quiet" className="self-start" onClick={() => set([...inner, emptyComparison])}>
          <Plus size={12} />
          {t("Add a condition")}
        </Button>
      )}
    </div>
  );
}

/** `NumericGreaterThanEquals`: numeric ≥ */
function operatorWords(operator: string): string {
  if (operator === "StringMatches") return t("text like");
  if (operator.startsWith("Is")) return t("is {{value}}", { value: operator.slice(2).toLowerCase() });
  const [, type = "", comparison = ""] = /^(String|Numeric|Boolean|Timestamp)(\w+)$/.exec(operator) ?? [];
  const types: Readonly<Record<string, string>> = { String: "text", Numeric: "number", Boolean: "flag", Timestamp: "moment" };
  return `${types[type] ?? type} ${comparisonSigns[comparison] ?? comparison}`;
}

export function pathCompletion(scope: Parameters<typeof completePath>[2]): ConditionEditorProps["complete"] {
  return (text, offset) => completePath(text, offset, scope).filter(({ kind }) => kind === "path");
}
