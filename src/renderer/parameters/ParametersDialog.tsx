import { Eraser, RotateCcw, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { closeDialog } from "../app/stores/dialogs.ts";
import { useDesign } from "../app/stores/design.ts";
import { setParameters, useProject } from "../app/stores/project.ts";
import { Button } from "../app/ui/Button.tsx";
import { Chip } from "../app/ui/Chip.tsx";
import { Dialog } from "../app/ui/Dialog.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { ParameterControl } from "./ParameterControl.tsx";
import { knownTexts, mayBeEmpty, parameterFields, referenceFields, valueTyped, whyNot, type ParameterField } from "./parameterForm.ts";
import { t } from "../app/texts/texts.ts";

type Values = Readonly<Record<string, string | undefined>>;

/** Values for the template's Parameters and for what its references ask for, as a deploy would be given them. */
export function ParametersDialog() {
  const template = useDesign((state) => state.document?.value);
  const project = useProject((state) => state.project);
  const [values, setValues] = useState<Values>(project?.ownParameters ?? {});
  const fields = parameterFields(template?.["Parameters"]);
  const references = referenceFields(template ?? {}, knownTexts(fields, { ...project?.parameters, ...given(values) }));
  const hasMistake = fields.some((field) => problemOf(field, values[field.name]) !== null);
  const save = (): void => {
    closeDialog();
    void setParameters(given(values));
  };
  const row = (field: ParameterField) => (
    <ParameterRow
      key={field.name}
      field={field}
      value={values[field.name]}
      source={project?.parameterSources[field.name]}
      onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
    />
  );

  return (
    <Dialog
      title={t("Template parameters")}
      description={t("What the template is drawn and run with here. Values are kept with your settings, outside the project.")}
      isOpen
      onClose={closeDialog}
      width={560}
      actions={
        fields.length + references.length > 0 && (
          <>
            <Button onClick={closeDialog}>{t("Cancel")}</Button>
            <Button look="primary" disabled={hasMistake} onClick={save}>
              {t("Use these values")}
            </Button>
          </>
        )
      }
    >
      {fields.length + references.length === 0 && (
        <EmptyState icon={<SlidersHorizontal size={18} />} title={t("No parameters")}>
          {t("This template declares none. A section Parameters would make values that differ from stage to stage.")}
        </EmptyState>
      )}
      <div className="divide-y divide-line">{fields.map(row)}</div>
      {references.length > 0 && (
        <section aria-labelledby="references" className={fields.length > 0 ? "mt-3 border-t border-line pt-3" : ""}>
          <h3 id="references" className="font-medium">
            {t("Values that references ask for")}
          </h3>
          <p className="text-xs text-fg-3">{t("The template takes these from AWS's stores while it deploys. Those are not asked here.")}</p>
          <div className="mt-1.5 divide-y divide-line">{references.map(row)}</div>
        </section>
      )}
    </Dialog>
  );
}

function given(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

interface ParameterRowProps {
  readonly field: ParameterField;
  readonly value: string | undefined;
  /** Where a value stands that holds while none is given here. */
  readonly source: { readonly from: string; readonly value: string } | undefined;
  onChange(value: string | undefined): void;
}

function ParameterRow({ field, value, source, onChange }: ParameterRowProps) {
  const standard = source?.value ?? field.standard;
  const problem = problemOf(field, value);
  return (
    <div role="group" aria-label={field.title} className="grid gap-1 py-2.5 first:pt-1">
      <div className="flex min-w-0 items-center gap-2">
        <span className="truncate font-mono text-xs font-medium" title={field.title}>
          {field.title}
        </span>
        <span className="flex-none truncate text-xs text-fg-3" title={field.type}>
          {field.type}
        </span>
        <span className="ml-auto flex flex-none items-center gap-1">
          <SourceChip field={field} isGiven={value !== undefined} from={source?.from} hasStandard={standard !== undefined} />
          {value === undefined && mayBeEmpty(field) && standard !== "" && (
            <IconButton label={t("Use an empty text")} size={20} onClick={() => onChange("")}>
              <Eraser size={12} />
            </IconButton>
          )}
          {value !== undefined && (
            <IconButton
              label={standard === undefined ? t("Clear") : t("Take the value back that it has otherwise")}
              size={20}
              onClick={() => onChange(undefined)}
            >
              <RotateCcw size={12} />
            </IconButton>
          )}
        </span>
      </div>
      {field.description !== null && <p className="text-xs text-fg-2">{field.description}</p>}
      <ParameterControl
        field={field}
        value={value}
        standard={standard ?? ""}
        problem={problem}
        onChange={(text) => onChange(valueTyped(field, standard, text))}
      />
      {problem !== null ? (
        <p role="alert" className="text-xs text-error">
          {problem}
        </p>
      ) : (
        field.hints.length > 0 && <p className="text-xs break-words text-fg-3">{sentence(field.hints)}</p>
      )}
    </div>
  );
}

interface SourceChipProps {
  readonly field: ParameterField;
  readonly isGiven: boolean;
  readonly from: string | undefined;
  readonly hasStandard: boolean;
}

function SourceChip({ field, isGiven, from, hasStandard }: SourceChipProps) {
  if (isGiven) return <Chip tone="accent">{t("set here")}</Chip>;
  if (from !== undefined) return <Chip>{from}</Chip>;
  if (field.of === "reference") return <Chip>{t("no value yet")}</Chip>;
  return hasStandard ? <Chip>{t("default")}</Chip> : <Chip tone="error">{t("needs a value")}</Chip>;
}

function problemOf(field: ParameterField, value: string | undefined): string | null {
  return value === undefined ? null : whyNot(field, value);
}

function sentence(hints: readonly string[]): string {
  const text = hints.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
