// What a Task's Resource can be set to, and what each choice writes.
import type { DesignResource } from "../../../model/design/design.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { changeDesign } from "../../app/stores/design.ts";
import { written, type StateForm } from "./stateForm.ts";
import { taskTargets, type TaskTarget } from "./taskTargets.ts";

export interface ResourceChoice {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly group: string;
  readonly isCurrent: boolean;
  choose(): void;
}

const functionTypes: ReadonlySet<string> = new Set(["AWS::Serverless::Function", "AWS::Lambda::Function"]);

export function resourceChoices(
  form: StateForm,
  resources: readonly DesignResource[],
  operations: Readonly<Record<string, readonly string[]>>,
): readonly ResourceChoice[] {
  const now = written(form, ["Resource"]);
  const machine = resources.find(({ id }) => id === form.machine);
  return [
    ...resources
      .filter(({ type }) => functionTypes.has(type))
      .map((resource): ResourceChoice => {
        const { value, isNew } = referenceTo(form, machine, resource.id);
        return {
          id: resource.id,
          title: resource.id,
          detail: "function",
          group: "Functions of the design",
          isCurrent: !isNew && JSON.stringify(value) === JSON.stringify(now),
          choose: () => {
            if (isNew && machine !== undefined)
              changeDesign(`Name ${resource.id} for ${machine.id}`, {
                type: "setProperty",
                id: machine.id,
                path: `Properties.DefinitionSubstitutions.${resource.id}Arn`,
                value: arnOf(resource.id),
              });
            form.change("Change Resource", [["Resource"], value]);
          },
        };
      }),
    ...taskTargets(operations).map((target): ResourceChoice => ({
      id: target.id,
      title: target.title,
      detail: target.detail,
      group: target.group,
      isCurrent: typeof now === "string" && now.replace(/\.(?:sync(?::2)?|waitForTaskToken)$/, "") === target.resource,
      choose: () => form.change("Change Resource", [["Resource"], target.resource], ...inputFor(form, target)),
    })),
  ];
}

function arnOf(id: string): Json {
  return { "Fn::GetAtt": [id, "Arn"] };
}

/** In the template itself by its function; in a file by a name that DefinitionSubstitutions fill in. */
function referenceTo(form: StateForm, machine: DesignResource | undefined, id: string): { readonly value: Json; readonly isNew: boolean } {
  const properties = machine?.properties ?? {};
  if (isJsonObject(properties["Definition"])) return { value: arnOf(id), isNew: false };
  const { "Fn::Sub": sub } = isJsonObject(properties["DefinitionString"]) ? properties["DefinitionString"] : {};
  if (sub !== undefined) return { value: `\${${id}.Arn}`, isNew: false };
  const substitutions = properties["DefinitionSubstitutions"];
  const known = isJsonObject(substitutions) ? Object.entries(substitutions).find(([, value]) => mentionsArn(value, id))?.[0] : undefined;
  return known === undefined ? { value: `\${${id}Arn}`, isNew: true } : { value: `\${${known}}`, isNew: false };
}

function mentionsArn(value: Json, id: string): boolean {
  const attribute = isJsonObject(value) ? value["Fn::GetAtt"] : undefined;
  return attribute === `${id}.Arn` || (Array.isArray(attribute) && attribute[0] === id && attribute[1] === "Arn");
}

/** The members that the call needs, where nothing is written yet. */
function inputFor(form: StateForm, { input }: TaskTarget): (readonly [readonly [string], Json])[] {
  const field = form.language === "JSONata" ? "Arguments" : "Parameters";
  if (Object.keys(input).length === 0 || written(form, [field]) !== undefined) return [];
  return [[[field], { ...input }]];
}
