import { TriangleAlert } from "lucide-react";
import { Button } from "../../app/ui/Button.tsx";
import { showInText } from "../stateText.ts";
import type { Workflow } from "../useWorkflow.ts";
import { t } from "../../app/texts/texts.ts";
import { tWords } from "../../app/texts/words.ts";

/** Why the canvas takes no changes: the text cannot be read, and it shows the last that could; or it cannot be written back. */
export function StaleBanner({ workflow }: { workflow: Workflow }) {
  const { source } = workflow;
  return (
    <div
      role="status"
      className="absolute top-12 left-1/2 z-10 flex w-max max-w-[calc(100%-24px)] -translate-x-1/2 items-center gap-2.5 rounded-lg border border-line-strong bg-raised py-1.5 pr-1.5 pl-3 shadow-2"
    >
      <TriangleAlert size={14} className="flex-none text-throttled" />
      <span className="min-w-0">
        <span className="font-medium">
          {source.readOnly === null ? t("{{file}} cannot be read.", { file: source.file }) : t("Read-only here.")}
        </span>{" "}
        <span className="text-fg-2">
          {source.readOnly !== null
            ? tWords(source.readOnly)
            : t("The canvas shows it as it was, and takes no changes until the text is mended.")}
        </span>
      </span>
      <Button size="compact" onClick={() => showInText(source, [])}>
        {t("Show in the text")}
      </Button>
    </div>
  );
}
