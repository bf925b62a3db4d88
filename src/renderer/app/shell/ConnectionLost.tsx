import { Unplug } from "lucide-react";
import { useProject } from "../stores/project.ts";
import { t } from "../texts/texts.ts";

/** Says that nothing reaches the server now, and that typed text is safe meanwhile. */
export function ConnectionLost() {
  const connection = useProject((state) => state.connection);
  const hasSession = useProject((state) => state.session !== null);
  if (connection !== "lost") return null;
  return (
    <div
      role="alert"
      className="flex min-h-8 flex-none items-center justify-center gap-2 border-b border-line bg-error-soft px-4 text-error"
    >
      <Unplug size={14} />
      {hasSession
        ? t(
            "The Studio server does not answer. What you typed is kept, and this page reconnects when it is back. If you have ended it, start Contrail again and open the URL that it prints.",
          )
        : t("The Studio server does not let this page in. Open the URL that `npm start` printed, token included.")}
    </div>
  );
}
