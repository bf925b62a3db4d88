// Groups: several cards and notes under one name and colour, which may be drawn as one card.
import type { Canvas, CanvasColour, CanvasGroup } from "../../../model/design/design.ts";
import { useCanvasFile } from "../../app/stores/canvasFile.ts";
import { changeCanvas } from "../../app/stores/documents.ts";
import { selectResources, useSelection } from "../../app/stores/selection.ts";
import { freeItemId, withMembers } from "../canvasItems.ts";
import { positionsWith } from "../placement.ts";
import { beginRename } from "../renaming.ts";
import { t } from "../../app/texts/texts.ts";

const colours: readonly CanvasColour[] = ["blue", "violet", "teal", "amber", "pink", "green"];

/** Puts what is selected into a new group and lets the person type its name. */
export function groupSelection(): void {
  const { canvas } = useCanvasFile.getState();
  const members = withMembers(canvas, useSelection.getState().resources).filter((id) => !/^(group|frame|run):/.test(id));
  if (members.length === 0) return;
  const id = freeItemId(canvas, "group");
  const others = without(canvas.groups ?? [], new Set(members));
  const colour = colours[others.length % colours.length] ?? "blue";
  changeCanvas(t("Group"), withPlaces({ ...canvas, groups: [...others, { id, name: t("Group"), colour, members }] }));
  selectResources([id]);
  beginRename(id);
}

/** Takes selected groups apart, and selected cards out of theirs. */
export function ungroupSelection(): void {
  const { canvas } = useCanvasFile.getState();
  const { resources: ids } = useSelection.getState();
  const groups = canvas.groups ?? [];
  const dissolved = groups.filter((group) => ids.includes(group.id));
  const left = without(
    groups.filter((group) => !dissolved.includes(group)),
    new Set(ids),
  );
  changeCanvas(t("Ungroup"), { ...canvas, groups: left });
  if (dissolved.length > 0) selectResources(dissolved.flatMap((group) => group.members));
}

export function renameGroup(id: string, name: string): void {
  changeGroup(id, name === "" ? {} : { name }, t("Name a group {{name}}", { name }));
}

export function colourGroup(id: string, colour: CanvasColour): void {
  changeGroup(id, { colour }, t("Colour a group"));
}

/** Draws a group as one card, or its members again. */
export function toggleGroup(id: string): void {
  const group = groupOf(id);
  if (group === undefined) return;
  const isCollapsed = group.isCollapsed !== true;
  changeGroup(id, { isCollapsed }, `${isCollapsed ? "Collapse" : "Open"} ${group.name}`);
  selectResources([id]);
}

export function toggleSelectedGroups(): void {
  for (const id of selectedGroups()) toggleGroup(id);
}

/** Groups that are selected, or in which what is selected stands. */
export function selectedGroups(): readonly string[] {
  const { resources: ids } = useSelection.getState();
  const groups = useCanvasFile.getState().canvas.groups ?? [];
  return groups.filter((group) => ids.includes(group.id) || group.members.some((member) => ids.includes(member))).map(({ id }) => id);
}

export function groupOf(id: string): CanvasGroup | undefined {
  return useCanvasFile.getState().canvas.groups?.find((group) => group.id === id);
}

/** Locks what is selected, or unlocks it when all of it is locked. */
export function toggleLock(): void {
  const { canvas } = useCanvasFile.getState();
  const { resources: ids } = useSelection.getState();
  const locked = canvas.locked ?? [];
  const isLocked = ids.every((id) => locked.includes(id));
  const next = isLocked ? locked.filter((id) => !ids.includes(id)) : [...new Set([...locked, ...ids])];
  changeCanvas(isLocked ? t("Unlock") : t("Lock"), withPlaces({ ...canvas, locked: next }));
}

function changeGroup(id: string, change: Partial<CanvasGroup>, label: string): void {
  const { canvas } = useCanvasFile.getState();
  const groups = (canvas.groups ?? []).map((group) => (group.id === id ? { ...group, ...change } : group));
  changeCanvas(label, withPlaces({ ...canvas, groups }));
}

/** What is grouped or locked has a place of its own from then on, also when the template is changed elsewhere. */
function withPlaces(canvas: Canvas): Canvas {
  return { ...canvas, nodes: positionsWith({}) };
}

/** Without these members; a group without members is none. */
function without(groups: readonly CanvasGroup[], gone: ReadonlySet<string>): CanvasGroup[] {
  return groups
    .map((group) => ({ ...group, members: group.members.filter((member) => !gone.has(member)) }))
    .filter(({ members }) => members.length > 0);
}
