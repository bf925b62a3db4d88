import type { Category } from "../../../model/service.ts";
import { lookOf } from "../resourceTypes.ts";
import { classes } from "./classes.ts";

const files: Record<string, string> = import.meta.glob("../../../../resources/icons/*.svg", {
  query: "?raw",
  import: "default",
  eager: true,
});
const icons = new Map(Object.entries(files).map(([path, svg]) => [path.slice(path.lastIndexOf("/") + 1, -".svg".length), svg]));

/** The bare icon of a resource type in the colour of its category. */
export function ResourceIcon({ type, size = 14, className }: { type: string; size?: number; className?: string }) {
  const look = lookOf(type);
  return <Icon name={look.icon} category={look.category} size={size} className={className} />;
}

/** The icon on its tinted tile: 28 px on cards, 20 px in lists. */
export function ResourceTile({ type, size = 28, icon }: { type: string; size?: 20 | 24 | 28; icon?: string }) {
  const look = lookOf(type);
  const inner = size === 28 ? 16 : 13;
  return (
    <span
      data-category={look.category}
      style={{ width: size, height: size }}
      className={classes("tile grid flex-none place-items-center", size === 28 ? "rounded-[7px]" : "rounded-[5px]")}
    >
      <span style={{ width: inner, height: inner }} aria-hidden dangerouslySetInnerHTML={{ __html: svgOf(icon ?? look.icon) }} />
    </span>
  );
}

function Icon({ name, category, size, className }: { name: string; category: Category; size: number; className?: string | undefined }) {
  return (
    <span
      data-category={category}
      aria-hidden
      style={{ width: size, height: size, color: "var(--c)" }}
      className={classes("inline-block flex-none [&>svg]:size-full", className)}
      // Our own files, read when the Studio was built.
      dangerouslySetInnerHTML={{ __html: svgOf(name) }}
    />
  );
}

/** Markup of an icon by file name; for drawing into a canvas too. */
export function svgOf(name: string): string {
  return icons.get(name) ?? icons.get("generic") ?? "";
}
