import { useState } from "react";
import { isJsonObject } from "../../../model/json.ts";
import { useDesign } from "../stores/design.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { setParameters, useProject } from "../stores/project.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Select } from "../ui/Select.tsx";
import { TextField } from "../ui/TextField.tsx";

/** Values for the template's Parameters, as a deploy would be given them. */
export function ParametersDialog() {
  const declared = useDesign((state) => state.document?.value["Parameters"]);
  const saved = useProject((state) => state.project?.parameters);
  const [values, setValues] = useState<Readonly<Record<string, string>>>(saved ?? {});
  const parameters = isJsonObject(declared) ? Object.entries(declared) : [];
  const set = (name: string, value: string): void => setValues((before) => ({ ...before, [name]: value }));
  const save = (): void => {
    closeDialog();
    void setParameters(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")));
  };

  return (
    <Dialog
      title="Template parameters"
      description="Used when the design is derived and deployed here. They are kept with your settings, not in the template."
      isOpen
      onClose={closeDialog}
      actions={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="primary" onClick={save}>
            Use these values
          </Button>
        </>
      }
    >
      {parameters.length === 0 && <p className="text-fg-3">This template declares no Parameters.</p>}
      {parameters.map(([name, definition]) => {
        const { Default: standard, Description: description, AllowedValues: allowed } = isJsonObject(definition) ? definition : {};
        const fallback = standard === undefined ? "" : String(standard);
        return (
          <div key={name} className="grid grid-cols-[140px_1fr] items-center gap-x-3 py-1.5">
            <span className="truncate font-mono text-xs">{name}</span>
            {Array.isArray(allowed) ? (
              <Select
                label={name}
                value={values[name] ?? fallback}
                onChange={(value) => set(name, value)}
                options={allowed.map((value) => ({ value: String(value), title: String(value) }))}
              />
            ) : (
              <TextField label={name} value={values[name] ?? ""} placeholder={fallback} onChange={(value) => set(name, value)} isMono />
            )}
            {typeof description === "string" && <span className="col-start-2 mt-0.5 text-xs text-fg-3">{description}</span>}
          </div>
        );
      })}
    </Dialog>
  );
}
