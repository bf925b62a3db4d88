import { X } from "lucide-react";
import type { Breakpoint } from "../../model/run.ts";
import { selectResources } from "../app/stores/selection.ts";
import { Checkbox } from "../app/ui/Checkbox.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { setBreakpoints } from "./stepping.ts";
import { t } from "../app/texts/texts.ts";

export function Breakpoints({ breakpoints }: { breakpoints: readonly Breakpoint[] }) {
  return (
    <section aria-label={t("Breakpoints")} className="flex-none">
      <h3 className="flex h-[26px] items-center px-3 text-xs font-medium text-fg-3">{t("Breakpoints")}</h3>
      {breakpoints.length === 0 && <p className="px-3 text-fg-3">{t("None. The context menu of a node or connection sets one.")}</p>}
      {breakpoints.map((one) => (
        <div key={one.id} className="group/breakpoint flex h-6 items-center gap-2 px-3 hover:bg-hover">
          <Checkbox
            label={t("Stop at {{one}}", { one: placeOf(one) })}
            isOn={one.isEnabled}
            onChange={(isEnabled) => void setBreakpoints(breakpoints.map((other) => (other === one ? { ...one, isEnabled } : other)))}
          />
          <button
            type="button"
            className="min-w-0 flex-1 truncate text-left"
            onClick={() => selectResources(one.on.type === "resource" ? [one.on.logicalId] : [one.on.from, one.on.to], { reveal: true })}
          >
            {placeOf(one)}
          </button>
          <span className="opacity-0 group-focus-within/breakpoint:opacity-100 group-hover/breakpoint:opacity-100">
            <IconButton
              label={t("Remove breakpoint")}
              size={20}
              onClick={() => void setBreakpoints(breakpoints.filter((other) => other !== one))}
            >
              <X size={12} />
            </IconButton>
          </span>
        </div>
      ))}
    </section>
  );
}

function placeOf({ on }: Breakpoint): string {
  return on.type === "resource" ? on.logicalId : `${on.from} → ${on.to}`;
}
