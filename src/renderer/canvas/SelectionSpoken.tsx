import { lookOf } from "../app/resourceTypes.ts";
import { useDesign } from "../app/stores/design.ts";
import { useSelection } from "../app/stores/selection.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { itemWords } from "./canvasItems.ts";
import { connectionWords } from "./connectionWords.ts";
import { t } from "../app/texts/texts.ts";

/** Says aloud what the arrow keys have come to, with its connections, for those who cannot see the canvas. */
export function SelectionSpoken() {
  const { resources, connections } = useDesign((state) => state.design);
  const { resources: ids, connection: connectionId } = useSelection();
  const canvas = useCanvasFile((state) => state.canvas);
  const resource = ids.length === 1 ? resources.find((one) => one.id === ids[0]) : undefined;
  const connection = connections.find((one) => one.id === connectionId);
  const own = resource === undefined ? [] : connections.filter((one) => one.from === resource.id || one.to === resource.id);
  const words =
    connection !== undefined
      ? connectionWords(connection)
      : resource !== undefined
        ? [`${resource.id}, ${lookOf(resource.type).title}`, ...own.map(connectionWords)].join(". ")
        : ids.length === 1 && ids[0] !== undefined
          ? itemWords(ids[0], canvas)
          : ids.length > 1
            ? t("{{count}} selected", { count: ids.length })
            : "";
  return (
    <div role="log" aria-label={t("Selection")} aria-live="polite" className="sr-only">
      {words}
    </div>
  );
}
