// What the canvas draws: the design as it is grouped and placed now, and of it, as React Flow's nodes and edges, what is near.
import { useStore } from "@xyflow/react";
import { useMemo, useState } from "react";
import type { Curve } from "../../model/design/curve.ts";
import { boxOf, curvesOf } from "../../model/design/geometry.ts";
import { shownDesign, type ShownDesign } from "../../model/design/grouping.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { useProblems } from "../app/stores/problems.ts";
import { useRun } from "../app/stores/run.ts";
import { useSelection } from "../app/stores/selection.ts";
import { useTheme } from "../app/theme/theme.ts";
import { cardInputs, createNodeCache, edgesOf, type CanvasNode, type ConnectionEdge } from "./nodes.ts";
import type { OverviewScene } from "./overview.ts";
import { usePlacement, type Positions } from "./placement.ts";
import { placeRuntimeMade, runtimeMadeResources } from "./runtimeMade.ts";
import { nearOf, useNearBox } from "./near.ts";
import { useIsOverview } from "./useIsOverview.ts";

/** Below these, cards say less in larger letters. */
const lessBelowZoom = 0.7;
const leastBelowZoom = 0.48;
/** As canvas.css draws the labels of lines then. */
const largerLabels = 14 / 10.5;

export interface Drawn {
  readonly shown: ShownDesign;
  readonly scene: OverviewScene;
  /** By connection of the design, also those in a line that stands for several. */
  readonly curves: ReadonlyMap<string, Curve>;
  /** Cards are plain shapes on a layer of their own, and nodes and edges none. */
  readonly isOverview: boolean;
  /** How much a card says. */
  readonly detail: "full" | "less" | "least";
  /** Of what is in view and around it. */
  readonly nodes: CanvasNode[];
  readonly edges: ConnectionEdge[];
}

/** `moves`: where cards are while they are dragged. */
export function useDrawn(moves: Positions, selected: ReadonlySet<string>): Drawn {
  const design = useDesign((state) => state.design);
  const canvas = useCanvasFile((state) => state.canvas);
  const run = useRun((state) => state.run);
  const problems = useProblems();
  const placed = usePlacement((state) => state.positions);
  const selectedConnection = useSelection((state) => state.connection);
  const [cache] = useState(createNodeCache);

  const runtimeMade = useMemo(() => runtimeMadeResources(run), [run]);
  const shown = useMemo(
    () => shownDesign(design, canvas, { ...placed, ...placeRuntimeMade(runtimeMade, design.resources, placed), ...moves }),
    [design, canvas, placed, runtimeMade, moves],
  );
  const drawnCurves = useMemo(() => curvesOf(shown, shown.positions), [shown]);
  // what is known of a connection of the design is shown on the line that it is drawn as
  const curves = useMemo(() => withHidden(drawnCurves, shown.drawnAs), [drawnCurves, shown.drawnAs]);
  const scene = useMemo<OverviewScene>(
    () => ({
      resources: [...shown.resources, ...runtimeMade],
      connections: shown.connections,
      groups: shown.groups,
      names: new Map((canvas.groups ?? []).map(({ id, name }) => [id, name])),
      curves: drawnCurves,
      positions: shown.positions,
      selected,
    }),
    [shown, canvas.groups, runtimeMade, drawnCurves, selected],
  );
  const isOverview = useIsOverview(scene);
  // words that are to be read from afar give way earlier
  const larger = useTheme((state) => (state.isProjector ? 1.4 : 1));
  const detail = useStore((state) =>
    state.transform[2] < leastBelowZoom * larger ? "least" : state.transform[2] < lessBelowZoom * larger ? "less" : "full",
  );
  const labelScale = detail === "full" ? 1 : largerLabels;
  const nearBox = useNearBox(scene.resources.length);
  const near = useMemo(() => (isOverview ? null : nearOf(shown, runtimeMade, nearBox)), [isOverview, shown, runtimeMade, nearBox]);
  const inputs = useMemo(
    () => (near === null ? [] : cardInputs(near.resources, near.runtimeMade, drawnCurves, near.connections, problems)),
    [near, drawnCurves, problems],
  );
  const nodes = useMemo(
    () => (near === null ? [] : cache(inputs, canvas, shown, shown.positions, selected)),
    [near, cache, inputs, canvas, shown, selected],
  );
  const edges = useMemo(() => {
    if (near === null) return [];
    const cards = [...near.resources, ...near.runtimeMade].map((resource) => boxOf(resource, shown.positions));
    return edgesOf({ connections: near.connections, bundles: shown.bundles }, drawnCurves, cards, labelScale, selectedConnection);
  }, [near, shown, drawnCurves, labelScale, selectedConnection]);
  return { shown, scene, curves, isOverview, detail, nodes, edges };
}

function withHidden(drawn: ReadonlyMap<string, Curve>, drawnAs: ReadonlyMap<string, string>): ReadonlyMap<string, Curve> {
  const all = new Map(drawn);
  for (const [id, as] of drawnAs) {
    const curve = id === as ? undefined : drawn.get(as);
    if (curve !== undefined) all.set(id, curve);
  }
  return all;
}
