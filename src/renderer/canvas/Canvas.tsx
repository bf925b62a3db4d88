import {
  ConnectionMode,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  type NodeChange,
  type OnConnectEnd,
} from "@xyflow/react";
import { memo, useCallback, useEffect, useMemo, useRef, useState, type DragEvent, type MouseEvent } from "react";
import "./canvas.css";
import { registerCommands } from "../app/commands.ts";
import { allDefinitions } from "../app/resourceTypes.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { useLayout } from "../app/stores/layout.ts";
import { projectKey, useProject } from "../app/stores/project.ts";
import { clearSelection, selectConnection, selectResources, useSelection } from "../app/stores/selection.ts";
import { ContextMenu } from "../app/ui/Menu.tsx";
import { CanvasBanners } from "./CanvasBanners.tsx";
import { duplicateSelection } from "./clipboard/clipboard.ts";
import { canvasCommands, followPaste } from "./canvasCommands.ts";
import { CanvasGrid } from "./CanvasGrid.tsx";
import { CanvasControls } from "./CanvasControls.tsx";
import { menuFor, type MenuSubject } from "./canvasMenu.tsx";
import {
  attachView,
  fit,
  fitOnce,
  zoomLimits,
  refitIfFitted,
  revealSelection,
  viewMovedByHand,
  toCanvas,
  trackPointer,
  viewportBefore,
  visibleBox,
  isMinimapDrawn,
} from "./canvasView.ts";
import { beginConnecting, endConnecting, hoverWhileConnecting, useConnecting } from "./connecting.ts";
import { ConnectingTip } from "./ConnectingTip.tsx";
import { ConnectionEdge } from "./ConnectionEdge.tsx";
import { ConnectionQuestion } from "./ConnectionQuestion.tsx";
import { ConnectTo } from "./ConnectTo.tsx";
import { AddConnected } from "./AddConnected.tsx";
import { movedAlong, moveCards, moveLabel } from "./arranging.ts";
import { addResource } from "./newResources.ts";
import { beginDrag, type Drag } from "./dragging/dragging.ts";
import { followPointer } from "./dragging/followPointer.ts";
import { DragGuides } from "./dragging/DragGuides.tsx";
import { FrameBox } from "./frames/FrameBox.tsx";
import { PresentationBar, PresentedFrame } from "./frames/Presentation.tsx";
import { followPresenting, showFrame } from "./frames/presenting.ts";
import { GroupBox } from "./groups/GroupBox.tsx";
import { GroupCard } from "./groups/GroupCard.tsx";
import { hoverCard, leaveCard } from "./hovering.ts";
import { EmptyCanvas } from "./EmptyCanvas.tsx";
import { boxOf } from "../../model/design/geometry.ts";
import { followHighlightedSpan } from "./highlightedSpan.ts";
import { LineToPointer } from "./LineToPointer.tsx";
import { MessagesOverlay } from "./MessagesOverlay.tsx";
import { Minimap } from "./Minimap.tsx";
import type { CanvasNode, ConnectionEdge as CanvasEdge } from "./nodes.ts";
import { NoteCard } from "./NoteCard.tsx";
import { overlaps, resourceAt } from "./overview.ts";
import { OverviewLayer } from "./OverviewLayer.tsx";
import { paletteDragType, paletteItems } from "./paletteItems.ts";
import { followPlacement, usePlacement, type Positions } from "./placement.ts";
import { cardUnder, clientOf, isOnCanvas, resourceUnder, selectWithin } from "./pointing.ts";
import { QuickAdd } from "./QuickAdd.tsx";
import { ResourceCard } from "./ResourceCard.tsx";
import { useDrawn } from "./useDrawn.ts";
import { ViewBar } from "./views/ViewBar.tsx";
import { followViewing } from "./views/viewing.ts";
import { followHolds } from "./stepping/hop.ts";
import { SelectionSpoken } from "./SelectionSpoken.tsx";
import { HoldCard } from "./stepping/HoldCard.tsx";
import { t } from "../app/texts/texts.ts";

const nodeTypes = { card: ResourceCard, note: NoteCard, groupBox: GroupBox, groupCard: GroupCard, frame: FrameBox };
const edgeTypes = { connection: ConnectionEdge };
const noMoves: Positions = {};

/** The design, drawn: cards, connections, everything that moves over them. */
export const Canvas = memo(function Canvas() {
  return (
    <ReactFlowProvider>
      <CanvasArea />
    </ReactFlowProvider>
  );
});

