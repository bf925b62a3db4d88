import { Bug, Trash2 } from "lucide-react";
import type { Breakpoint } from "../../model/run.ts";
import { useLive } from "../app/stores/live.ts";
import { selectConnection, selectResources } from "../app/stores/selection.ts";
import { useDesign } from "../app/stores/design.ts";
import { Checkbox } from "../app/ui/Checkbox.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { removeBreakpoint, setBreakpointEnabled } from "../canvas/stepping/breakpoints.ts";
import { t } from "../app/texts/texts.ts";

export function BreakpointList() {
  const breakpoints = useLive((live) => live.debugger.breakpoints);
  if (breakpoints.length === 0) {
    return (
      <EmptyState icon={<Bug size={18} />} title={t("No breakpoints")}>
        {t(
          "A breakpoint holds every message on its way into a resource or over a connection, before it is handled. Select one on the canvas and press F9.",
        )}
      </EmptyState>
    );
  }
  return (
    <ul className="min-h-0 flex-1 overflow-auto py-1" aria-label={t("Breakpoints")}>
      {breakpoints.map((breakpoint) => (
        <Row key={breakpoint.id} breakpoint={breakpoint} />
      ))}
    </ul>
  );
}

function Row({ breakpoint }: { breakpoint: Breakpoint }) {
  const connections = useDesign((state) => state.design.connections);
  const { on } = breakpoint;
  const title = on.type === "resource" ? on.logicalId : `${on.from} → ${on.to}`;
  const show = (): void => {
    if (on.type === "resource") selectResources([on.logicalId], { reveal: true });
    else {
      const connection = connections.find((one) => one.from === on.from && one.to === on.to);
      if (connection !== undefined) selectConnection(connection.id, { reveal: true });
    }
  };
  return (
    <li className="flex h-[26px] items-center gap-2 pr-1.5 pl-3 hover:bg-hover">
      <Checkbox
        label={t("Breakpoint on {{title}} is enabled", { title })}
        isOn={breakpoint.isEnabled}
        onChange={(isOn) => setBreakpointEnabled(breakpoint.id, isOn)}
      />
      <button type="button" onClick={show} className="min-w-0 flex-1 truncate text-left">
        {title}
      </button>
      <IconButton label={t("Remove")} size={20} onClick={() => removeBreakpoint(breakpoint.id)}>
        <Trash2 size={12} />
      </IconButton>
    </li>
  );
}
