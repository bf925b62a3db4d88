import { Chip } from "../../app/ui/Chip.tsx";
import { showDock } from "../../app/stores/layout.ts";
import { openedWords } from "./ExecutionHeader.tsx";
import { statusTone } from "./executionWords.ts";
import { useVirtualNow } from "./virtualNow.ts";
import { useWatched } from "./watched.ts";

/** Which execution is laid over the states; leads to it in the dock. */
export function ExecutionChip({ machine }: { machine: string }) {
  const { opened } = useWatched(machine);
  const now = useVirtualNow(opened?.execution.status === "RUNNING");
  if (opened === null) return null;
  const { execution } = opened;
  return (
    <button
      type="button"
      onClick={() => showDock("execution")}
      className="flex h-7 max-w-72 items-center gap-2 rounded-md border border-line-strong bg-raised px-2.5 shadow-2 hover:border-edge"
    >
      <span className="min-w-0 truncate font-mono text-xs">{execution.name}</span>{" "}
      <Chip tone={opened.waiting.length > 0 ? "waiting" : statusTone(execution.status)}>{openedWords(opened, now)}</Chip>
    </button>
  );
}
