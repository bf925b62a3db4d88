import { Minus, Pencil, Plus, RefreshCw } from "lucide-react";
import { Popover } from "radix-ui";
import { useEffect, type ReactElement } from "react";
import { dismissDifference, useRun } from "../stores/run.ts";
import { selectResources } from "../stores/selection.ts";
import { t } from "../texts/texts.ts";

const shownMilliseconds = 7000;
/** From here on a list would say less than a number. */
const manyAdded = 5;

/** Hangs under Run: what the last deploy added, changed and removed. Goes by itself unless it is being read. */
export function DeployPopover({ children }: { children: ReactElement }) {
  const difference = useRun((state) => state.freshDifference);
  const isRedeploy = useRun((state) => state.isRedeploy);
  const isEmpty = difference === null || difference.added.length + difference.changed.length + difference.removed.length === 0;
  useEffect(() => {
    if (isEmpty) return;
    const timer = setTimeout(dismissDifference, shownMilliseconds);
    return () => clearTimeout(timer);
  }, [difference, isEmpty]);

  return (
    <Popover.Root open={!isEmpty && !isRedeploy} onOpenChange={(isOpen) => !isOpen && dismissDifference()}>
      <Popover.Anchor asChild>
        <span>{children}</span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={8}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          aria-label={t("What was deployed")}
          className="pop z-30 max-h-96 w-72 overflow-auto rounded-lg border border-line-strong bg-raised py-2 shadow-3 outline-none"
        >
          <p className="px-3 pb-1.5 text-xs font-medium text-fg-3">{t("Deployed")}</p>
          {difference !== null && difference.added.length > manyAdded ? (
            <p className="flex h-6 items-center gap-2 px-3">
              <Plus size={12} className="text-ok" />
              {t("{{count}} resources are new", { count: difference.added.length })}
            </p>
          ) : (
            difference?.added.map((id) => <Row key={id} id={id} icon={<Plus size={12} className="text-ok" />} detail={t("new")} />)
          )}
          {difference?.changed.map((change) => (
            <Row
              key={change.logicalId}
              id={change.logicalId}
              icon={change.isReplaced ? <RefreshCw size={12} className="text-throttled" /> : <Pencil size={12} className="text-accent" />}
              detail={
                change.isReplaced
                  ? t("replaced: {{properties}}", { properties: change.properties.join(", ") })
                  : change.properties.join(", ") || t("code")
              }
            />
          ))}
          {difference?.removed.map((id) => (
            <Row key={id} id={id} icon={<Minus size={12} className="text-error" />} detail={t("removed")} />
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Row({ id, icon, detail }: { id: string; icon: ReactElement; detail: string }) {
  return (
    <button
      type="button"
      onClick={() => selectResources([id], { reveal: true })}
      className="flex h-6 w-full items-center gap-2 px-3 text-left hover:bg-hover"
    >
      {icon}
      <span className="truncate">{id}</span>
      <span className="ml-auto truncate pl-4 text-xs text-fg-3" title={detail}>
        {detail}
      </span>
    </button>
  );
}
