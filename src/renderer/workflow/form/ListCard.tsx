import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Steps } from "../../../model/asl/commands/command.ts";
import type { Json } from "../../../model/json.ts";
import { Button } from "../../app/ui/Button.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { changeWorkflow } from "../changeWorkflow.ts";
import { FieldProblems } from "./FieldRow.tsx";
import { written, type StateForm } from "./stateForm.ts";
import { t } from "../../app/texts/texts.ts";

interface ListCardProps {
  form: StateForm;
  /** To the entry: the list's field and an index. */
  path: Steps;
  title: string;
  /** Of one entry, for its buttons: `Retry 2`. */
  name: string;
  isLastKept?: boolean;
  children: ReactNode;
}

/** One entry of a list whose order counts. */
export function ListCard({ form, path, title, name, isLastKept = false, children }: ListCardProps) {
  const list = path.slice(0, -1);
  const index = Number(path.at(-1));
  const entries = written(form, list);
  const count = Array.isArray(entries) ? entries.length : 0;
  const move = (to: number): void =>
    void changeWorkflow(form.machine, t("Move {{name}} of {{name2}}", { name, name2: form.state.name }), {
      type: "moveItem",
      list: [...form.state.steps, ...list],
      from: index,
      to,
    });
  return (
    <section aria-label={name} className="mx-3 mb-2 rounded-md border border-line bg-card-foot">
      <header className="flex h-7 items-center border-b border-line pr-0.5 pl-2.5">
        <h4 className="min-w-0 flex-1 truncate text-xs font-medium">{title}</h4>
        <IconButton label={t("{{name}} up", { name })} size={20} disabled={index === 0} onClick={() => move(index - 1)}>
          <ArrowUp size={12} />
        </IconButton>
        <IconButton label={t("{{name}} down", { name })} size={20} disabled={index >= count - 1} onClick={() => move(index + 1)}>
          <ArrowDown size={12} />
        </IconButton>
        <IconButton
          label={t("Delete {{name}}", { name })}
          size={20}
          disabled={isLastKept && count === 1}
          onClick={() => form.change(t("Delete {{name}}", { name }), [count === 1 ? list : path, undefined])}
        >
          <Trash2 size={12} />
        </IconButton>
      </header>
      <div className="-mx-px py-1 [&>div:not([data-wide])]:px-2.5!">{children}</div>
      <div className="hidden px-2.5 pb-1.5 has-[ul]:block">
        <FieldProblems form={form} paths={[path]} isExact />
      </div>
    </section>
  );
}

/** Adds an entry at the end; the first makes the list. */
export function AddEntry({ form, list, entry, title }: { form: StateForm; list: Steps; entry: Json; title: string }) {
  const entries = written(form, list);
  return (
    <div className="px-3 pb-1">
      <Button
        size="compact"
        onClick={() => form.change(title, Array.isArray(entries) ? [[...list, entries.length], entry] : [list, [entry]])}
      >
        <Plus size={12} />
        {title}
      </Button>
    </div>
  );
}
