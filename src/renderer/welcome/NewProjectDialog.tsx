import { FileCode2, Square } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { type Starter, starterLanguages, starterPatterns } from "../../model/starters.ts";
import { call } from "../app/api.ts";
import { FolderPicker } from "../app/shell/FolderPicker.tsx";
import { closeDialog } from "../app/stores/dialogs.ts";
import { attempt } from "../app/stores/notices.ts";
import { createProject } from "../app/stores/project.ts";
import { Button } from "../app/ui/Button.tsx";
import { classes } from "../app/ui/classes.ts";
import { Dialog } from "../app/ui/Dialog.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { MiniatureView } from "./MiniatureView.tsx";
import { perLanguage, t } from "../app/texts/texts.ts";

type Pattern = "empty" | (typeof starterPatterns)[number];
type Language = (typeof starterLanguages)[number];

const patterns = perLanguage((): Readonly<Record<Pattern, { readonly title: string; readonly detail: string }>> => ({
  empty: { title: t("Empty"), detail: t("A template to draw in") },
  api: { title: t("HTTP API"), detail: t("Routes, a function, a table") },
  worker: { title: t("Worker"), detail: t("A queue, its dead letters, a function") },
  workflow: { title: t("Workflow"), detail: t("States that call a function") },
}));
const languages: Readonly<Record<Language, string>> = { typescript: "TypeScript", javascript: "JavaScript", python: "Python" };

export interface NewProjectDialogProps {
  /** Files that were dropped on a browser's window: they are what it begins with. */
  dropped?: { readonly name: string; readonly files: Readonly<Record<string, string>> } | undefined;
}

/** What a new project begins with, its name, and where its folder is made. */
export function NewProjectDialog({ dropped }: NewProjectDialogProps) {
  const [pattern, setPattern] = useState<Pattern>("empty");
  const [language, setLanguage] = useState<Language>("typescript");
  const [name, setName] = useState(dropped?.name ?? "my-system");
  const [directory, setDirectory] = useState<string | null>(null);
  const [starters, setStarters] = useState<readonly Starter[]>([]);
  useEffect(() => {
    void attempt(t("Read the patterns"), async () => setStarters(await call("project.starters", {})));
  }, []);

  const isNameValid = /^[\w][\w .-]{0,63}$/.test(name);
  const create = (): void => {
    if (directory === null || !isNameValid) return;
    closeDialog();
    void createProject({
      directory,
      name,
      ...(dropped === undefined ? {} : { files: dropped.files }),
      ...(dropped !== undefined || pattern === "empty" ? {} : { starter: { pattern, language } }),
    });
  };
  return (
    <Dialog
      title={t("New project")}
      description={
        dropped === undefined
          ? t("A folder with a template, ready to draw in, is made inside the folder that you choose.")
          : t(
              "A browser does not tell where a file lies, so what you dropped becomes a project of its own. To work on the files where they are, open their folder instead.",
            )
      }
      isOpen
      onClose={closeDialog}
      width={640}
      actions={
        <>
          <Button onClick={closeDialog}>{t("Cancel")}</Button>
          <Button look="primary" disabled={directory === null || !isNameValid} onClick={create}>
            {t("Create here")}
          </Button>
        </>
      }
    >
      {dropped === undefined ? (
        <>
          <Choices legend={t("Begin with")} className="mb-3 grid grid-cols-4 gap-2.5">
            {(["empty", ...starterPatterns] as const).map((one) => (
              <Choice key={one} group="pattern" isChosen={pattern === one} onChoose={() => setPattern(one)}>
                <span className="grid h-[68px] place-items-center border-b border-line bg-canvas px-3 py-2">
                  {one === "empty" ? (
                    <Square size={22} strokeDasharray="3 3" className="text-fg-3" />
                  ) : (
                    <PatternPicture starter={starters.find((starter) => starter.pattern === one)} />
                  )}
                </span>
                <span className="block px-2.5 pt-1.5 pb-2">
                  <span className="block font-semibold">{patterns()[one].title}</span>{" "}
                  <span className="block text-xs text-fg-3">{patterns()[one].detail}</span>
                </span>
              </Choice>
            ))}
          </Choices>
          <Choices legend={t("Language")} isInline isDisabled={pattern === "empty"} className="mb-3 flex items-center gap-1.5">
            {starterLanguages.map((one) => (
              <Choice key={one} group="language" isChosen={language === one} onChoose={() => setLanguage(one)}>
                <span className="block px-2.5 py-1 text-xs font-medium">{languages[one]}</span>
              </Choice>
            ))}
          </Choices>
        </>
      ) : (
        <FileNames files={Object.keys(dropped.files)} />
      )}
      <div className="mb-3 flex items-center gap-3">
        <span className="w-16 text-fg-2">{t("Name")}</span>
        <TextField
          label={t("Name of the project")}
          value={name}
          onChange={setName}
          className="flex-1"
          problem={isNameValid ? null : t("Up to 64 letters, digits, spaces, dots and dashes")}
        />
      </div>
      <FolderPicker onFolder={setDirectory} className="h-[82px]" />
      <p className="mt-2 truncate text-xs text-fg-3">
        {directory !== null && isNameValid && t("Makes {{path}}", { path: `${directory}${directory.endsWith("/") ? "" : "/"}${name}` })}
      </p>
    </Dialog>
  );
}

function PatternPicture({ starter }: { starter: Starter | undefined }) {
  return starter === undefined ? null : <MiniatureView miniature={starter.miniature} />;
}

interface ChoicesProps {
  legend: string;
  isInline?: boolean;
  isDisabled?: boolean;
  className?: string;
  children: ReactNode;
}

/** Radio buttons that look like what they choose; arrow keys walk them as a browser does. */
function Choices({ legend, isInline = false, isDisabled = false, className, children }: ChoicesProps) {
  return (
    <fieldset disabled={isDisabled} className={classes("min-w-0", isDisabled && "opacity-45")}>
      <legend className={isInline ? "sr-only" : "mb-1.5 text-fg-2"}>{legend}</legend>
      <div className={className}>
        {isInline && (
          <span aria-hidden className="mr-1.5 w-16 text-fg-2">
            {legend}
          </span>
        )}
        {children}
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  group: string;
  isChosen: boolean;
  onChoose(): void;
  children: ReactNode;
}

function Choice({ group, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <label
      className={classes(
        "relative block overflow-hidden rounded-lg border bg-card transition-[border-color,box-shadow] duration-(--t-fast) has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
        isChosen ? "border-accent shadow-[0_0_0_1px_var(--accent)]" : "border-line-strong hover:border-edge",
      )}
    >
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} className="sr-only" />
      {children}
    </label>
  );
}

function FileNames({ files }: { files: readonly string[] }) {
  const shown = files.slice(0, 6);
  return (
    <ul aria-label={t("Files")} className="mb-3 flex flex-wrap gap-1.5">
      {shown.map((file) => (
        <li key={file} className="flex items-center gap-1.5 rounded-md border border-line bg-input px-2 py-0.5 font-mono text-xs">
          <FileCode2 size={12} className="text-accent" />
          {file}
        </li>
      ))}
      {files.length > shown.length && (
        <li className="px-1 py-0.5 text-xs text-fg-3">{t("and {{count}} more", { count: files.length - shown.length })}</li>
      )}
    </ul>
  );
}
