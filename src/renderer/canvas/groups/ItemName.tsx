import { InPlaceField } from "../../app/ui/InPlaceField.tsx";
import { beginRename, endRename, useRenaming } from "../renaming.ts";
import { t } from "../../app/texts/texts.ts";

export interface ItemNameProps {
  id: string;
  name: string;
  /** What it is the name of: `group`. */
  of: string;
  onRename(name: string): void;
}

/** The name of a group or a frame; double click or F2 makes it a field. */
export function ItemName({ id, name, of, onRename }: ItemNameProps) {
  const isEditing = useRenaming((state) => state.id === id);
  if (isEditing) {
    return (
      <InPlaceField
        label={of === "group" ? t("New name of the group") : t("New name of the frame")}
        text={name}
        whyNot={(text) => (text !== "" ? undefined : of === "group" ? t("A group needs a name.") : t("A frame needs a name."))}
        onKeep={onRename}
        onEnd={endRename}
        inputClassName="h-5 w-40 px-1"
      />
    );
  }
  return (
    <span
      className="truncate"
      onDoubleClick={(event) => {
        event.stopPropagation();
        beginRename(id);
      }}
    >
      {name}
    </span>
  );
}
