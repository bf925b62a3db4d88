// Tidy: lays cards out anew, all of them or the selected ones, and lets them glide to where they stand then. One step of undo.
import { boxOf } from "../../../model/design/geometry.ts";
import { useCanvasFile } from "../../app/stores/canvasFile.ts";
import { useDesign } from "../../app/stores/design.ts";
import { attempt } from "../../app/stores/notices.ts";
import { useSelection } from "../../app/stores/selection.ts";
import { moveCards } from "../arranging.ts";
import { withMembers } from "../canvasItems.ts";
import { currentView } from "../canvasView.ts";
import { usePlacement, type Positions } from "../placement.ts";
import type { RunLayout } from "./tidyLayout.ts";
import { tidyNotes } from "./tidyNotes.ts";
import { t } from "../../app/texts/texts.ts";

/** Of more, moving shows nothing but costs frames. */
const maxGliding = 300;
const glideMilliseconds = 320;
let run: RunLayout | undefined;

/** What is locked stays, and the others are placed around it. Says whether anything was laid out. */
export async function tidy(): Promise<boolean> {
  const done = await attempt(t("Tidy"), async () => {
    const { anchored, tidyLayout } = await import("./tidyLayout.ts");
    run ??= (await import("./layoutWorker.ts")).startLayoutWorker();
    const { design } = useDesign.getState();
    const { canvas } = useCanvasFile.getState();
    const { positions } = usePlacement.getState();
    const selected = new Set(withMembers(canvas, useSelection.getState().resources));
    const isPart = design.resources.filter(({ id }) => selected.has(id)).length > 1;
    const resources = isPart ? design.resources.filter(({ id }) => selected.has(id)) : design.resources;
    const ids = new Set(resources.map(({ id }) => id));
    const locked = new Set(canvas.locked);
    const pinned = Object.fromEntries(Object.entries(positions).filter(([id]) => locked.has(id) && ids.has(id)));
    const laidOut = await tidyLayout({ resources, connections: design.connections }, canvas.groups ?? [], pinned, run);
    const placed = Object.keys(pinned).length > 0 ? laidOut : anchored(laidOut, positions);
    const boxes = (at: Positions) => new Map(design.resources.map((resource) => [resource.id, boxOf(resource, at)]));
    const notes = tidyNotes(
      canvas.notes.filter(({ id }) => !locked.has(id)),
      { before: boxes(positions), after: boxes({ ...positions, ...placed }) },
    );
    if (resources.length <= maxGliding) glide();
    moveCards(isPart ? t("Tidy selection") : t("Tidy"), { ...placed, ...notes });
    return true;
  });
  return done === true;
}

/** Cards and lines move to their places instead of jumping, as the style sheet says. */
function glide(): void {
  const element = currentView()?.element;
  if (element === undefined) return;
  element.dataset["gliding"] = "";
  setTimeout(() => delete element.dataset["gliding"], glideMilliseconds);
}
