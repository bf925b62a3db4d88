// A CDK app with several stacks: which of them to open.
import { Layers } from "lucide-react";
import { useEffect, useState } from "react";
import type { AppStack } from "../../../model/studioApi.ts";
import { call } from "../api.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { openProject } from "../stores/project.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { t } from "../texts/texts.ts";
import { messageOf } from "../texts/words.ts";

export function StackDialog({ path }: { path: string }) {
  return (
    <Dialog
      title={t("Choose a stack")}
      description={t(
        "{{path}} is a CDK app with several stacks. One is drawn and run at a time; the menu at the project's name changes to another.",
        { path },
      )}
      isOpen
      onClose={closeDialog}
      actions={<Button onClick={closeDialog}>{t("Cancel")}</Button>}
    >
      <StackList path={path} onOpen={closeDialog} />
    </Dialog>
  );
}

/** The stacks of the app at a path; a click opens one. */
export function StackList({ path, onOpen }: { path: string; onOpen?(): void }) {
  const [stacks, setStacks] = useState<readonly AppStack[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    call("project.stacks", { path }).then(setStacks, (error: unknown) => setProblem(messageOf(error)));
  }, [path]);
  if (problem !== null) return <p className="text-error">{problem}</p>;
  return (
    <ul aria-label={t("Stacks")} className="overflow-hidden rounded-md border border-line bg-input">
      {stacks.map((stack) => (
        <li key={stack.path} className="border-b border-line last:border-b-0">
          <button
            type="button"
            onClick={() => {
              onOpen?.();
              void openProject(stack.path);
            }}
            className="flex w-full items-center gap-2.5 px-3 py-2 text-left hover:bg-hover"
          >
            <Layers size={14} className="flex-none text-accent" />
            <span className="truncate font-medium">{stack.name}</span>
            {stack.stackName !== stack.name && <span className="ml-auto truncate text-xs text-fg-3">{stack.stackName}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
