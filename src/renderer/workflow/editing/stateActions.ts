// What a person does to the states of the workflow that is shown: each one is one step of undo.
import type { Steps, Way as WrittenWay, WorkflowCommand } from "../../../model/asl/commands/command.ts";
import { freeStateName } from "../../../model/asl/commands/flow.ts";
import { withFreshNames } from "../../../model/asl/commands/freshNames.ts";
import { notify } from "../../app/stores/notices.ts";
import { changeWorkflow } from "../changeWorkflow.ts";
import { allStates, type Way, type WorkflowState } from "../workflowGraph.ts";
import { chooseInWorkflow, workflowChoice } from "../workflowStore.ts";
import type { ConnectKind } from "./dragging.ts";
import type { InsertPlace } from "./places.ts";
import { flowIdOf, placeForNew, type WorkflowCanvas } from "./workflowCanvas.ts";
import { t } from "../../app/texts/texts.ts";

export function deleteState({ machine }: WorkflowCanvas, state: WorkflowState): void {
  chooseInWorkflow(machine, { state: null });
  void changeWorkflow(machine, t("Delete {{name}}", { name: state.name }), { type: "removeState", state: state.steps });
}

/** Several rules that lead to the same state are one line on the canvas. */
export function deleteWay({ machine, workflow }: WorkflowCanvas, way: Way): void {
  const flow = flowOfWay(workflow.states, way);
  const commands = way.written.toReversed().map((one): WorkflowCommand => ({ type: "setTransition", flow, way: one, to: null }));
  chooseInWorkflow(machine, { way: null });
  void changeWorkflow(machine, t("Delete the way"), ...commands);
}

export async function renameState({ machine }: WorkflowCanvas, state: WorkflowState, name: string): Promise<void> {
  if (name === state.name) return;
  const isDone = await changeWorkflow(machine, t("Rename {{name}} to {{name2}}", { name: state.name, name2: name }), {
    type: "renameState",
    state: state.steps,
    name,
  });
  if (isDone && workflowChoice(machine).state === state.id) chooseInWorkflow(machine, { state: `${flowIdOf(state)}/States/${name}` });
}

export function makeStart({ machine }: WorkflowCanvas, state: WorkflowState): void {
  void changeWorkflow(machine, t("Start at {{name}}", { name: state.name }), {
    type: "setStartAt",
    flow: state.steps.slice(0, -2),
    name: state.name,
  });
}

export function addBranch({ machine }: WorkflowCanvas, state: WorkflowState): void {
  void changeWorkflow(machine, t("Add a branch to {{name}}", { name: state.name }), { type: "addBranch", state: state.steps });
}

export function removeBranch({ machine }: WorkflowCanvas, state: WorkflowState, index: number): void {
  chooseInWorkflow(machine, { state: state.id });
  void changeWorkflow(machine, t("Remove a branch of {{name}}", { name: state.name }), { type: "removeBranch", state: state.steps, index });
}

export async function moveState(canvas: WorkflowCanvas, state: WorkflowState, place: InsertPlace): Promise<void> {
  const { machine } = canvas;
  const { flow } = place;
  const [into, ...others] = place.ways.filter((way) => way.kind === "start" || way.from !== state.name);
  if (into === undefined && place.ways.length > 0) return;
  const commands: WorkflowCommand[] = [
    { type: "moveState", state: state.steps, flow, ...(into === undefined ? {} : { into }) },
    ...others.map((way): WorkflowCommand => ({ type: "setTransition", flow, way, to: state.name })),
  ];
  if (await changeWorkflow(machine, t("Move {{name}}", { name: state.name }), ...commands))
    chooseInWorkflow(machine, { state: `${place.flowId}/States/${state.name}`, way: null });
}

let copied: { readonly machine: string; readonly state: WorkflowState } | null = null;

export function copyState({ machine }: WorkflowCanvas, state: WorkflowState): void {
  copied = { machine, state };
}

export function isStateCopied(): boolean {
  return copied !== null;
}

export function pasteState(canvas: WorkflowCanvas, place = placeForNew(canvas)): void {
  if (copied === null) return;
  const { machine, state } = copied;
  if (place === undefined) {
    notify({
      tone: "info",
      title: t("There is no place to paste to"),
      detail: t("Select a state or a way first; the copy goes behind it."),
    });
    return;
  }
  const original = canvas.workflow.states.find(({ id }) => id === state.id);
  // what still stands there is copied with its own text; what was cut, or is of another machine, is written anew
  const isThere = machine === canvas.machine && JSON.stringify(original?.written) === JSON.stringify(state.written);
  if (isThere)
    void putCopy(canvas, t("Paste"), state, place, ({ name, flow, into }) => ({
      type: "copyState",
      state: state.steps,
      name,
      flow,
      ...into,
    }));
  else {
    const taken = new Set(canvas.workflow.states.map(({ name }) => name));
    taken.add(freeStateName(state.name, taken));
    const written = withFreshNames(state.written, taken);
    void putCopy(canvas, t("Paste"), state, place, ({ name, flow, into }) => ({ type: "addState", flow, name, state: written, ...into }));
  }
}

