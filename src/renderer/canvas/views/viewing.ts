// How the design is looked at: for which question, and which request path alone. Kept while the window is open, never written.
import { create } from "zustand";
import { priceYear } from "../../../model/design/views/prices.ts";
import { layers, layerView, type Layer, type LayerView } from "../../../model/design/views/layer.ts";
import { pathFrom, type PathStart, type RequestPath } from "../../../model/design/views/path.ts";
import type { Command } from "../../app/commands.ts";
import { useDesign } from "../../app/stores/design.ts";
import { useSelection } from "../../app/stores/selection.ts";
import { currentView, fit } from "../canvasView.ts";
import { shownNow } from "../shown.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

interface Viewing {
  readonly layer: Layer;
  readonly view: LayerView;
  /** null: everything is looked at. */
  readonly path: { readonly title: string; readonly start: PathStart; readonly found: RequestPath } | null;
}

const everything: LayerView = { connections: null, facts: new Map() };

export const useViewing = create<Viewing>(() => ({ layer: "flow", view: everything, path: null }));

export const layerTitles = perLanguage((): Readonly<Record<Layer, readonly [title: string, question: string]>> => ({
  flow: [t("Data flow"), t("What goes where")],
  security: [t("Security"), t("Who may call whom")],
  failure: [t("Failure"), t("Retries, and what becomes of what fails")],
  cost: [t("Cost"), t("What a million uses cost, list prices of us-east-1 in {{priceYear}}", { priceYear })],
}));

/** Follows the design, so that what is shown stays true; returns how to stop. */
export function followViewing(): () => void {
  update();
  const stop = useDesign.subscribe((now, before) => {
    if (now.design !== before.design) update();
  });
  return () => {
    stop();
    useViewing.setState({ path: null });
  };
}

export function showLayer(layer: Layer): void {
  useViewing.setState({ layer, view: layerView(useDesign.getState().design, layer) });
}

export function endPath(): void {
  useViewing.setState({ path: null });
}

/** From the selected card or connection; the same again ends it. */
function focusOnPath(): void {
  const { resources, connection } = useSelection.getState();
  const [card] = resources;
  if (useViewing.getState().path !== null) {
    endPath();
    return;
  }
  const drawn = connection === null ? undefined : (shownNow().bundles.get(connection)?.[0]?.id ?? connection);
  const start: PathStart | undefined = drawn !== undefined ? { connection: drawn } : card === undefined ? undefined : { card };
  if (start === undefined) return;
  const { design } = useDesign.getState();
  const line = design.connections.find(({ id }) => id === drawn);
  const title = line === undefined ? (card ?? "") : (line.fromRoute ?? `${line.from} → ${line.to}`);
  const found = pathFrom(design, start);
  useViewing.setState({ path: { title, start, found } });
  fit([...found.cards]);
}

function update(): void {
  const { design } = useDesign.getState();
  const { layer, path } = useViewing.getState();
  const found = path === null ? null : pathFrom(design, path.start);
  useViewing.setState({
    view: layerView(design, layer),
    path: path === null || found === null || found.connections.size === 0 ? null : { ...path, found },
  });
}

const hasStart = (): boolean => {
  const { resources, connection } = useSelection.getState();
  return useViewing.getState().path !== null || connection !== null || resources.length === 1;
};

export const viewingCommands = perLanguage((): readonly Command[] => [
  ...layers.map((layer): Command => ({
    id: `layer.${layer}`,
    title: t("Layer: {{title}}. {{question}}", { title: layerTitles()[layer][0], question: layerTitles()[layer][1] }),
    group: "View",
    when: () => currentView() !== null,
    keywords: ["view", "show", "iam", "permissions", "dead letters", "price"],
    run: () => showLayer(layer),
  })),
  {
    id: "layer.next",
    title: t("Next layer"),
    group: "View",
    shortcut: "l",
    when: () => currentView() !== null,
    run: () => showLayer(layers[(layers.indexOf(useViewing.getState().layer) + 1) % layers.length] ?? "flow"),
  },
  {
    id: "path.focus",
    title: t("Focus on the request path from here"),
    group: "View",
    shortcut: "shift+f",
    when: () => currentView() !== null && hasStart(),
    keywords: ["trace", "follow", "route", "only"],
    run: focusOnPath,
  },
  {
    id: "path.end",
    title: t("Show everything again"),
    group: "View",
    shortcut: "escape",
    when: () =>
      currentView() !== null &&
      useViewing.getState().path !== null &&
      useSelection.getState().resources.length === 0 &&
      useSelection.getState().connection === null,
    run: endPath,
  },
]);
