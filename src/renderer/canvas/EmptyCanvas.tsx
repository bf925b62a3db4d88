import { Workflow } from "lucide-react";
import { runCommand } from "../app/commands.ts";
import { Button } from "../app/ui/Button.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { t } from "../app/texts/texts.ts";

export function EmptyCanvas() {
  return (
    <div className="pointer-events-none absolute inset-0 z-[6] [&_button]:pointer-events-auto">
      <EmptyState
        icon={<Workflow size={18} />}
        title={t("Draw the first resource")}
        action={
          <Button look="primary" shortcut="/" onClick={() => runCommand("canvas.quickAdd")}>
            {t("Add a resource")}
          </Button>
        }
      >
        {t(
          "Drag one from the palette, or press / and type its name. What you draw is written into the template, and what stands in the template is drawn.",
        )}
      </EmptyState>
    </div>
  );
}
