import type { PaletteEntry, ResourceTypeDefinition } from "../../model/service.ts";

/** The drag's data type; its value is the item's id. */
export const paletteDragType = "application/x-contrail-resource";

export interface PaletteItem {
  readonly id: string;
  readonly type: ResourceTypeDefinition;
  readonly entry: PaletteEntry;
  readonly icon: string;
  readonly searchText: string;
}

/** Palette entries of all definitions, in their order. A type with several faces gives several items. */
export function paletteItems(definitions: readonly ResourceTypeDefinition[]): readonly PaletteItem[] {
  return definitions.flatMap((type) =>
    type.palette.map((entry, index) => ({
      id: `${type.type}#${index}`,
      type,
      entry,
      icon: entry.icon ?? type.icon,
      searchText: [entry.title, type.title, type.type, ...entry.keywords].join(" ").toLowerCase(),
    })),
  );
}
