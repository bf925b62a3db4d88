import type { ReactNode } from "react";

/** A titled part of a panel: 11 px heading, actions at its right end. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-t border-line pt-1.5 pb-2.5 first:border-t-0">
      <header className="flex h-6 items-center gap-1.5 px-3 text-xs font-medium text-fg-3">
        <h3 className="font-medium">{title}</h3>
        <div className="ml-auto flex items-center gap-1 font-normal">{actions}</div>
      </header>
      {children}
    </section>
  );
}
