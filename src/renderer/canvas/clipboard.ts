// Copied cards, for as long as the window is open.
import { useDesign } from "../app/stores/design.ts";
import { useSelection } from "../app/stores/selection.ts";
import type { CopiedResource } from "./designActions.ts";
import { usePlacement } from "./placement.ts";

let copied: readonly CopiedResource[] = [];

export function copySelection(): void {
  const { resources: ids } = useSelection.getState();
  const { positions } = usePlacement.getState();
  copied = useDesign
    .getState()
    .design.resources.filter((resource) => ids.includes(resource.id) && !resource.isImplicit)
    .map((resource) => ({ resource, position: positions[resource.id] ?? { x: 0, y: 0 } }));
}

export function copiedResources(): readonly CopiedResource[] {
  return copied;
}
