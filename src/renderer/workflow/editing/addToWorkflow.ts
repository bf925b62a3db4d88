// Adds a state of the palette to a workflow, with what the template needs so that it may call what it names.
import type { WorkflowCommand } from "../../../model/asl/commands/command.ts";
import { freeStateName } from "../../../model/asl/commands/flow.ts";
import type { QueryLanguage } from "../../../model/asl/definition.ts";
import type { DesignCommand, DesignResource } from "../../../model/design/design.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { useDesign } from "../../app/stores/design.ts";
import { changeWorkflowAndDesign } from "../changeWorkflow.ts";
import type { Workflow } from "../useWorkflow.ts";
import { chooseInWorkflow } from "../workflowStore.ts";
import type { InsertPlace } from "./places.ts";
import type { ResourceUse, StateItem } from "./stateItems.ts";
import { t } from "../../app/texts/texts.ts";

export async function addToWorkflow(machine: string, workflow: Workflow, item: StateItem, place: InsertPlace): Promise<void> {
  const resource = useDesign.getState().design.resources.find(({ id }) => id === machine);
  const { definition } = workflow.source;
  if (resource === undefined || definition === null) return;
  const taken = new Set(workflow.states.map(({ name }) => name));
  const freeName = (wanted: string): string => {
    const name = freeStateName(wanted, taken);
    taken.add(name);
    return name;
  };
  const name = freeName(item.name);
  const naming = item.use === undefined ? undefined : neededFor(resource, workflow, item.use);
  const state = item.make({ language: languageOf(definition), freeName, reference: () => naming?.value ?? "" });
  if (await changeWorkflowAndDesign(machine, t("Add {{name}}", { name }), addCommands(place, name, state), naming?.commands ?? []))
    chooseInWorkflow(machine, { state: `${place.flowId}/States/${name}`, way: null });
}

/** Every way of the place then leads to the new state. */
function addCommands(place: InsertPlace, name: string, state: JsonObject): readonly WorkflowCommand[] {
  const { flow } = place;
  const [into, ...others] = place.ways;
  return [
    { type: "addState", flow, name, state, ...(into === undefined ? {} : { into }) },
    ...others.map((way): WorkflowCommand => ({ type: "setTransition", flow, way, to: name })),
  ];
}

function languageOf(definition: JsonObject): QueryLanguage {
  return definition["QueryLanguage"] === "JSONata" ? "JSONata" : "JSONPath";
}

interface Naming {
  readonly value: Json;
  readonly commands: readonly DesignCommand[];
}

/** How the definition names the resource, and what the template needs so that the machine may use it. */
export function neededFor(machine: DesignResource, workflow: Workflow, use: ResourceUse): Naming {
  const { value, commands } = namingOf(machine, workflow, use);
  return { value, commands: [...commands, ...policyCommands(machine, use)] };
}

/** In the template itself by its functions; elsewhere by a name that DefinitionSubstitutions fill in. */
function namingOf(machine: DesignResource, { source }: Workflow, use: ResourceUse): Naming {
  const { place } = source;
  if (place?.type === "value" && place.path.length > 0) return { value: use.value, commands: [] };
  if (place?.type === "text" && place.path.includes("Fn::Sub"))
    return { value: `\${${use.id}${use.value["Ref"] === undefined ? `.${use.attribute}` : ""}}`, commands: [] };
  const written = machine.properties["DefinitionSubstitutions"];
  const substitutions = isJsonObject(written) ? written : {};
  const known = Object.entries(substitutions).find(([, value]) => JSON.stringify(value) === JSON.stringify(use.value))?.[0];
  if (known !== undefined) return { value: `\${${known}}`, commands: [] };
  let name = `${use.id}${use.attribute}`;
  for (let number = 2; Object.hasOwn(substitutions, name); number += 1) name = `${use.id}${use.attribute}${number}`;
  return {
    value: `\${${name}}`,
    commands: [{ type: "setProperty", id: machine.id, path: `Properties.DefinitionSubstitutions.${name}`, value: use.value }],
  };
}

/** SAM makes the role from Policies; a role of its own is somebody's work. */
function policyCommands(machine: DesignResource, { policy }: ResourceUse): readonly DesignCommand[] {
  if (machine.type !== "AWS::Serverless::StateMachine" || machine.properties["Role"] !== undefined) return [];
  const written = machine.properties["Policies"];
  const policies: readonly Json[] = Array.isArray(written) ? written : written === undefined ? [] : [written];
  const [name = ""] = Object.keys(policy);
  const isThere = policies.some(
    (one) => isJsonObject(one) && (JSON.stringify(one) === JSON.stringify(policy) || covers(one, name, policy)),
  );
  return isThere ? [] : [{ type: "setProperty", id: machine.id, path: "Properties.Policies", value: [...policies, policy] }];
}

/** Leave to read and write holds leave to read. */
function covers(one: JsonObject, name: string, policy: JsonObject): boolean {
  return name === "DynamoDBReadPolicy" && JSON.stringify(one["DynamoDBCrudPolicy"]) === JSON.stringify(policy[name]);
}
