// What the keyboard and the menus change in the workflow that is in front.
import type { Command } from "../app/commands.ts";
import { useLayout } from "../app/stores/layout.ts";
import { beginRenameState } from "./editing/renaming.ts";
import { openQuickAdd } from "./editing/quickAddStore.ts";
import { useConnectState } from "./editing/ConnectState.tsx";
import {
  addBranch,
  copyState,
  deleteState,
  deleteWay,
  duplicateState,
  isStateCopied,
  makeStart,
  moveRule,
  pasteState,
} from "./editing/stateActions.ts";
import { chosenState, placeForNew, type WorkflowCanvas } from "./editing/workflowCanvas.ts";
import type { Way, WorkflowState } from "./workflowGraph.ts";
import { chooseInWorkflow, workflowChoice } from "./workflowStore.ts";
import { t } from "../app/texts/texts.ts";

export function editCommands(canvas: WorkflowCanvas): readonly Command[] {
  const { machine, workflow } = canvas;
  const isShown = (): boolean => useLayout.getState().activeTab === `workflow:${machine}` && !workflow.isStale;
  const onState = (run: (state: WorkflowState) => void): Pick<Command, "when" | "run"> => ({
    when: () => isShown() && chosenState(canvas) !== undefined,
    run: () => {
      const state = chosenState(canvas);
      if (state !== undefined) run(state);
    },
  });
  const onWay = (run: (way: Way) => void): Pick<Command, "when" | "run"> => ({
    when: () => isShown() && chosenWay(canvas) !== undefined,
    run: () => {
      const way = chosenWay(canvas);
      if (way !== undefined) run(way);
    },
  });
  return [
    {
      id: "workflow.quickAdd",
      title: t("Add a state"),
      group: "Canvas",
      shortcut: "/",
      keywords: ["new", "create", "insert", "task"],
      when: isShown,
      run: () => addBehind(canvas),
    },
    {
      id: "workflow.connect",
      title: t("Connect the state to…"),
      group: "Canvas",
      shortcut: "c",
      ...onState(({ id }) => useConnectState.setState({ from: id })),
    },
    { id: "workflow.rename", title: t("Rename the state"), group: "Canvas", shortcut: "F2", ...onState(({ id }) => beginRenameState(id)) },
    {
      id: "workflow.delete",
      title: t("Delete the state"),
      group: "Canvas",
      shortcut: ["delete", "backspace"],
      ...onState((state) => deleteState(canvas, state)),
    },
    {
      id: "workflow.deleteWay",
      title: t("Delete the way"),
      group: "Canvas",
      shortcut: ["delete", "backspace"],
      ...onWay((way) => deleteWay(canvas, way)),
    },
    {
      id: "workflow.duplicate",
      title: t("Duplicate the state"),
      group: "Canvas",
      shortcut: "mod+d",
      ...onState((state) => duplicateState(canvas, state)),
    },
    {
      id: "workflow.copy",
      title: t("Copy the state"),
      group: "Canvas",
      shortcut: "mod+c",
      ...onState((state) => copyState(canvas, state)),
    },
    {
      id: "workflow.cut",
      title: t("Cut the state"),
      group: "Canvas",
      shortcut: "mod+x",
      ...onState((state) => {
        copyState(canvas, state);
        deleteState(canvas, state);
      }),
    },
    {
      id: "workflow.paste",
      title: t("Paste the state"),
      group: "Canvas",
      shortcut: "mod+v",
      when: () => isShown() && isStateCopied(),
      run: () => pasteState(canvas),
    },
    { id: "workflow.makeStart", title: t("Start at the state"), group: "Canvas", ...onState((state) => makeStart(canvas, state)) },
    {
      id: "workflow.addBranch",
      title: t("Add a branch"),
      group: "Canvas",
      when: () => isShown() && chosenState(canvas)?.type === "Parallel",
      run: () => {
        const state = chosenState(canvas);
        if (state !== undefined) addBranch(canvas, state);
      },
    },
    {
      id: "workflow.nextWay",
      title: t("Go to the next way from the state"),
      group: "Canvas",
      shortcut: "w",
      keywords: ["rule", "catch", "transition"],
      when: () => isShown() && (chosenState(canvas) !== undefined || chosenWay(canvas) !== undefined),
      run: () => chooseNextWay(canvas),
    },
    {
      id: "workflow.ruleEarlier",
      title: t("Ask the rule earlier"),
      group: "Canvas",
      shortcut: "alt+arrowup",
      ...onWay((way) => moveRule(canvas, way, -1)),
    },
    {
      id: "workflow.ruleLater",
      title: t("Ask the rule later"),
      group: "Canvas",
      shortcut: "alt+arrowdown",
      ...onWay((way) => moveRule(canvas, way, 1)),
    },
    {
      id: "workflow.unselect",
      title: t("Select nothing"),
      group: "Canvas",
      shortcut: "escape",
      when: () => isShown() && (chosenState(canvas) !== undefined || chosenWay(canvas) !== undefined),
      run: () => chooseInWorkflow(machine, { state: null, way: null }),
    },
  ];
}

export function chosenWay({ machine, picture }: WorkflowCanvas): Way | undefined {
  const { way } = workflowChoice(machine);
  return picture.ways.find((placed) => placed.way.id === way)?.way;
}

/** From a state to its first way, from a way to the next of the same state, and back to the state. */
function chooseNextWay(canvas: WorkflowCanvas): void {
  const way = chosenWay(canvas);
  const from = way?.from ?? chosenState(canvas)?.id;
  const ways = canvas.picture.ways.map((placed) => placed.way).filter((one) => one.from === from);
  const next = ways[way === undefined ? 0 : ways.findIndex(({ id }) => id === way.id) + 1];
  const isState = canvas.workflow.states.some(({ id }) => id === from);
  if (next !== undefined) chooseInWorkflow(canvas.machine, { state: null, way: next.id });
  else if (from !== undefined && isState) chooseInWorkflow(canvas.machine, { state: from, way: null });
}

export function addBehind(canvas: WorkflowCanvas): void {
  const place = placeForNew(canvas);
  if (place !== undefined) openQuickAdd(canvas.toClient(place.at), place);
}
