import type { ReactNode } from "react";
import { SidePane } from "../app/ui/SidePane.tsx";
import { t } from "../app/texts/texts.ts";

/** What was chosen in a list, beside it; as wide as it was left, in every view of the data. */
export function DetailSide({ children }: { children: ReactNode }) {
  return (
    <SidePane name="data.side" label={t("Width of the detail")} side="right" width={380} min={260} max={900} className="flex">
      <aside className="flex min-w-0 flex-1 flex-col" aria-label={t("Detail")}>
        {children}
      </aside>
    </SidePane>
  );
}
