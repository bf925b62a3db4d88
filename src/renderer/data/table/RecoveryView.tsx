import { ArchiveRestore, History, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { TableFacts } from "../../../model/tableQuery.ts";
import { formatBytes, formatWhole } from "../../app/format.ts";
import { confirm } from "../../app/stores/dialogs.ts";
import { clockNow, useLive } from "../../app/stores/live.ts";
import { Button } from "../../app/ui/Button.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { TextField } from "../../app/ui/TextField.tsx";
import { Toggle } from "../../app/ui/Toggle.tsx";
import { formatClockTime, formatDay } from "../../timeline/duration.ts";
import type { DataResource } from "../dataActions.ts";
import { backUp, deleteBackup, restoreBackup, restoreTo, setRecovery } from "./tableActions.ts";
import { t } from "../../app/texts/texts.ts";

export interface RecoveryProps {
  table: DataResource;
  facts: TableFacts;
  onDone(): void;
}

const NAME = /^[a-zA-Z0-9_.-]{3,255}$/;

/** Point-in-time recovery and backups: what the table was, made into a new one. */
export function RecoveryView({ table, facts, onDone }: RecoveryProps) {
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <div className="max-w-[880px] p-4">
        <div className="rounded-lg border border-line bg-panel p-3">
          <div className="flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <h3 className="font-medium">{t("Point-in-time recovery")}</h3>
              <p className="mt-0.5 text-fg-2">
                {facts.recovery === null
                  ? t("Off. On, each change keeps what was there before, and the table can be restored to any moment since.")
                  : t("Each change of the last {{days}} days is kept. The table can be restored to any moment since {{earliest}}.", {
                      days: facts.recovery.days,
                      earliest: moment(facts.recovery.earliest),
                    })}
              </p>
            </div>
            <Toggle
              label={t("Point-in-time recovery")}
              isOn={facts.recovery !== null}
              onChange={(isOn) => (isOn ? void setRecovery(table, true).then(onDone) : askOff(table, onDone))}
            />
          </div>
          {facts.recovery !== null && <RestoreForm table={table} earliest={facts.recovery.earliest} />}
        </div>
        <Backups table={table} facts={facts} onDone={onDone} />
      </div>
    </div>
  );
}

function askOff(table: DataResource, onDone: () => void): void {
  confirm({
    title: t("Switch recovery off?"),
    detail: t("What was kept of earlier changes is deleted. Switched on again, recovery begins anew."),
    action: t("Switch off"),
    isDangerous: true,
    run: () => void setRecovery(table, false).then(onDone),
  });
}

/** As typed: `2026-11-21 14:02:11.204`, the clock's day where the person is. */
function moment(at: number): string {
  return `${formatDay(at)} ${formatClockTime(at)}`;
}

function RestoreForm({ table, earliest }: { table: DataResource; earliest: number }) {
  const [name, setName] = useState(`${table.name}-restored`);
  // The clock's moment when the panel opened: on the way back in time people go from where they stand.
  const [text, setText] = useState(() => moment(clockNow(useLive.getState())));
  const at = Date.parse(text.trim().replace(" ", "T"));
  const now = clockNow(useLive.getState());
  const problem = Number.isNaN(at)
    ? t("A moment looks like 2026-11-21 14:02:11.")
    : at > now
      ? t("This moment is still ahead of the clock.")
      : at < Math.floor(earliest)
        ? t("The earliest moment is {{earliest}}.", { earliest: moment(earliest) })
        : null;
  return (
    <form
      aria-label={t("Restore")}
      className="mt-3 flex flex-wrap items-center gap-1.5 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        void restoreTo(table, name, at);
      }}
    >
      <span className="text-fg-2">{t("Restore to")}</span>
      <TextField label={t("Moment to restore to")} isMono value={text} onChange={setText} problem={problem} className="w-52" />
      <IconButton label={t("The clock's moment")} size={24} type="button" onClick={() => setText(moment(clockNow(useLive.getState())))}>
        <History size={13} />
      </IconButton>
      <span className="text-fg-2">{t("as")}</span>
      <TextField
        label={t("Name of the restored table")}
        isMono
        value={name}
        onChange={setName}
        problem={NAME.test(name) ? null : t("3 to 255 letters, digits, _, - and dots.")}
        className="w-64"
      />
      <Button type="submit" size="compact" look="primary" disabled={problem !== null || !NAME.test(name)}>
        <ArchiveRestore size={12} />
        {t("Restore")}
      </Button>
      {problem !== null && <span className="text-xs text-error">{problem}</span>}
    </form>
  );
}

function Backups({ table, facts, onDone }: RecoveryProps): ReactNode {
  const [name, setName] = useState("");
  const isNamed = NAME.test(name);
  return (
    <section aria-label={t("Backups")} className="mt-4 rounded-lg border border-line bg-panel">
      <header className="flex items-center gap-2 px-3 py-2">
        <h3 className="font-medium">{t("Backups")}</h3>
        <span className="flex-1" />
        <TextField
          label={t("Name of the backup")}
          placeholder={t("name of a new backup")}
          isMono
          value={name}
          onChange={setName}
          className="w-52"
        />
        <Button
          size="compact"
          disabled={!isNamed}
          onClick={() =>
            void backUp(table, name).then((isDone) => {
              if (isDone) setName("");
              onDone();
            })
          }
        >
          {t("Back up")}
        </Button>
      </header>
      {facts.backups.length === 0 ? (
        <p className="border-t border-line px-3 py-2.5 text-fg-3">
          {t("None yet. A backup is the whole table as it is now; it outlives the table.")}
        </p>
      ) : (
        <ul>
          {facts.backups.map((backup) => (
            <li key={backup.arn} className="flex h-8 items-center gap-3 border-t border-line pr-1.5 pl-3">
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{backup.name}</span>
              <span className="text-xs text-fg-3 tabular-nums">
                {t("{{items}} items · {{bytes}} · {{at}}", {
                  items: formatWhole(backup.items),
                  bytes: formatBytes(backup.bytes),
                  at: moment(backup.at),
                })}
              </span>
              <Button look="quiet" size="compact" onClick={() => void restoreBackup(table, backup.arn, `${table.name}-${backup.name}`)}>
                {t("Restore")}
              </Button>
              <IconButton
                label={t("Delete backup {{name}}", { name: backup.name })}
                size={24}
                onClick={() =>
                  confirm({
                    title: t("Delete backup {{name}}?", { name: backup.name }),
                    detail: t("The table itself stays as it is. This cannot be undone."),
                    action: t("Delete"),
                    isDangerous: true,
                    run: () => void deleteBackup(table, backup.arn).then(onDone),
                  })
                }
              >
                <Trash2 size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
