import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import type { Steps } from "../../../model/asl/commands/command.ts";
import { Tooltip } from "../../app/ui/Tooltip.tsx";
import { classes } from "../../app/ui/classes.ts";
import { written, type StateForm } from "./stateForm.ts";
import { t } from "../../app/texts/texts.ts";

interface FieldRowProps {
  form: StateForm;
  path: Steps;
  title: string;
  help: string;
  /** Fields that are taken out together: `TimeoutSeconds` and `TimeoutSecondsPath`. */
  also?: readonly Steps[];
  isRequired?: boolean;
  /** What stands below it has rows of its own, which tell their problems. */
  isHolder?: boolean;
  children: ReactNode;
}

/** Letters of a name that has room beside its control. */
const longestBeside = 16;

/** Name and control of a field, with what is wrong with it below. */
export function FieldRow({ form, path, title, help, also = [], isRequired = false, isHolder = false, children }: FieldRowProps) {
  const places = [path, ...also];
  const isWritten = places.some((place) => written(form, place) !== undefined);
  return (
    <div className="px-3 py-[3px]">
      <div
        className={classes(
          "group grid items-center gap-x-1.5",
          title.length > longestBeside ? "grid-cols-1 gap-y-0.5" : "grid-cols-[minmax(106px,40%)_minmax(0,1fr)]",
        )}
      >
        <span className="flex min-w-0 items-center gap-1.5 text-fg-3">
          <Tooltip text={<Help title={title} help={help} />} side="left">
            <span className="truncate">{title}</span>
          </Tooltip>
          {isRequired && !isWritten && <span className="text-error">*</span>}
          {isWritten && !isRequired && (
            <Tooltip text={t("Take it out")} side="left">
              <button
                type="button"
                aria-label={t("Take out {{title}}", { title })}
                onClick={() =>
                  form.change(
                    t("Take out {{title}}", { title }),
                    ...places.filter((place) => written(form, place) !== undefined).map((place) => [place, undefined] as const),
                  )
                }
                className="mr-0.5 ml-auto hidden size-4 flex-none place-items-center rounded-sm text-fg-3 group-focus-within:grid group-hover:grid hover:text-fg"
              >
                <RotateCcw size={11} />
              </button>
            </Tooltip>
          )}
        </span>
        <div className="min-w-0">{children}</div>
      </div>
      <FieldProblems form={form} paths={places} isExact={isHolder} />
    </div>
  );
}

/** A long name is cut off in its row. */
function Help({ title, help }: { title: string; help: string }) {
  return (
    <span className="flex flex-col gap-0.5">
      <span className="font-mono text-fg-3">{title}</span>
      <span>{help}</span>
    </span>
  );
}

/** `isExact`: not of what stands below these places. */
export function FieldProblems({ form, paths, isExact = false }: { form: StateForm; paths: readonly Steps[]; isExact?: boolean }) {
  const problems = paths.flatMap((path) => form.problemsAt(path, isExact));
  if (problems.length === 0) return null;
  return (
    <ul className="flex flex-col gap-0.5 pt-1">
      {problems.map(({ message, severity, rule }) => (
        <li key={`${rule} ${message}`} data-selectable className={severity === "error" ? "text-xs text-error" : "text-xs text-throttled"}>
          {message.replace(/ \(at \/[^)]*\)$/, "")}
        </li>
      ))}
    </ul>
  );
}
