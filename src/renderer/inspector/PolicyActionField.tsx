import { useId, useMemo } from "react";
import type { Json } from "../../model/json.ts";
import { policyTemplateActions } from "../../model/template/sam/policyTemplates.ts";
import { useDesign } from "../app/stores/design.ts";
import { t } from "../app/texts/texts.ts";
import { TextField } from "../app/ui/TextField.tsx";
import { textOf } from "./propertyControls.ts";

/** One action; suggested are those that the design's policies and SAM's templates name. */
export function PolicyActionField({ value, onChange }: { value: Json; onChange(value: Json): void }) {
  const listId = useId();
  const resources = useDesign((state) => state.design.resources);
  const known = useMemo(() => {
    const written = resources.flatMap(({ properties }) => actionsIn(properties["Policies"] ?? null));
    return [...new Set([...written, ...policyTemplateActions()])].sort();
  }, [resources]);
  return (
    <>
      <TextField
        label={t("Action")}
        value={textOf(value)}
        isMono
        list={listId}
        placeholder="dynamodb:GetItem"
        onCommit={(text) => text.trim() !== "" && onChange(text.trim())}
        // the arrow of a list of suggestions takes the room of the name's end
        className="[&_input::-webkit-calendar-picker-indicator]:!hidden"
      />
      <datalist id={listId}>
        {known.map((action) => (
          <option key={action} value={action} />
        ))}
      </datalist>
    </>
  );
}

/** `sqs:SendMessage`, wherever it stands in policies; ARNs have more colons. */
function actionsIn(value: Json): string[] {
  if (typeof value === "string") return /^[a-z0-9-]+:[A-Z]\w*\*?$/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap((one) => actionsIn(one)) : [];
}
