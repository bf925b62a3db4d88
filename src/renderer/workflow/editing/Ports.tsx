import { Tooltip } from "../../app/ui/Tooltip.tsx";
import type { WorkflowState } from "../workflowGraph.ts";
import type { ConnectKind } from "./dragging.ts";
import { kindsOfWaysFrom } from "./stateActions.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

const words = perLanguage((): Record<ConnectKind, string> => ({
  next: t("Drag to the state that follows"),
  choice: t("Drag to where a new rule leads"),
  default: t("Drag to where it goes when no rule holds"),
  catch: t("Drag to what handles an error"),
}));

/** Where lines are drawn from: below what follows, at the side what happens otherwise. `c` does the same by keyboard. */
export function Ports({ state }: { state: WorkflowState }) {
  return kindsOfWaysFrom(state).map((kind) => (
    <Tooltip key={kind} text={words()[kind]} side={kind === "next" || kind === "choice" ? "bottom" : "right"}>
      <span data-connect={kind} className="way-port nopan" />
    </Tooltip>
  ));
}
