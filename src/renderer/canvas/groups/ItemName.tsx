import { InPlaceField } from "../../app/ui/InPlaceField.tsx";
import { beginRename, endRename, useRenaming } from "../renaming.ts";

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
        label={`New name of the ${of}`}
        text={name}
        whyNot={(text) => (text === "" ? `A ${of} needs a name.` : undefined)}
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
