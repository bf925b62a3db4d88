import { CopyPlus, FileText, Flag, Pencil, Plus, Cable, Trash2, Unplug, ArrowUp, ArrowDown, Columns2 } from "lucide-react";
import type { Point } from "../../../model/design/curve.ts";
import { commandItems } from "../../app/shell/menus.tsx";
import type { MenuItem } from "../../app/ui/Menu.tsx";
import { addBehind } from "../editCommands.ts";
import { showInText } from "../stateText.ts";
import type { Way, WorkflowState } from "../workflowGraph.ts";
import { useConnectState } from "./ConnectState.tsx";
import { openQuickAdd } from "./quickAddStore.ts";
import { beginRenameState } from "./renaming.ts";
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
} from "./stateActions.ts";
import { flowIdOf, type WorkflowCanvas } from "./workflowCanvas.ts";
import { t } from "../../app/texts/texts.ts";

export type WorkflowMenuSubject =
  | { readonly type: "state"; readonly id: string }
  | { readonly type: "way"; readonly id: string; readonly at: Point }
  | { readonly type: "canvas" };

/** What a right click offers, by what it hit. */
export function workflowMenu(canvas: WorkflowCanvas, subject: WorkflowMenuSubject): readonly MenuItem[] {
  const { workflow, picture } = canvas;
  if (workflow.isStale) return commandItems(["edit.undo", "edit.redo"]);
  if (subject.type === "state") {
    const state = workflow.states.find(({ id }) => id === subject.id);
    return state === undefined ? [] : stateMenu(canvas, state);
  }
  if (subject.type === "way") {
    const way = picture.ways.find((placed) => placed.way.id === subject.id)?.way;
    return way === undefined ? [] : wayMenu(canvas, way, subject.at);
  }
  return [
    { type: "action", id: "add", title: t("Add a state"), icon: <Plus size={14} />, shortcut: "/", run: () => addBehind(canvas) },
    { type: "action", id: "paste", title: t("Paste"), shortcut: "mod+v", isDisabled: !isStateCopied(), run: () => pasteState(canvas) },
    { type: "separator" },
    ...commandItems(["workflow.fit", "-", "edit.undo", "edit.redo"]),
  ];
}

function stateMenu(canvas: WorkflowCanvas, state: WorkflowState): readonly MenuItem[] {
  const isStart =
    canvas.workflow.flow !== null && canvas.picture.ways.some(({ way }) => way.from.endsWith("#start") && way.to === state.id);
  return [
    { type: "heading", title: `${state.type} ${state.name}` },
    {
      type: "action",
      id: "text",
      title: t("Show in the text"),
      icon: <FileText size={14} />,
      run: () => showInText(canvas.workflow.source, state.steps),
    },
    { type: "separator" },
    { type: "action", id: "add", title: t("Add a state behind it"), icon: <Plus size={14} />, shortcut: "/", run: () => addBehind(canvas) },
    {
      type: "action",
      id: "connect",
      title: t("Connect to…"),
      icon: <Cable size={14} />,
      shortcut: "c",
      run: () => useConnectState.setState({ from: state.id }),
    },
    ...(state.type === "Parallel"
      ? ([
          { type: "action", id: "branch", title: t("Add a branch"), icon: <Columns2 size={14} />, run: () => addBranch(canvas, state) },
        ] satisfies MenuItem[])
      : []),
    {
      type: "action",
      id: "start",
      title: flowIdOf(state) === "" ? t("Start the workflow here") : t("Start the lane here"),
      icon: <Flag size={14} />,
      isDisabled: isStart,
      run: () => makeStart(canvas, state),
    },
    { type: "separator" },
    { type: "action", id: "rename", title: t("Rename"), icon: <Pencil size={14} />, shortcut: "F2", run: () => beginRenameState(state.id) },
    { type: "action", id: "copy", title: t("Copy"), shortcut: "mod+c", run: () => copyState(canvas, state) },
    {
      type: "action",
      id: "paste",
      title: t("Paste behind it"),
      shortcut: "mod+v",
      isDisabled: !isStateCopied(),
      run: () => pasteState(canvas),
    },
    {
      type: "action",
      id: "duplicate",
      title: t("Duplicate"),
      icon: <CopyPlus size={14} />,
      shortcut: "mod+d",
      run: () => duplicateState(canvas, state),
    },
    { type: "separator" },
    {
      type: "action",
      id: "delete",
      title: t("Delete"),
      icon: <Trash2 size={14} />,
      isDangerous: true,
      shortcut: "delete",
      run: () => deleteState(canvas, state),
    },
  ];
}

function wayMenu(canvas: WorkflowCanvas, way: Way, at: Point): readonly MenuItem[] {
  const place = canvas.places.find(({ id }) => id === way.id);
  const isOrdered = way.kind === "choice" || way.kind === "catch";
  return [
    { type: "heading", title: place?.words.replace(/^./, (first) => first.toUpperCase()) ?? t("Way") },
    ...(place === undefined
      ? []
      : ([
          {
            type: "action",
            id: "add",
            title: t("Add a state here"),
            icon: <Plus size={14} />,
            shortcut: "/",
            run: () => openQuickAdd(at, place),
          },
          {
            type: "action",
            id: "paste",
            title: t("Paste here"),
            shortcut: "mod+v",
            isDisabled: !isStateCopied(),
            run: () => pasteState(canvas, place),
          },
        ] satisfies MenuItem[])),
    ...(isOrdered
      ? ([
          { type: "separator" },
          {
            type: "action",
            id: "earlier",
            title: t("Ask earlier"),
            icon: <ArrowUp size={14} />,
            shortcut: "alt+arrowup",
            run: () => moveRule(canvas, way, -1),
          },
          {
            type: "action",
            id: "later",
            title: t("Ask later"),
            icon: <ArrowDown size={14} />,
            shortcut: "alt+arrowdown",
            run: () => moveRule(canvas, way, 1),
          },
        ] satisfies MenuItem[])
      : []),
    { type: "separator" },
    {
      type: "action",
      id: "delete",
      title: way.kind === "next" ? t("End there instead") : t("Delete"),
      icon: <Unplug size={14} />,
      isDangerous: true,
      shortcut: "delete",
      isDisabled: way.from.endsWith("#start") || (way.kind === "next" && way.to.endsWith("#end")),
      run: () => deleteWay(canvas, way),
    },
  ];
}
