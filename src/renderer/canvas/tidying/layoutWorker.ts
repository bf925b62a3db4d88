// ELK in a worker of its own, started by the first Tidy: the window stays alive while thousands of cards are laid out.
import ELK from "elkjs/lib/elk-api.js";
// oxlint-disable-next-line import/default -- `?worker` makes a class of the file, which is the default export
import LayoutWorker from "elkjs/lib/elk-worker.min.js?worker";
import type { RunLayout } from "./tidyLayout.ts";

export function startLayoutWorker(): RunLayout {
  const elk = new ELK({ workerFactory: () => new LayoutWorker() });
  return (graph) => elk.layout(graph);
}
