// A command as edits of the definition; refused with a CommandError where it cannot be done.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { TemplateEdit } from "../../template/document.ts";
import { applyEdit, isSame } from "../../template/jsonEdit.ts";
import { CommandError } from "../../design/commandError.ts";
import { addState } from "./addState.ts";
import type { Steps, Way, WorkflowCommand } from "./command.ts";
import { flowAt, freeStateName, goesOn, listOf, namesIn, pathOf, splitState, stateAt, targetOf, valueAt } from "./flow.ts";
import { withFreshNames } from "./freshNames.ts";
import { removeState } from "./removeState.ts";
import { renameState } from "./renameState.ts";
import { endThere, goTo, pointTo, setTransition } from "./transitions.ts";
import { words } from "../../words.ts";

/** Items of a list in another order: their text moves with them. */
export interface MoveEdit {
  readonly type: "move";
  readonly path: Steps;
  readonly from: number;
  readonly to: number;
}

export function editsOf(definition: JsonObject, command: WorkflowCommand): readonly (TemplateEdit | MoveEdit)[] {
  switch (command.type) {
    case "addState":
      return addState(definition, command);
    case "removeState":
      return removeState(definition, command.state);
    case "renameState":
      return renameState(definition, command.state, command.name);
    case "setStateField":
      stateAt(definition, command.state);
      return setField(definition, [...command.state, ...command.path], command.value);
    case "setTransition":
      return setTransition(definition, command);
    case "setStartAt":
      return setTransition(definition, { type: "setTransition", flow: command.flow, way: { kind: "start" }, to: command.name });
    case "addBranch":
      return addBranch(definition, command);
    case "removeBranch":
      return removeBranch(definition, command.state, command.index);
    case "moveItem":
      return moveItem(definition, command);
    case "moveState":
      return moveState(definition, command);
    case "copyState":
      return copyState(definition, command);
    case "setDefinitionField":
      return setField(definition, command.path, command.value);
  }
}

function setField(definition: JsonObject, path: Steps, value: Json | undefined): readonly TemplateEdit[] {
  if (value !== undefined) return [{ type: "set", path, value }];
  return valueAt(definition, path) === undefined ? [] : [{ type: "remove", path }];
}

function addBranch(definition: JsonObject, command: WorkflowCommand & { type: "addBranch" }): readonly TemplateEdit[] {
  const parallel = stateAt(definition, command.state);
  if (parallel["Type"] !== "Parallel")
    throw new CommandError(words("{{state}} is no Parallel state: it has no branches.", { state: String(command.state.at(-1)) }));
  const name = freeStateName("Pass", namesIn(definition));
  const value: JsonObject = command.branch ?? { StartAt: name, States: { [name]: { Type: "Pass", End: true } } };
  return [{ type: "append", path: [...command.state, "Branches"], value }];
}

function removeBranch(definition: JsonObject, state: Steps, index: number): readonly TemplateEdit[] {
  const branches = listOf(stateAt(definition, state), "Branches");
  if (branches[index] === undefined)
    throw new CommandError(words("{{state}} has no branch {{number}}.", { state: String(state.at(-1)), number: index + 1 }));
  if (branches.length === 1)
    throw new CommandError(words("{{state}} has one branch, and needs it. Delete the state instead.", { state: String(state.at(-1)) }));
  return [{ type: "remove", path: [...state, "Branches", index] }];
}

function moveItem(definition: JsonObject, { list, from, to }: WorkflowCommand & { type: "moveItem" }): readonly MoveEdit[] {
  const items = valueAt(definition, list);
  if (!Array.isArray(items) || items[from] === undefined || items[to] === undefined)
    throw new CommandError(words("{{name}} has no such place.", { name: String(list.at(-1)) }));
  return from === to ? [] : [{ type: "move", path: list, from, to }];
}

function moveState(definition: JsonObject, command: WorkflowCommand & { type: "moveState" }): readonly TemplateEdit[] {
  const { state: steps, flow, into } = command;
  const { flow: old, name } = splitState(steps);
  const isInside = steps.every((step, index) => flow[index] === step);
  if (isInside) throw new CommandError(words("{{name}} cannot move into itself.", { name }));
  const isSameFlow = isSamePath(old, flow);
  if (isSameFlow && into !== undefined && into.kind !== "start" && into.from === name) return [];
  const state = stateAt(definition, steps);
  // in the same flow its lines stay where they are: only the ways change
  const taken = isSameFlow ? removeState(definition, steps).slice(0, -1) : removeState(definition, steps);
  const without = applied(definition, taken);
  const way = into === undefined ? undefined : wayAfter(flowAt(definition, flow), flowAt(without, flow), into);
  const put = isSameFlow
    ? reconnect(without, steps, way)
    : addState(without, { type: "addState", flow, name, state, ...(way === undefined ? {} : { into: way }) });
  return isSame(applied(without, put), definition) ? [] : [...taken, ...put];
}

function copyState(definition: JsonObject, command: WorkflowCommand & { type: "copyState" }): readonly TemplateEdit[] {
  const taken = new Set(namesIn(definition));
  const name = freeStateName(command.name, taken);
  taken.add(name);
  const state = withFreshNames(stateAt(definition, command.state), taken);
  const { flow, into } = command;
  return addState(definition, { type: "addState", flow, name, state, ...(into === undefined ? {} : { into }) });
}

function reconnect(definition: JsonObject, steps: Steps, into: Way | undefined): readonly TemplateEdit[] {
  const { flow: at, name } = splitState(steps);
  const flow = flowAt(definition, at);
  const state = stateAt(definition, steps);
  const target = into === undefined ? null : targetOf(flow, into);
  if (target === name) return [];
  return [
    ...(into === undefined ? [] : pointTo(flow, at, into, name)),
    ...(goesOn(state) ? (target === null ? endThere(state, steps) : goTo(state, steps, target)) : []),
  ];
}

function applied(definition: JsonObject, edits: readonly TemplateEdit[]): JsonObject {
  const result = edits.reduce<Json>((json, edit) => applyEdit(json, edit) ?? json, definition);
  return isJsonObject(result) ? result : definition;
}

/** Healing may have taken out rules before this one. */
function wayAfter(before: JsonObject, after: JsonObject, way: Way): Way | undefined {
  if (way.kind !== "choice" && way.kind !== "catch") return way;
  const list = pathOf(way).slice(0, -2);
  const { Next: _next, ...rule } = stateLike(valueAt(before, [...list, way.index]));
  const rules = valueAt(after, list);
  const same = (item: Json | undefined): boolean => {
    const { Next: _other, ...fields } = stateLike(item);
    return JSON.stringify(fields) === JSON.stringify(rule);
  };
  if (!Array.isArray(rules)) return undefined;
  const index = same(rules[way.index]) ? way.index : rules.findIndex(same);
  return index < 0 ? undefined : { ...way, index };
}

function stateLike(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function isSamePath(a: Steps, b: Steps): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
