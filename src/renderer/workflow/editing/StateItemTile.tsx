import { ResourceTile } from "../../app/ui/ResourceIcon.tsx";
import { StateTile } from "../StateCard.tsx";
import type { StateItem } from "./stateItems.ts";

export function StateItemTile({ item }: { item: StateItem }) {
  return item.resourceType === undefined ? <StateTile type={item.type} size={20} /> : <ResourceTile type={item.resourceType} size={20} />;
}
