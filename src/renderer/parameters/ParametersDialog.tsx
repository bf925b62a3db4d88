import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { closeDialog } from "../app/stores/dialogs.ts";
import { useDesign } from "../app/stores/design.ts";
import { setParameters, useProject } from "../app/stores/project.ts";
import { Button } from "../app/ui/Button.tsx";
import { Chip } from "../app/ui/Chip.tsx";
import { Dialog } from "../app/ui/Dialog.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { SlidersHorizontal } from "lucide-react";
import { ParameterControl } from "./ParameterControl.tsx";
import { parameterFields, whyNot, type ParameterField } from "./parameterForm.ts";

/** Values for the template's Parameters, as a deploy would be given them. */
export function ParametersDialog() {
  const declared = useDesign((state) => state.document?.value["Parameters"]);
  const project = useProject((state) => state.project);
  const given = project?.ownParameters ?? {};
  const [values, setValues] = useState<Readonly<Record<string, string>>>(given);
  const fields = parameterFields(declared);
  const hasMistake = fields.some((field) => problemOf(field, values[field.name] ?? "") !== null);
  const save = (): void => {
    closeDialog();
    void setParameters(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")));
  };

  return (
    <Dialog
      title="Template parameters"
      description="What the template is drawn and run with here. Values are kept with your settings, outside the project."
      isOpen
      onClose={closeDialog}
      width={560}
      actions={
        fields.length > 0 && (
          <>
            <Button onClick={closeDialog}>Cancel</Button>
            <Button look="primary" disabled={hasMistake} onClick={save}>
              Use these values
            </Button>
          </>
        )
      }
    >
      {fields.length === 0 && (
        <EmptyState icon={<SlidersHorizontal size={18} />} title="No parameters">
          This template declares none. A section Parameters would make values that differ from stage to stage.
        </EmptyState>
      )}
      <div className="divide-y divide-line">
        {fields.map((field) => (
          <ParameterRow
            key={field.name}
            field={field}
            value={values[field.name] ?? ""}
            source={project?.parameterSources[field.name]}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
      </div>
    </Dialog>
  );
}

interface ParameterRowProps {
  readonly field: ParameterField;
  readonly value: string;
  /** Where a value stands that holds while none is given here. */
  readonly source: { readonly from: string; readonly value: string } | undefined;
  onChange(value: string): void;
}

function ParameterRow({ field, value, source, onChange }: ParameterRowProps) {
  const standard = source?.value ?? field.standard;
  const problem = problemOf(field, value);
  return (
    <div role="group" aria-label={field.name} className="grid gap-1 py-2.5 first:pt-1">
      <div className="flex min-w-0 items-center gap-2">
        <span className="truncate font-mono text-xs font-medium">{field.name}</span>
        <span className="truncate text-xs text-fg-3" title={field.type}>
          {field.type}
        </span>
        <span className="ml-auto flex flex-none items-center gap-1">
          <SourceChip isGiven={value !== ""} from={source?.from} hasStandard={standard !== undefined} />
          {value !== "" && (
            <IconButton
              label={standard === undefined ? "Clear" : "Take the value back that it has otherwise"}
              size={20}
              onClick={() => onChange("")}
            >
              <RotateCcw size={12} />
            </IconButton>
          )}
        </span>
      </div>
      {field.description !== null && <p className="text-xs text-fg-2">{field.description}</p>}
      <ParameterControl field={field} value={value} standard={standard ?? ""} problem={problem} onChange={onChange} />
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

function SourceChip({ isGiven, from, hasStandard }: { isGiven: boolean; from: string | undefined; hasStandard: boolean }) {
  if (isGiven) return <Chip tone="accent">set here</Chip>;
  if (from !== undefined) return <Chip>{from}</Chip>;
  return hasStandard ? <Chip>default</Chip> : <Chip tone="error">needs a value</Chip>;
}

function problemOf(field: ParameterField, value: string): string | null {
  return value === "" ? null : whyNot(field, value);
}

function sentence(hints: readonly string[]): string {
  const text = hints.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
