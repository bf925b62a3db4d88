import { Unplug } from "lucide-react";
import { useState, type FormEvent } from "react";
import { connectAgain } from "../api.ts";
import { useProject } from "../stores/project.ts";
import { t } from "../texts/texts.ts";
import { Button } from "../ui/Button.tsx";

/** Says that nothing reaches the server now, and that typed text is safe meanwhile. */
export function ConnectionLost() {
  const connection = useProject((state) => state.connection);
  const hasSession = useProject((state) => state.session !== null);
  if (connection !== "lost" && connection !== "refused") return null;
  const isStartedAgain = connection === "refused" && hasSession;
  return (
    <div
      role="alert"
      className="flex min-h-8 flex-none items-center justify-center gap-2 border-b border-line bg-error-soft px-4 text-error"
    >
      <Unplug size={14} className="flex-none" />
      {isStartedAgain
        ? t("Contrail was started again. What you typed is still here: paste the Studio address that it printed.")
        : hasSession
          ? t(
              "The Studio server does not answer. What you typed is kept, and this page reconnects when it is back. If you have ended it, start Contrail again: this page then asks for the address that it prints.",
            )
          : t("The Studio server does not let this page in. Open the URL that `npm start` printed, token included.")}
      {isStartedAgain && <AddressForm />}
    </div>
  );
}

function AddressForm() {
  const [address, setAddress] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setIsWrong(!connectAgain(address));
  };
  return (
    <form onSubmit={submit} className="flex flex-none items-center gap-2">
      <input
        aria-label={t("Studio address")}
        aria-invalid={isWrong}
        placeholder={`${location.origin}/?token=…`}
        spellCheck={false}
        autoComplete="off"
        value={address}
        onChange={(event) => {
          setAddress(event.target.value);
          setIsWrong(false);
        }}
        className="h-6 w-64 rounded-sm border border-line-strong bg-input px-2 font-mono text-xs text-fg outline-none placeholder:text-fg-3 focus-visible:border-accent"
      />
      <Button size="compact" type="submit">
        {t("Connect")}
      </Button>
      {isWrong && (
        <span className="text-xs">{t("That is no address of this page: it begins with {{origin}}", { origin: location.origin })}</span>
      )}
    </form>
  );
}