function CanvasArea() {
  const flow = useReactFlow();
  const area = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const pressedAt = useRef({ x: 0, y: 0 });
  const keys = useRef({ isCopying: false, isFree: false });
  const [areaElement, setAreaElement] = useState<HTMLDivElement | null>(null);
  const design = useDesign((state) => state.design);
  const hasTrouble = useDesign((state) => state.trouble !== null);
  const canvas = useCanvasFile((state) => state.canvas);
  const placed = usePlacement((state) => state.positions);
  const selectedIds = useSelection((state) => state.resources);
  const revealCount = useSelection((state) => state.revealCount);
  const isMinimapShown = useLayout((layout) => layout.isMinimapShown);
  const project = useProject(projectKey);
  const [moves, setMoves] = useState<Positions>(noMoves);
  const [menuSubject, setMenuSubject] = useState<MenuSubject>({ type: "canvas", at: { x: 0, y: 0 } });
  const [initialViewport] = useState(() => viewportBefore(project));

  useEffect(() => {
    const stops = [
      followPlacement(),
      followHolds(),
      followHighlightedSpan(),
      followPresenting(),
      followPaste(),
      followViewing(),
      registerCommands(canvasCommands()),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    setAreaElement(element);
    const observer = new ResizeObserver(() => {
      refitIfFitted();
      showFrame(0);
    });
    observer.observe(element);
    const detach = attachView({ flow, element });
    return () => {
      observer.disconnect();
      detach();
    };
  }, [flow]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || drag.current === null) return;
      event.stopPropagation();
      drag.current.giveUp();
      setMoves(noMoves);
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      leaveCard();
    };
  }, []);
  useEffect(() => {
    if (revealCount > 0) revealSelection();
  }, [revealCount]);

  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const { shown, scene, curves, isOverview, detail, nodes, edges } = useDrawn(moves, selected);
  const { positions } = shown;

  useEffect(() => {
    if (design.resources.length === 0 || Object.keys(placed).length > 0) requestAnimationFrame(() => fitOnce(project));
  }, [design, placed, project]);

  const onDragStart = (dragged: readonly { readonly id: string }[]): void => {
    leaveCard();
    // React Flow has only those of the selection that are near
    const isSelection = dragged.some(({ id }) => selected.has(id));
    const own = movedAlong(isSelection ? selectedIds : dragged.map(({ id }) => id));
    const ids = new Set(own.map(({ id }) => id));
    const view = visibleBox();
    const others = [...scene.resources.map((resource) => ({ id: resource.id, ...boxOf(resource, positions) })), ...canvas.notes];
    drag.current = beginDrag(
      own,
      others.filter((one) => !ids.has(one.id) && overlaps(one, view)),
      flow.getZoom(),
      shown.groups
        .filter(({ group }) => !ids.has(group.id) && !group.members.some((member) => ids.has(member)))
        .map(({ group, box }) => ({ id: group.id, ...box })),
    );
  };

  const onNodesChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    const chosen = new Set(useSelection.getState().resources);
    let isSelectionChanged = false;
    const first = changes.find((change) => change.type === "position" && change.dragging === true);
    if (first?.type === "position" && first.position !== undefined && drag.current?.isGivenUp === false) {
      setMoves(drag.current.move(first.id, first.position, keys.current));
    }
    for (const change of changes) {
      if (change.type !== "select") continue;
      isSelectionChanged = true;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    // what was undone meanwhile may still be among them
    if (isSelectionChanged) selectResources([...chosen].filter(isOnCanvas));
  }, []);

  const onDragStop = (): void => {
    const ended = drag.current?.end() ?? null;
    drag.current = null;
    setMoves(noMoves);
    if (ended === null) return;
    if (keys.current.isCopying) duplicateSelection(ended.by);
    else {
      const label = moveLabel(Object.keys(ended.positions));
      moveCards(label, ended.positions, ended.joins === null ? {} : { joins: ended.joins });
    }
  };

  /** Shapes far away are no nodes that React Flow could drag. */
  const dragFromAfar = (event: MouseEvent): void => {
    const at = { x: event.clientX, y: event.clientY };
    const isOnFlow = event.target instanceof Element && event.target.closest(".react-flow__pane") !== null;
    const hit =
      isOverview && isOnFlow && event.button === 0 && !event.shiftKey ? resourceAt(toCanvas(at), shown.resources, positions) : undefined;
    const from = hit === undefined ? undefined : positions[hit.id];
    if (hit === undefined || from === undefined) return;
    // or the canvas would move
    event.stopPropagation();
    const { id } = hit;
    const ids = selected.has(id) ? selectedIds : [id];
    const zoom = flow.getZoom();
    followPointer(at, {
      begin: () => {
        if (!selected.has(id)) selectResources([id]);
        onDragStart(ids.map((one) => ({ id: one })));
      },
      move: (by) => {
        if (drag.current?.isGivenUp === false)
          setMoves(drag.current.move(id, { x: from.x + by.x / zoom, y: from.y + by.y / zoom }, keys.current));
      },
      end: onDragStop,
    });
  };

  const onConnectEnd = useCallback<OnConnectEnd>((event) => {
    const at = clientOf(event);
    endConnecting(resourceUnder(at), at);
  }, []);

  const onDrop = (event: DragEvent): void => {
    const item = paletteItems(allDefinitions()).find((one) => one.id === event.dataTransfer.getData(paletteDragType));
    if (item === undefined) return;
    event.preventDefault();
    const place = toCanvas({ x: event.clientX, y: event.clientY });
    addResource(item, { x: place.x - 88, y: place.y - 26 });
  };

  const findMenu = (event: MouseEvent): void => {
    const at = { x: event.clientX, y: event.clientY };
    const card = isOverview ? resourceAt(toCanvas(at), scene.resources, positions)?.id : cardUnder(at);
    const edge = event.target instanceof Element ? event.target.closest(".react-flow__edge")?.getAttribute("data-id") : undefined;
    if (typeof card === "string") {
      if (!selected.has(card)) selectResources([card]);
      setMenuSubject({ type: "card", id: card, at });
    } else if (typeof edge === "string") {
      selectConnection(edge);
      setMenuSubject({ type: "connection", id: edge, at });
    } else setMenuSubject({ type: "canvas", at });
  };

  const isConnecting = useConnecting((state) => state.from !== null);
  return (
    <ContextMenu items={menuFor(menuSubject)}>
      <div
        ref={area}
        data-detail={detail}
        className="relative min-h-0 flex-1 overflow-hidden bg-canvas"
        onContextMenuCapture={findMenu}
        onPointerMove={(event) => {
          const at = { x: event.clientX, y: event.clientY };
          trackPointer(at);
          keys.current = { isCopying: event.altKey, isFree: event.ctrlKey || event.metaKey };
          if (isConnecting) hoverWhileConnecting(resourceUnder(at), at);
        }}
        onMouseDownCapture={dragFromAfar}
        onPointerDownCapture={(event) => (pressedAt.current = { x: event.clientX, y: event.clientY })}
        onPointerLeave={() => trackPointer(null)}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(paletteDragType)) event.preventDefault();
        }}
        onDrop={onDrop}
      >
        <ReactFlow<CanvasNode, CanvasEdge>
          aria-label={t("Canvas")}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onNodeDragStart={(_event, _node, dragged) => onDragStart(dragged)}
          onSelectionDragStart={(_event, dragged) => onDragStart(dragged)}
          onNodeDragStop={onDragStop}
          onSelectionDragStop={onDragStop}
          onNodeMouseMove={(event, node) => event.buttons === 0 && !isConnecting && hoverCard(node.id)}
          onNodeMouseLeave={leaveCard}
          onEdgeClick={(_event, edge) => selectConnection(edge.id)}
          onPaneClick={(event) => {
            const hit = isOverview ? resourceAt(toCanvas({ x: event.clientX, y: event.clientY }), scene.resources, positions) : undefined;
            if (hit === undefined) clearSelection();
            else selectResources(event.shiftKey ? [...selectedIds, hit.id] : [hit.id]);
          }}
          onSelectionEnd={(event) => isOverview && selectWithin(pressedAt.current, { x: event.clientX, y: event.clientY }, scene)}
          onDoubleClick={() => isOverview && selectedIds.length > 0 && fit(selectedIds)}
          onMoveStart={(event) => event !== null && viewMovedByHand()}
          onConnectStart={(_event, { nodeId }) => nodeId !== null && beginConnecting(nodeId)}
          onConnectEnd={onConnectEnd}
          {...(initialViewport === undefined ? {} : { defaultViewport: initialViewport })}
          connectionMode={ConnectionMode.Loose}
          connectionLineComponent={LineToPointer}
          isValidConnection={() => false}
          onlyRenderVisibleElements
          minZoom={zoomLimits.least}
          maxZoom={zoomLimits.most}
          panOnScroll
          panOnDrag={[0, 1, 2]}
          selectionOnDrag={false}
          selectionKeyCode="Shift"
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={["Meta", "Control", "Shift"]}
          zoomActivationKeyCode={["Meta", "Control"]}
          deleteKeyCode={null}
          disableKeyboardA11y
          nodesFocusable={false}
          edgesFocusable={false}
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          proOptions={{ hideAttribution: true }}
        >
          <CanvasGrid />
          <DragGuides />
          <PresentedFrame />
        </ReactFlow>
        {isOverview && <OverviewLayer scene={scene} />}
        <MessagesOverlay curves={curves} />
        <CanvasControls />
        <ViewBar />
        <PresentationBar />
        <CanvasBanners />
        {design.resources.length === 0 && !hasTrouble && <EmptyCanvas />}
        {isMinimapShown && isMinimapDrawn() && <Minimap scene={scene} />}
        <HoldCard curves={curves} area={areaElement} />
        <ConnectingTip />
        <ConnectionQuestion />
        <QuickAdd />
        <ConnectTo />
        <AddConnected />
        <SelectionSpoken />
      </div>
    </ContextMenu>
  );
}
