import { Plug, Plus, SendHorizontal, Unplug, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { isJsonObject } from "../../model/json.ts";
import { Button } from "../app/ui/Button.tsx";
import { Dot } from "../app/ui/Chip.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { classes } from "../app/ui/classes.ts";
import { CodeField } from "../editors/CodeField.tsx";
import { t } from "../app/texts/texts.ts";
import { messageForRoute } from "./examples.ts";
import { editDraft, useComposer } from "./requestDraft.ts";
import { closeSocket, connectSocket, forgetSession, selectSession, sendOnSocket, sessionOf, useSockets } from "./socketSessions.ts";
import { TargetPicker } from "./TargetPicker.tsx";
import type { RequestTarget, SocketTarget } from "./targets.ts";

/** A person's connections to a WebSocket API: made, spoken on by route, ended. */
export function SocketComposer({ target, targets }: { target: SocketTarget; targets: readonly RequestTarget[] }) {
  const { draft } = useComposer();
  const sockets = useSockets();
  const session = sessionOf(sockets, target.name);
  const isOpen = session?.isOpen === true;
  const query = session?.query ?? draft.path;
  const route = routeOf(target, draft.body);
  const send = (): void => {
    if (isOpen && draft.body !== "") void sendOnSocket(session.id, draft.body);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="flex h-full min-h-0 flex-col" onKeyDown={onKeyDown}>
      <div className="flex flex-none items-center gap-1.5 px-3 pt-2.5 pb-2">
        <TargetPicker targets={targets} selected={target} />
        <TextField
          label={t("Path and query")}
          value={query}
          placeholder="?name=value"
          disabled={session !== undefined}
          onChange={(path) => editDraft({ path })}
          isMono
          className="min-w-16 flex-[1_1_140px]"
        />
        {isOpen ? (
          <Button onClick={() => void closeSocket(session.id)}>
            <Unplug size={13} />
            {t("Disconnect")}
          </Button>
        ) : (
          <Button look="primary" disabled={sockets.isConnecting} onClick={() => void connectSocket(target.name, query)}>
            <Plug size={13} />
            {sockets.isConnecting ? t("Connecting…") : t("Connect")}
          </Button>
        )}
      </div>
      <Sessions resource={target.name} selected={session?.id ?? null} />
      {sockets.refusal !== null && (
        <p role="alert" className="mx-3 mb-2 rounded-md bg-error-soft px-2 py-1.5 text-error">
          {sockets.refusal}
        </p>
      )}
      <div className="flex h-9 flex-none items-center gap-2 border-b border-line px-3 text-[11.5px]">
        <span className="font-medium">{t("Message")}</span>
        {target.routes.length > 0 && (
          <Select
            label={t("Route")}
            value={route}
            options={target.routes.map((value) => ({ value, title: value }))}
            placeholder={t("As written")}
            onChange={(chosen) => editDraft({ body: messageForRoute(target, chosen) })}
            isMono
            className="w-40 flex-none"
          />
        )}
        <span className="flex-1" />
        <Button
          size="compact"
          look={isOpen ? "primary" : "plain"}
          shortcut="mod+enter"
          disabled={!isOpen || draft.body === ""}
          title={isOpen ? undefined : t("Connect first.")}
          onClick={send}
        >
          <SendHorizontal size={12} />
          {t("Send")}
        </Button>
      </div>
      <div className="min-h-0 flex-1">
        <CodeField
          label={t("Message")}
          language={/^\s*[[{]/.test(draft.body) ? "json" : "plaintext"}
          value={draft.body}
          onChange={(body) => body !== useComposer.getState().draft.body && editDraft({ body })}
          onSubmit={send}
        />
      </div>
    </div>
  );
}

/** The route that a message would choose; empty: that cannot be told from here. */
function routeOf({ chooses, routes }: SocketTarget, body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    const said = isJsonObject(value) && chooses !== null ? value[chooses] : undefined;
    return routes.find((route) => route === said) ?? (chooses !== null && routes.includes("$default") ? "$default" : "");
  } catch {
    return routes.includes("$default") ? "$default" : "";
  }
}

/** One chip for each connection: several make a conversation. */
function Sessions({ resource, selected }: { resource: string; selected: string | null }) {
  const all = useSockets((state) => state.sessions);
  const sessions = all.filter((session) => session.resource === resource);
  if (sessions.length === 0) return null;
  return (
    <div role="group" aria-label={t("Connections")} className="flex flex-none flex-wrap items-center gap-1.5 px-3 pb-2">
      {sessions.map(({ id, query, isOpen }, index) => (
        <span
          key={id}
          className={classes(
            "flex items-center rounded-md border",
            id === selected ? "border-accent bg-accent-soft" : "border-line bg-input",
          )}
        >
          <button
            type="button"
            aria-pressed={id === selected}
            onClick={() => selectSession(id)}
            className="flex h-6 max-w-52 items-center gap-1.5 px-2 font-mono text-[11px]"
          >
            <Dot tone={isOpen ? "ok" : "waiting"} />
            <span className="truncate">{query === "" ? t("connection {{number}}", { number: index + 1 }) : query.replace(/^\??/, "")}</span>
          </button>
          {!isOpen && (
            <IconButton label={t("Take {{query}} off the list", { query })} size={24} onClick={() => forgetSession(id)}>
              <X size={11} />
            </IconButton>
          )}
        </span>
      ))}
      {selected !== null && (
        <Button size="compact" look="quiet" onClick={() => selectSession(null)}>
          <Plus size={12} />
          {t("Another connection")}
        </Button>
      )}
    </div>
  );
}
