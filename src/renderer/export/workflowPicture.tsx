// A workflow that leaves the Studio: loaded when it is asked for.
import { Flag, Play, type LucideIcon } from "lucide-react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { locale } from "../app/format.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { t } from "../app/texts/texts.ts";
import { useTheme } from "../app/theme/theme.ts";
import { svgOf } from "../app/ui/ResourceIcon.tsx";
import { stateLooks, workedOn } from "../workflow/stateLooks.ts";
import type { WorkflowPicture } from "../workflow/workflowLayout.ts";
import type { WorkflowState } from "../workflow/workflowGraph.ts";
import { pdfOfPages } from "./designPdf.ts";
import { drawingOf } from "./drawing.ts";
import { designTitle, pngOfSvg } from "./picture.ts";
import { fontsFor } from "./pictureFonts.ts";
import { workflowSvg, type WorkflowPictureInput } from "./workflowSvg.ts";

type Options = Pick<WorkflowPictureInput, "ground" | "heading"> & { readonly theme?: "light" | "dark" };

export async function workflowAsSvg(
  title: string,
  picture: WorkflowPicture,
  { theme = useTheme.getState().theme, ...options }: Options = {},
): Promise<string> {
  const markIcons = { start: markupOf(Play), end: markupOf(Flag) };
  const input = { title, picture, theme, ...options, lookOf: lookOfState, markIcon: (kind: "start" | "end") => markIcons[kind] };
  return workflowSvg({ ...input, fonts: await fontsFor(workflowSvg(input)) });
}

/** Twice the size of its canvas. */
export async function workflowAsPng(title: string, picture: WorkflowPicture): Promise<Blob> {
  return pngOfSvg(await workflowAsSvg(title, picture));
}

export async function workflowAsPdf(title: string, picture: WorkflowPicture): Promise<Blob> {
  const date = new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(new Date());
  const detail = [designTitle(), t("{{count}} states", { count: picture.states.length }), date].join(" · ");
  const svg = await workflowAsSvg(title, picture, { theme: "light", ground: "paper", heading: { title, detail } });
  return pdfOfPages(title, [{ title, drawing: drawingOf(svg) }]);
}

function lookOfState(state: WorkflowState): ReturnType<WorkflowPictureInput["lookOf"]> {
  const type = workedOn(state);
  if (type === undefined) return { icon: markupOf(stateLooks[state.type].icon), category: stateLooks[state.type].category };
  const { icon, category } = lookOf(type);
  return { icon: svgOf(icon), category };
}

const drawnIcons = new Map<LucideIcon, string>();

/** What React draws, without the attributes that a place in a picture gives. */
function markupOf(Icon: LucideIcon): string {
  const known = drawnIcons.get(Icon);
  if (known !== undefined) return known;
  const host = document.createElement("div");
  const root = createRoot(host);
  flushSync(() => root.render(<Icon />));
  const drawn = `<svg viewBox="0 0 24 24"><g class="icon fine">${host.firstElementChild?.innerHTML ?? ""}</g></svg>`;
  root.unmount();
  drawnIcons.set(Icon, drawn);
  return drawn;
}
