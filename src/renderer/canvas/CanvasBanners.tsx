import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { replaceBrokenCanvas, useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { Button } from "../app/ui/Button.tsx";
import { revealInEditor } from "../editors/reveal.ts";

/** What keeps the canvas from being the whole truth, said on it. */
export function CanvasBanners() {
  const isBroken = useDesign((state) => state.isBroken);
  const problem = useDesign((state) => (state.isBroken ? state.problems.find((one) => one.severity === "error") : undefined));
  const canvasProblem = useCanvasFile((state) => state.problem);
  return (
    <div className="@container pointer-events-none absolute inset-x-0 top-3 z-10">
      {/* In a narrow canvas below the zoom controls instead of beside them. */}
      <div className="flex flex-col items-center gap-2 px-3 pt-9.5 @3xl:px-40 @3xl:pt-0">
        {isBroken && (
          <Banner>
            <span className="min-w-0 truncate" title={problem?.message}>
              The template does not parse: this is the last design that could be read.
            </span>
            {problem !== undefined && (
              <Button
                size="compact"
                onClick={() =>
                  revealInEditor(
                    { path: problem.file, line: problem.range?.start.line ?? 1, column: problem.range?.start.column ?? 1 },
                    { beside: true },
                  )
                }
              >
                Show line {problem.range?.start.line ?? 1}
              </Button>
            )}
          </Banner>
        )}
        {canvasProblem !== null && (
          <Banner>
            <span className="min-w-0 truncate" title={canvasProblem.message}>
              Positions could not be read: {canvasProblem.message} The file is left as it is.
            </span>
            <Button size="compact" onClick={replaceBrokenCanvas}>
              Replace it
            </Button>
          </Banner>
        )}
      </div>
    </div>
  );
}

function Banner({ children }: { children: ReactNode }) {
  return (
    <div
      role="alert"
      className="pop pointer-events-auto flex max-w-full items-center gap-2.5 rounded-lg border border-line-strong bg-raised py-1 pr-1 pl-2.5 shadow-2"
    >
      <TriangleAlert size={14} className="text-throttled" />
      {children}
    </div>
  );
}
