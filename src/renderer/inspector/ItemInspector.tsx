import { ArrowDown, ArrowUp, FoldVertical, Lock, LockOpen, Ungroup, UnfoldVertical } from "lucide-react";
import { canvasColours, type CanvasColour, type CanvasFrame, type CanvasGroup } from "../../model/design/design.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { selectResources } from "../app/stores/selection.ts";
import { Button } from "../app/ui/Button.tsx";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { Section } from "../app/ui/Section.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { classes } from "../app/ui/classes.ts";
import { changeNote } from "../canvas/designActions.ts";
import { changeFrame, moveFrameInOrder } from "../canvas/frames/frameActions.ts";
import { colourGroup, renameGroup, toggleGroup, toggleLock, ungroupSelection } from "../canvas/groups/groupActions.ts";
import { t } from "../app/texts/texts.ts";

/** A selected note, group or frame. */
export function ItemInspector({ id }: { id: string }) {
  const canvas = useCanvasFile((state) => state.canvas);
  const isLocked = canvas.locked?.includes(id) === true;
  const group = canvas.groups?.find((one) => one.id === id);
  const frame = canvas.frames?.find((one) => one.id === id);
  const note = canvas.notes.find((one) => one.id === id);
  const kind = group !== undefined ? t("Group") : frame !== undefined ? t("Frame") : t("Note");
  return (
    <div className="min-h-0 flex-1 overflow-auto pb-4">
      <header className="px-3 pt-3 pb-2.5">
        <h2 className="text-lg leading-[18px] font-semibold">{group?.name ?? frame?.name ?? t("Note")}</h2>
        <p className="mt-1 text-xs text-fg-3">{t("{{kind}} on the canvas; nothing of it is in the template", { kind })}</p>
      </header>
      {group !== undefined && <GroupForm group={group} />}
      {frame !== undefined && <FrameForm frame={frame} count={canvas.frames?.length ?? 0} />}
      {note !== undefined && (
        <>
          <Colours label={t("Colour of the note")} value={note.colour} onChoose={(colour) => changeNote(id, { colour })} />
          <p className="px-3 pt-3 text-xs text-fg-3">{t("Its text is Markdown: **bold**, `code`, lists, links. Press F2 to edit it.")}</p>
        </>
      )}
      <div className="flex gap-2 px-3 pt-3">
        <Button size="compact" onClick={toggleLock}>
          {isLocked ? <LockOpen size={12} /> : <Lock size={12} />}
          {isLocked ? t("Unlock") : t("Lock")}
        </Button>
      </div>
    </div>
  );
}

function GroupForm({ group }: { group: CanvasGroup }) {
  const resources = useDesign((state) => state.design.resources);
  const isCollapsed = group.isCollapsed === true;
  return (
    <>
      <div className="px-3 pb-3">
        <TextField label={t("Name of the group")} value={group.name} onCommit={(name) => renameGroup(group.id, name)} />
      </div>
      <Colours label={t("Colour of the group")} value={group.colour} onChoose={(colour) => colourGroup(group.id, colour)} />
      <div className="flex gap-2 px-3 py-3">
        <Button size="compact" onClick={() => toggleGroup(group.id)}>
          {isCollapsed ? <UnfoldVertical size={12} /> : <FoldVertical size={12} />}
          {isCollapsed ? t("Open") : t("Collapse")}
        </Button>
        <Button size="compact" onClick={ungroupSelection}>
          <Ungroup size={12} />
          {t("Ungroup")}
        </Button>
      </div>
      <Section title={t("In it")}>
        <ul aria-label={t("In {{name}}", { name: group.name })}>
          {group.members.map((member) => (
            <li key={member}>
              <button
                type="button"
                disabled={isCollapsed}
                onClick={() => selectResources([member], { reveal: true })}
                className="flex h-7 w-full items-center gap-2 px-3 text-left hover:bg-hover"
              >
                <ResourceTile type={resources.find((one) => one.id === member)?.type ?? ""} size={20} />
                <span className="truncate">{member.startsWith("note:") ? t("Note") : member}</span>
              </button>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function FrameForm({ frame, count }: { frame: CanvasFrame; count: number }) {
  return (
    <>
      <div className="px-3 pb-3">
        <TextField
          label={t("Name of the frame")}
          value={frame.name}
          onCommit={(name) => changeFrame(frame.id, { name }, t("Name a frame {{name}}", { name }))}
        />
      </div>
      {count > 1 && (
        <div className="flex gap-2 px-3">
          <Button size="compact" onClick={() => moveFrameInOrder(frame.id, -1)}>
            <ArrowUp size={12} />
            {t("Present earlier")}
          </Button>
          <Button size="compact" onClick={() => moveFrameInOrder(frame.id, 1)}>
            <ArrowDown size={12} />
            {t("Later")}
          </Button>
        </div>
      )}
    </>
  );
}

function Colours({ label, value, onChoose }: { label: string; value: CanvasColour | undefined; onChoose(colour: CanvasColour): void }) {
  return (
    <div role="radiogroup" aria-label={label} className="flex flex-wrap gap-1.5 px-3">
      {canvasColours.map((colour) => (
        <button
          key={colour}
          type="button"
          role="radio"
          aria-checked={colour === value}
          aria-label={colour}
          title={colour}
          data-hue={colour}
          onClick={() => onChoose(colour)}
          className={classes(
            "grid size-6 place-items-center rounded-full border-2",
            colour === value ? "border-(--hue)" : "border-transparent hover:border-line-strong",
          )}
        >
          <span className="size-4 rounded-full bg-(--hue)" />
        </button>
      ))}
    </div>
  );
}
