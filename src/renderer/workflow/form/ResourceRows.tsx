import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { parseResource } from "../../../model/asl/resource.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { isIntrinsic, textOf } from "../../inspector/propertyControls.ts";
import { IntrinsicChip } from "../../inspector/IntrinsicChip.tsx";
import { useDesign } from "../../app/stores/design.ts";
import { Popover } from "../../app/ui/Popover.tsx";
import { SearchField } from "../../app/ui/SearchField.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { TextField } from "../../app/ui/TextField.tsx";
import { FieldProblems, FieldRow } from "./FieldRow.tsx";
import { resourceChoices, type ResourceChoice } from "./resourceChoices.ts";
import { written, type StateForm } from "./stateForm.ts";
import { patternsOf, useOperations, withPattern } from "./taskTargets.ts";
import { t } from "../../app/texts/texts.ts";

/** What a Task calls: chosen from the design and from what runs here, or written by hand. */
export function ResourceRows({ form }: { form: StateForm }) {
  const value = written(form, ["Resource"]);
  const arn = typeof value === "string" ? value : "";
  const parsed = parseResource(arn.replace(/\$\{AWS::Partition\}/g, "aws"));
  const patterns = parsed?.type === "integration" ? patternsOf(parsed.service, parsed.operation, parsed.isSdk) : [];
  return (
    <div className="px-3 py-[3px]">
      <ResourcePicker form={form} value={value} />
      <div className="mt-1.5">
        {isIntrinsic(value) ? (
          <div className="flex h-[26px] items-center">
            <IntrinsicChip value={value} />
          </div>
        ) : (
          <TextField
            label="Resource"
            isMono
            value={arn}
            placeholder="arn:aws:states:::lambda:invoke"
            onCommit={(text) => form.change(t("Change Resource"), [["Resource"], text.trim()])}
          />
        )}
      </div>
      <FieldProblems form={form} paths={[["Resource"]]} />
      {parsed?.type === "integration" && patterns.length > 1 && (
        <div className="-mx-3 pt-1">
          <FieldRow
            form={form}
            path={["Resource"]}
            title={t("Pattern")}
            isRequired
            help={t("Whether the state goes on with the answer, waits for the job, or waits until someone answers with the task's token.")}
          >
            <Select
              label={t("Pattern")}
              className="w-full"
              value={parsed.pattern}
              options={patterns}
              onChange={(pattern) => form.change(t("Change the pattern"), [["Resource"], withPattern(arn, pattern)])}
            />
          </FieldRow>
        </div>
      )}
    </div>
  );
}

function ResourcePicker({ form, value }: { form: StateForm; value: Json | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const operations = useOperations();
  const resources = useDesign(({ design }) => design.resources);
  const choices = resourceChoices(form, resources, operations);
  const current = choices.find(({ isCurrent }) => isCurrent);
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={setOpen}
      width={320}
      trigger={
        <button
          type="button"
          aria-label={t("What it calls: {{title}}", { title: current?.title ?? nameOf(value) })}
          className="flex h-[26px] w-full min-w-0 items-center justify-between gap-1.5 rounded-sm border border-line bg-input px-2 text-sm hover:border-line-strong focus-visible:border-accent"
        >
          <span className="truncate">{current?.title ?? nameOf(value)}</span>
          <ChevronDown size={12} className="flex-none text-fg-3" />
        </button>
      }
    >
      <Choices
        choices={choices}
        onChoose={(choice) => {
          setOpen(false);
          choice.choose();
        }}
      />
    </Popover>
  );
}

const mostShown = 80;

function Choices({ choices, onChoose }: { choices: readonly ResourceChoice[]; onChoose(choice: ResourceChoice): void }) {
  const [text, setText] = useState("");
  const words = text.toLowerCase().split(/\s+/);
  const found = choices
    .filter(({ title, detail, group }) => words.every((word) => `${group} ${title} ${detail}`.toLowerCase().includes(word)))
    .slice(0, mostShown);
  return (
    <div
      className="-m-1 flex max-h-80 flex-col gap-1.5"
      onKeyDown={(event) => {
        const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input, [data-choice]")];
        const at = stops.findIndex((one) => one === document.activeElement);
        stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
      }}
    >
      <SearchField label={t("Find what to call")} placeholder={t("Function, queue, operation")} value={text} onChange={setText} />
      <div className="min-h-0 overflow-y-auto">
        {found.map((choice, index) => (
          <div key={choice.id}>
            {found[index - 1]?.group !== choice.group && <p className="px-1.5 pt-1.5 pb-0.5 text-xs text-fg-3">{choice.group}</p>}
            <button
              type="button"
              data-choice
              onClick={() => onChoose(choice)}
              className="flex h-6 w-full items-center gap-2 rounded-sm px-1.5 text-left text-sm hover:bg-hover focus-visible:bg-accent-soft"
            >
              <span className="truncate">{choice.title}</span> <span className="ml-auto flex-none text-xs text-fg-3">{choice.detail}</span>
            </button>
          </div>
        ))}
        {found.length === 0 && (
          <p className="p-1.5 text-fg-3">
            {t("Nothing of that name. Run the design to see every operation that runs here, or write the ARN in the field below.")}
          </p>
        )}
      </div>
    </div>
  );
}

function nameOf(value: Json | undefined): string {
  if (value === undefined || value === "") return t("Choose what it calls");
  if (isJsonObject(value)) return textOf(value);
  const parsed = typeof value === "string" ? parseResource(value) : undefined;
  return parsed?.type === "integration" ? `${parsed.isSdk ? "aws-sdk:" : ""}${parsed.service}:${parsed.operation}` : textOf(value);
}
