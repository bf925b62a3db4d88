import type { ReactNode } from "react";

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What this place is for, in one or two sentences. */
  children: ReactNode;
  /** The one button to begin. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid h-full min-h-0 place-items-center overflow-auto p-6">
      <div className="flex max-w-80 flex-col items-center text-center">
        <span className="mb-3 grid size-9 place-items-center rounded-lg border border-line bg-raised text-fg-3 shadow-1">{icon}</span>
        <p className="text-md font-semibold">{title}</p>
        <p className="mt-1 text-fg-2">{children}</p>
        {action !== undefined && <div className="mt-3 flex gap-2">{action}</div>}
      </div>
    </div>
  );
}
