import type { ReactNode } from "react";
import { Splitter } from "../app/ui/Splitter.tsx";
import { useRememberedSize } from "../timeline/rememberedSize.ts";
import { t } from "../app/texts/texts.ts";

/** What was chosen in a list, beside it; as wide as it was left, in every view of the data. */
export function DetailSide({ children }: { children: ReactNode }) {
  const [width, setWidth] = useRememberedSize("data.side", 380);
  return (
    <>
      <Splitter label={t("Width of the detail")} direction="vertical" size={width} min={260} max={900} sign={-1} onResize={setWidth} />
      <aside style={{ width }} className="flex min-h-0 flex-none flex-col" aria-label={t("Detail")}>
        {children}
      </aside>
    </>
  );
}
