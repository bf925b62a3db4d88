// What a Task's Resource can be set to, and what each choice writes.
import type { DesignResource } from "../../../model/design/design.ts";
import { isFunctionType } from "../../../model/design/kinds.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { changeWorkflowAndDesign } from "../changeWorkflow.ts";
import { neededFor } from "../editing/addToWorkflow.ts";
import { stateItems, type ResourceUse, type StateItem } from "../editing/stateItems.ts";
import { written, type StateForm } from "./stateForm.ts";
import { taskTargets, type TaskTarget } from "./taskTargets.ts";
import { t } from "../../app/texts/texts.ts";

export interface ResourceChoice {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly group: string;
  readonly isCurrent: boolean;
  choose(): void;
}

type Change = readonly [path: readonly string[], value: Json];

export function resourceChoices(
  form: StateForm,
  resources: readonly DesignResource[],
  operations: Readonly<Record<string, readonly string[]>>,
): readonly ResourceChoice[] {
  const machine = resources.find(({ id }) => id === form.machine);
  const items = stateItems(resources, form.machine);
  return [
    ...(machine === undefined
      ? []
      : items.flatMap(({ use, ...item }) => (use === undefined ? [] : designChoices(form, machine, item, use)))),
    ...taskTargets(operations).map((target): ResourceChoice => {
      const now = written(form, ["Resource"]);
      return {
        id: target.id,
        title: target.title,
        detail: target.detail,
        group: target.group,
        isCurrent: typeof now === "string" && withoutPattern(now) === target.resource,
        choose: () => form.change(t("Change Resource"), [["Resource"], target.resource], ...inputFor(form, target)),
      };
    }),
  ];
}

/** A task on a resource of the design; a function also by its ARN, as older definitions call it. */
function designChoices(
  form: StateForm,
  machine: DesignResource,
  item: Omit<StateItem, "use">,
  use: ResourceUse,
): readonly ResourceChoice[] {
  const { value, commands } = neededFor(machine, form.workflow, use);
  const made = item.make({ language: form.language, freeName: (name) => name, reference: () => value });
  const apply = (changes: readonly Change[]): void =>
    void changeWorkflowAndDesign(
      form.machine,
      t("Change Resource of {{name}}", { name: form.state.name }),
      changes.map(([path, next]) => ({ type: "setStateField", state: form.state.steps, path, value: next })),
      commands,
    );
  const now = written(form, ["Resource"]);
  const group = t("In this design");
  const choice = {
    id: item.id,
    title: item.title,
    detail: item.words.split(" on ")[0] ?? "",
    group,
    isCurrent: now === made["Resource"] && inputOf(form.state.written, form).some(([, member]) => isSame(member, value)),
    choose: () => apply(changesTo(form, made, value)),
  };
  if (!isFunctionType(item.resourceType ?? "")) return [choice];
  return [
    choice,
    {
      id: `${item.id}:arn`,
      title: use.id,
      detail: t("by its ARN"),
      group,
      isCurrent: isSame(now, value),
      choose: () => apply([[["Resource"], value]]),
    },
  ];
}

const outputs = ["OutputPath", "Output", "ResultSelector", "ResultPath"] as const;

/** Another operation takes other members; of the same one only what it works on changes. */
function changesTo(form: StateForm, made: JsonObject, subject: Json): readonly Change[] {
  const field = inputField(form);
  const input = made[field];
  const resource: Change = [["Resource"], made["Resource"] ?? ""];
  const now = written(form, ["Resource"]);
  const isSameOperation = typeof now === "string" && withoutPattern(now) === withoutPattern(String(made["Resource"]));
  if (isSameOperation && isJsonObject(input)) {
    const own = Object.fromEntries(inputOf(form.state.written, form));
    return Object.entries(input).flatMap(([name, value]): Change[] =>
      own[name] === undefined || isSame(value, subject) ? [[[field, name], value]] : [],
    );
  }
  const hasOutput = outputs.some((name) => written(form, [name]) !== undefined);
  const output = hasOutput ? [] : outputs.flatMap((name): Change[] => (made[name] === undefined ? [] : [[[name], made[name]]]));
  return [resource, ...(input === undefined ? [] : [[[field], input] as const]), ...output];
}

function inputField({ language }: StateForm): "Arguments" | "Parameters" {
  return language === "JSONata" ? "Arguments" : "Parameters";
}

function inputOf(state: JsonObject, form: StateForm): readonly (readonly [string, Json])[] {
  const input = state[inputField(form)];
  return isJsonObject(input) ? Object.entries(input) : [];
}

/** The members that the call needs, where nothing is written yet. */
function inputFor(form: StateForm, { input }: TaskTarget): readonly Change[] {
  const field = inputField(form);
  if (Object.keys(input).length === 0 || written(form, [field]) !== undefined) return [];
  return [[[field], { ...input }]];
}

function withoutPattern(arn: string): string {
  return arn.replace(/\.(?:sync(?::2)?|waitForTaskToken)$/, "");
}

function isSame(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