export function duplicateState(canvas: WorkflowCanvas, state: WorkflowState, place = placeForNew(canvas)): void {
  if (place === undefined) return;
  void putCopy(canvas, t("Duplicate"), state, place, ({ name, flow, into }) => ({
    type: "copyState",
    state: state.steps,
    name,
    flow,
    ...into,
  }));
}

interface CopyPlace {
  readonly name: string;
  readonly flow: Steps;
  readonly into: { readonly into?: WrittenWay };
}

async function putCopy(
  { machine, workflow }: WorkflowCanvas,
  verb: string,
  { name: old }: WorkflowState,
  place: InsertPlace,
  commandFor: (at: CopyPlace) => WorkflowCommand,
): Promise<void> {
  const name = freeStateName(old, new Set(workflow.states.map((one) => one.name)));
  const { flow } = place;
  const [into, ...others] = place.ways;
  const commands = [
    commandFor({ name, flow, into: into === undefined ? {} : { into } }),
    ...others.map((way): WorkflowCommand => ({ type: "setTransition", flow, way, to: name })),
  ];
  if (await changeWorkflow(machine, `${verb} ${old}`, ...commands))
    chooseInWorkflow(machine, { state: `${place.flowId}/States/${name}`, way: null });
}

/** The way that a drag from the state's port, or a choice in the list, writes. */
export function newWay(state: WorkflowState, kind: ConnectKind): WrittenWay {
  const count = (field: string): number => {
    const list = state.written[field];
    return Array.isArray(list) ? list.length : 0;
  };
  switch (kind) {
    case "next":
    case "default":
      return { kind, from: state.name };
    case "choice":
      return { kind, from: state.name, index: count("Choices") };
    case "catch":
      return { kind, from: state.name, index: count("Catch") };
  }
}

/** null: to the end. */
export function connectStates({ machine }: WorkflowCanvas, state: WorkflowState, kind: ConnectKind, to: string | null): void {
  const flow = state.steps.slice(0, -2);
  const label = to === null ? t("End behind {{name}}", { name: state.name }) : t("Connect {{name}} to {{to}}", { name: state.name, to });
  void changeWorkflow(machine, label, { type: "setTransition", flow, way: newWay(state, kind), to });
}

/** The end of a way was dragged to another state. */
export function leadElsewhere({ machine, workflow }: WorkflowCanvas, way: Way, to: string | null): void {
  const flow = flowOfWay(workflow.states, way);
  const commands = way.written.map((one): WorkflowCommand => ({ type: "setTransition", flow, way: one, to }));
  void changeWorkflow(machine, to === null ? t("End there") : t("Lead to {{to}}", { to }), ...commands);
}

/** Earlier rules are asked first. */
export function moveRule({ machine, workflow }: WorkflowCanvas, way: Way, by: -1 | 1): void {
  const state = workflow.states.find(({ id }) => id === way.from);
  const [first] = way.written;
  if (state === undefined || first === undefined || (first.kind !== "choice" && first.kind !== "catch")) return;
  const field = first.kind === "choice" ? "Choices" : "Catch";
  const list = state.written[field];
  const to = first.index + by;
  if (!Array.isArray(list) || to < 0 || to >= list.length) return;
  const label = by < 0 ? t("Ask the rule earlier") : t("Ask the rule later");
  void changeWorkflow(machine, label, { type: "moveItem", list: [...state.steps, field], from: first.index, to });
}

function flowOfWay(states: readonly WorkflowState[], way: Way): readonly (string | number)[] {
  const end = states.find(({ id }) => id === way.from || id === way.to);
  return end === undefined ? [] : end.steps.slice(0, -2);
}

export function kindsOfWaysFrom(state: WorkflowState): readonly ConnectKind[] {
  switch (state.type) {
    case "Choice":
      return ["choice", "default"];
    case "Task":
    case "Parallel":
    case "Map":
      return ["next", "catch"];
    case "Succeed":
    case "Fail":
      return [];
    default:
      return ["next"];
  }
}

/** The states that stand beside it, with those inside none of them. */
export function siblingsOf(states: readonly WorkflowState[], state: WorkflowState): readonly WorkflowState[] {
  const flow = flowIdOf(state);
  return states.filter((one) => flowIdOf(one) === flow);
}

/** Whether the place lies inside the state. */
export function isInside(state: WorkflowState, place: InsertPlace): boolean {
  return allStates({ id: "", steps: [], title: "", startAt: "", states: [state], ways: [], isOutermost: false })
    .flatMap(({ lanes }) => lanes)
    .some(({ id }) => id === place.flowId);
}
