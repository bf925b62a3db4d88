import { Background, BackgroundVariant, ConnectionMode, MiniMap, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { FileText, Play, Workflow as WorkflowIcon } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type MouseEvent } from "react";
import "../canvas/canvas.css";
import "./workflow.css";
import type { Steps } from "../../model/asl/commands/command.ts";
import { registerCommands } from "../app/commands.ts";
import { shareUndo } from "../app/stores/documents.ts";
import { useLayout } from "../app/stores/layout.ts";
import { Button } from "../app/ui/Button.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { ContextMenu } from "../app/ui/Menu.tsx";
import { workflowExports } from "../export/workflowExports.ts";
import { ContainerCard, Lane, Mark, StateCard } from "./StateCard.tsx";
import { addBehind, editCommands } from "./editCommands.ts";
import { ConnectState } from "./editing/ConnectState.tsx";
import { useHoveredWay } from "./editing/hoveredWay.ts";
import { DropLayer } from "./editing/DropLayer.tsx";
import { insertPlaces } from "./editing/places.ts";
import { StaleBanner } from "./editing/StaleBanner.tsx";
import { useGestures } from "./editing/useGestures.ts";
import { WorkflowQuickAdd } from "./editing/WorkflowQuickAdd.tsx";
import { showWorkflowCanvas, type WorkflowCanvas as ShownCanvas } from "./editing/workflowCanvas.ts";
import { workflowMenu, type WorkflowMenuSubject } from "./editing/workflowMenu.tsx";
import { ExecutionChip } from "./execution/ExecutionChip.tsx";
import { watchExecutions } from "./execution/executionChoice.ts";
import type { StateRun } from "./execution/executionOverlay.ts";
import { useWatched } from "./execution/watched.ts";
import { FarMap, FarView } from "./FarView.tsx";
import { isLong, useShownPart } from "./shownPart.ts";
import { followMarkedState, showInText } from "./stateText.ts";
import { stateAt, useWorkflow, type Workflow } from "./useWorkflow.ts";
import { layoutWorkflow } from "./workflowLayout.ts";
import { edgesOf, nodesOf, type WayEdge, type WorkflowNode } from "./workflowNodes.ts";
import { chooseInWorkflow, useWorkflowChoice } from "./workflowStore.ts";
import { viewCommands } from "./viewCommands.ts";
import { WayLine } from "./WayLine.tsx";
import { WorkflowControls } from "./WorkflowControls.tsx";
import { fitWhole, useChosenInView, useFitWhileUntouched, useSteadyView, viewMovedByHand } from "./workflowView.ts";
import { t } from "../app/texts/texts.ts";
import { tWords } from "../app/texts/words.ts";

const nodeTypes = { state: StateCard, container: ContainerCard, lane: Lane, mark: Mark };
const edgeTypes = { way: WayLine };
const minimapFromStates = 10;

/** A state machine as a canvas of its states. */
export function WorkflowTab({ machine }: { machine: string }) {
  const workflow = useWorkflow(machine);
  const { isWatching } = useWorkflowChoice(machine);
  const { opened } = useWatched(isWatching ? machine : null);
  if (workflow === null) {
    return (
      <EmptyState icon={<WorkflowIcon size={18} />} title={t("{{machine}} is not in the design", { machine })}>
        {t("It was removed or renamed. Close this tab, or undo the change.")}
      </EmptyState>
    );
  }
  if (workflow.flow === null) {
    return (
      <EmptyState
        icon={<WorkflowIcon size={18} />}
        title={t("No states to draw")}
        action={<Button onClick={() => showInText(workflow.source, [])}>{t("Show in the text")}</Button>}
      >
        {workflow.source.trouble === null
          ? t("The definition in {{file}} has no States. Write the first one, and it is drawn here.", { file: workflow.source.file })
          : tWords(workflow.source.trouble)}
      </EmptyState>
    );
  }
  return (
    <div className="flex min-h-0 flex-1">
      <ReactFlowProvider>
        <WorkflowCanvas machine={machine} workflow={workflow} runs={isWatching ? (opened?.runs ?? null) : null} />
      </ReactFlowProvider>
    </div>
  );
}

