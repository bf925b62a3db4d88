import { Plus, SendHorizontal, X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { isServing, useRun } from "../app/stores/run.ts";
import { Button } from "../app/ui/Button.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Select } from "../app/ui/Select.tsx";
import { Count } from "../app/ui/Tabs.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { classes } from "../app/ui/classes.ts";
import { CodeField } from "../editors/CodeField.tsx";
import { draftProblem, editDraft, sendDraft, useComposer, type Draft } from "./requestDraft.ts";
import { parameterNames } from "./examples.ts";
import { TargetPicker } from "./TargetPicker.tsx";
import type { RequestTarget } from "./targets.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].map((method) => ({ value: method, title: method }));
const bodyTitles = perLanguage((): Readonly<Record<RequestTarget["type"], string>> => ({
  http: t("Body"),
  invoke: t("Event"),
  message: t("Message"),
  start: t("Input"),
  socket: t("Message"),
  item: t("Item"),
}));

export function Composer({ targets }: { targets: readonly RequestTarget[] }) {
  const { target, draft, isSending, isPreparing } = useComposer();
  const run = useRun((state) => state.run);
  const isHttp = target?.type === "http";
  const hasBody = !isHttp || (draft.method !== "GET" && draft.method !== "HEAD");
  // What a person chose holds for the target it was chosen for.
  const [chosen, setChosen] = useState<{ readonly target: RequestTarget | null; readonly view: "body" | "headers" } | null>(null);
  const view = chosen?.target === target ? chosen.view : hasBody ? "body" : "headers";
  const setView = (next: "body" | "headers"): void => setChosen({ target, view: next });

  const problem = draftProblem({ target, draft });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    void sendDraft();
  };
  return (
    <div className="flex h-full min-h-0 flex-col" aria-busy={isPreparing} onKeyDown={onKeyDown}>
      <div className="flex flex-none items-center gap-1.5 px-3 pt-2.5 pb-2">
        <TargetPicker targets={targets} selected={target} />
        {isHttp && (
          <>
            <Select
              label={t("Method")}
              value={draft.method}
              options={methods}
              onChange={(method) => editDraft({ method })}
              isMono
              className="w-[80px] flex-none"
            />
            <TextField
              label={t("Path and query")}
              value={draft.path}
              onChange={(path) => editDraft({ path })}
              isMono
              className="min-w-16 flex-[1_1_140px]"
            />
          </>
        )}
        {!isHttp && <span className="flex-1" />}
        <Button
          look="primary"
          shortcut="mod+enter"
          className={isServing(run) ? "@max-[480px]:[&_kbd]:hidden" : "@max-[560px]:[&_kbd]:hidden"}
          disabled={problem !== null || isSending}
          title={problem ?? undefined}
          onClick={() => void sendDraft()}
        >
          <SendHorizontal size={13} />
          {isSending ? t("Sending…") : isServing(run) ? t("Send") : t("Run and send")}
        </Button>
      </div>
      <PathParameters draft={draft} />
      <div
        role="tablist"
        aria-label={t("Parts of the request")}
        className="flex h-7 flex-none items-center gap-3 border-b border-line px-3 text-[11.5px]"
      >
        <PartTab title={bodyTitles()[target?.type ?? "http"]} isSelected={view === "body"} onSelect={() => setView("body")} />
        {isHttp && (
          <PartTab title={t("Headers")} count={draft.headers.length} isSelected={view === "headers"} onSelect={() => setView("headers")} />
        )}
        {problem !== null && target !== null && <span className="ml-auto truncate text-throttled">{problem}</span>}
      </div>
      <div className="min-h-0 flex-1">
        {view === "headers" && isHttp ? (
          <HeaderFields headers={draft.headers} />
        ) : hasBody ? (
          <CodeField
            label={bodyTitles()[target?.type ?? "http"]}
            language={looksLikeJson(draft.body) || target?.type !== "message" ? "json" : "plaintext"}
            value={draft.body}
            onChange={(body) => body !== useComposer.getState().draft.body && editDraft({ body })}
            onSubmit={() => void sendDraft()}
          />
        ) : (
          <p className="px-3 py-3 text-fg-3">{t("{{method}} requests carry no body.", { method: draft.method })}</p>
        )}
      </div>
    </div>
  );
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function PartTab({ title, count = 0, isSelected, onSelect }: { title: string; count?: number; isSelected: boolean; onSelect(): void }) {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={isSelected}
      onClick={onSelect}
      className={classes("flex items-center gap-1.5", isSelected ? "font-medium text-fg" : "text-fg-2 hover:text-fg")}
    >
      {title}
      {count > 0 && <Count value={count} />}
    </button>
  );
}

function PathParameters({ draft }: { draft: Draft }) {
  const names = parameterNames(draft.path);
  if (names.length === 0) return null;
  return (
    <div className="flex flex-none flex-wrap gap-x-4 gap-y-1.5 px-3 pb-2">
      {names.map((name) => (
        <div key={name} className="flex items-center gap-2">
          <span className="font-mono text-xs text-(--syn-key)">{`{${name}}`}</span>
          <TextField
            label={t("Path parameter {{name}}", { name })}
            value={draft.parameters[name] ?? ""}
            placeholder={t("value")}
            onChange={(value) => editDraft({ parameters: { ...draft.parameters, [name]: value } })}
            isMono
            className="w-64"
          />
        </div>
      ))}
    </div>
  );
}

function HeaderFields({ headers }: { headers: Draft["headers"] }) {
  const change = (at: number, header: readonly [string, string] | null): void =>
    editDraft({
      headers: header === null ? headers.filter((_, index) => index !== at) : headers.map((one, index) => (index === at ? header : one)),
    });
  return (
    <div className="flex h-full flex-col gap-1 overflow-auto px-3 py-2">
      {headers.map(([name, value], at) => (
        <div key={at} className="flex items-center gap-1.5">
          <TextField
            label={t("Header name")}
            value={name}
            placeholder={t("name")}
            onChange={(next) => change(at, [next, value])}
            isMono
            className="w-44"
          />
          <TextField
            label={t("Value of {{name}}", { name })}
            value={value}
            placeholder={t("value")}
            onChange={(next) => change(at, [name, next])}
            isMono
            className="min-w-0 flex-1"
          />
          <IconButton label={t("Remove {{name}}", { name: name || t("header") })} size={24} onClick={() => change(at, null)}>
            <X size={13} />
          </IconButton>
        </div>
      ))}
      <Button size="compact" look="quiet" className="self-start" onClick={() => editDraft({ headers: [...headers, ["", ""]] })}>
        <Plus size={12} />
        {t("Add header")}
      </Button>
    </div>
  );
}
