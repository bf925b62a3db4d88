import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { closeNotice, useNotices } from "../stores/notices.ts";
import { Button } from "./Button.tsx";
import { IconButton } from "./IconButton.tsx";
import { t } from "../texts/texts.ts";

const icons = {
  info: <Info size={14} className="text-accent" />,
  ok: <CircleCheck size={14} className="text-ok" />,
  error: <CircleAlert size={14} className="text-error" />,
};

export function Toasts() {
  const notices = useNotices((state) => state.notices);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed right-4 bottom-9 z-50 flex w-80 flex-col gap-2">
      {notices.map((notice) => (
        <div key={notice.id} className="pop pointer-events-auto flex gap-2 rounded-lg border border-line-strong bg-raised p-2.5 shadow-3">
          <span className="pt-0.5">{icons[notice.tone]}</span>
          <div className="min-w-0 flex-1">
            <p className="font-medium">{notice.title}</p>
            {notice.detail !== undefined && (
              <p data-selectable className="mt-0.5 text-xs break-words text-fg-2">
                {notice.detail}
              </p>
            )}
            {notice.action !== undefined && (
              <Button
                size="compact"
                className="mt-1.5"
                onClick={() => {
                  notice.action?.run();
                  closeNotice(notice.id);
                }}
              >
                {notice.action.title}
              </Button>
            )}
          </div>
          <IconButton label={t("Close")} size={20} onClick={() => closeNotice(notice.id)}>
            <X size={12} />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