function WorkflowCanvas({ machine, workflow, runs }: { machine: string; workflow: Workflow; runs: ReadonlyMap<string, StateRun> | null }) {
  const flow = useReactFlow<WorkflowNode, WayEdge>();
  const area = useRef<HTMLDivElement>(null);
  const { state: selected, way: chosenWay, isWatching } = useWorkflowChoice(machine);
  const picture = useMemo(() => (workflow.flow === null ? null : layoutWorkflow(workflow.flow)), [workflow.flow]);
  const shown = useShownPart(picture, selected);
  const nodes = useMemo(
    () => (shown === null || picture === null ? [] : nodesOf(shown.picture, picture, workflow.problems, selected, runs)),
    [shown, picture, workflow.problems, selected, runs],
  );
  const edges = useMemo(() => (shown === null ? [] : edgesOf(shown.picture, chosenWay, runs)), [shown, chosenWay, runs]);
  const places = useMemo(
    () => (workflow.flow === null || picture === null ? [] : insertPlaces(workflow.flow, picture)),
    [workflow.flow, picture],
  );
  const canvas = useMemo<ShownCanvas | null>(
    () =>
      picture && {
        machine,
        workflow,
        picture,
        places,
        toCanvas: (client) => flow.screenToFlowPosition(client),
        toClient: (point) => flow.flowToScreenPosition(point),
      },
    [machine, workflow, picture, places, flow],
  );
  const gestures = useGestures(canvas, area);
  const [menuSubject, setMenuSubject] = useState<WorkflowMenuSubject>({ type: "canvas" });
  const isMinimapShown = useLayout((layout) => layout.isMinimapShown);

  useFitWhileUntouched(flow, area, picture);
  useSteadyView(flow, area, picture);
  useChosenInView(flow, area, picture, selected);
  useEffect(() => (picture === null ? undefined : registerCommands(viewCommands(machine, flow, picture))), [machine, flow, picture]);
  useEffect(() => (picture === null ? undefined : registerCommands(workflowExports(machine, picture))), [machine, picture]);
  useEffect(() => (canvas === null ? undefined : registerCommands(editCommands(canvas))), [canvas]);
  useEffect(() => (canvas === null ? undefined : showWorkflowCanvas(canvas)), [canvas]);
  const { file } = workflow.source;
  useEffect(() => shareUndo(file), [file]);
  useEffect(() => {
    const state = workflow.states.find((one) => one.id === selected);
    const choose = (steps: Steps): void => chooseInWorkflow(machine, { state: stateAt(workflow.states, steps)?.id ?? null, way: null });
    followMarkedState({ source: workflow.source, steps: state?.steps ?? null, choose });
    return () => followMarkedState(null);
  }, [machine, workflow, selected]);

  const findMenu = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return;
    const node = event.target.closest(".react-flow__node")?.getAttribute("data-id") ?? "";
    const way =
      event.target.closest("[data-way]")?.getAttribute("data-way") ?? event.target.closest(".react-flow__edge")?.getAttribute("data-id");
    if (workflow.states.some(({ id }) => id === node)) {
      chooseInWorkflow(machine, { state: node, way: null });
      setMenuSubject({ type: "state", id: node });
    } else if (typeof way === "string") {
      chooseInWorkflow(machine, { state: null, way });
      setMenuSubject({ type: "way", id: way, at: { x: event.clientX, y: event.clientY } });
    } else setMenuSubject({ type: "canvas" });
  };

  return (
    <ContextMenu items={canvas === null ? [] : workflowMenu(canvas, menuSubject)}>
      <div
        ref={area}
        className="workflow-area relative min-h-0 flex-1 overflow-hidden bg-canvas"
        aria-label={t("Workflow of {{machine}}", { machine })}
        role="group"
        onContextMenuCapture={findMenu}
        onPointerDown={gestures.onPointerDown}
        onDragOver={gestures.onDragOver}
        onDragLeave={gestures.onDragLeave}
        onDrop={gestures.onDrop}
        onClick={(event) => {
          const way = event.target instanceof Element ? event.target.closest(".way-label")?.getAttribute("data-way") : null;
          if (typeof way === "string") chooseInWorkflow(machine, { state: null, way });
        }}
      >
        <ReactFlow<WorkflowNode, WayEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodeClick={(_event, node) =>
            (node.type === "state" || node.type === "container") && chooseInWorkflow(machine, { state: node.id, way: null })
          }
          onEdgeMouseEnter={(_event, edge) => useHoveredWay.setState({ id: edge.id })}
          onEdgeMouseLeave={() => useHoveredWay.setState({ id: null })}
          onEdgeClick={(_event, edge) => chooseInWorkflow(machine, { state: null, way: edge.id })}
          onNodeDoubleClick={(_event, node) => {
            const state = workflow.states.find((one) => one.id === node.id);
            if (state !== undefined) showInText(workflow.source, state.steps);
          }}
          onMove={(event) => event !== null && viewMovedByHand(flow)}
          onPaneClick={() => chooseInWorkflow(machine, { state: null, way: null })}
          connectionMode={ConnectionMode.Loose}
          nodesDraggable={false}
          nodesConnectable={false}
          onlyRenderVisibleElements
          minZoom={0.02}
          maxZoom={2.5}
          panOnScroll
          zoomActivationKeyCode={["Meta", "Control"]}
          deleteKeyCode={null}
          disableKeyboardA11y
          nodesFocusable={false}
          edgesFocusable={false}
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.8} color="var(--canvas-dot)" />
          {shown?.isFar === true && picture !== null && <FarView picture={picture} runs={runs} />}
          {isMinimapShown && picture !== null && isLong(picture) && <FarMap picture={picture} runs={runs} flow={flow} />}
          {isMinimapShown && !isLong(picture) && workflow.states.length >= minimapFromStates && (
            <MiniMap
              position="bottom-right"
              className="workflow-map"
              style={{ width: 144, height: 96 }}
              bgColor="var(--bg-raised)"
              maskColor="var(--bg-hover)"
              nodeColor="var(--edge)"
              nodeBorderRadius={8}
              pannable
            />
          )}
          <DropLayer places={places} />
        </ReactFlow>
        <WorkflowControls
          flow={flow}
          onFit={() => picture !== null && fitWhole(flow, picture)}
          onAdd={canvas === null || workflow.isStale ? null : () => addBehind(canvas)}
        />
        {workflow.isStale && <StaleBanner workflow={workflow} />}
        {workflow.states.length === 0 && !workflow.isStale && <EmptyWorkflow onAdd={() => canvas !== null && addBehind(canvas)} />}
        {canvas !== null && <WorkflowQuickAdd canvas={canvas} />}
        {canvas !== null && <ConnectState canvas={canvas} />}
        <div className="absolute top-3 right-3 z-10 flex items-center gap-2">
          {isWatching && <ExecutionChip machine={machine} />}
          <Button
            size="compact"
            onClick={() => showInText(workflow.source, workflow.states.find((one) => one.id === selected)?.steps ?? [])}
          >
            <FileText size={12} />
            {t("Text beside")}
          </Button>
          <Button
            size="compact"
            look={isWatching ? "plain" : "primary"}
            aria-pressed={isWatching}
            onClick={() => (isWatching ? chooseInWorkflow(machine, { isWatching: false }) : watchExecutions(machine))}
          >
            <Play size={12} />
            {t("Executions")}
          </Button>
        </div>
        <p role="status" className="sr-only">
          {nodes.find((node) => node.id === selected)?.ariaLabel ?? places.find(({ id }) => id === chosenWay)?.words ?? ""}
        </p>
      </div>
    </ContextMenu>
  );
}

/** Teaches how to begin. */
function EmptyWorkflow({ onAdd }: { onAdd(): void }) {
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center">
      <div className="pointer-events-auto">
        <EmptyState
          icon={<WorkflowIcon size={18} />}
          title={t("No states yet")}
          action={<Button onClick={onAdd}>{t("Add the first state")}</Button>}
        >
          {t("Drag one here from the palette, or press / and type what it should do.")}
        </EmptyState>
      </div>
    </div>
  );
}
