import type { ReactNode } from "react";
import { classes } from "../../app/ui/classes.ts";

/** The row of titles over a list of an execution; stays when the list is scrolled. */
export function TableHead({
  template,
  className = "border-b px-3",
  children,
}: {
  template: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      role="row"
      className={classes("sticky top-0 z-10 grid h-6 items-center border-line bg-panel text-xs font-medium text-fg-3", className)}
      style={{ gridTemplateColumns: template }}
    >
      {children}
    </div>
  );
}

export function columnTitles(titles: readonly string[]): ReactNode {
  return titles.map((title) => (
    <span key={title} role="columnheader">
      {title}
    </span>
  ));
}
