// The steps of undo across a reload of the page. They lie in the window's session storage, each as what tells it from the
// step after it, so that thousands fit; nothing of this is written into the project.
import { z } from "zod";
import { canvasSchema, canvasText } from "../../../model/design/canvasFile.ts";
import type { Canvas } from "../../../model/design/design.ts";
import { useHistory, type DesignState, type Step } from "./history.ts";
import { t } from "../texts/texts.ts";

const storageKey = "contrail.history";
/** Browsers refuse more than five million characters in all. */
const maxCharacters = 4_000_000;
const delayMilliseconds = 1_000;

/** Where a text differs from another: from there so many characters go, and these come. */
const splice = z.tuple([z.number(), z.number(), z.string()]);
const keptStep = z.object({
  label: z.string(),
  origin: z.enum(["canvas", "text", "disk"]),
  at: z.number(),
  text: splice,
  canvas: splice,
  files: z.record(z.string(), z.string()).optional(),
});
const keptHistory = z.object({
  project: z.string(),
  text: z.string(),
  canvas: z.string(),
  /** Both from the nearest to the furthest. */
  past: z.array(keptStep),
  future: z.array(keptStep),
});

type Splice = z.infer<typeof splice>;
type KeptStep = z.infer<typeof keptStep>;

/** Keeps the steps from now on, a moment after each and before the page goes; returns how to stop. */
export function keepHistory(current: () => { readonly project: string; readonly state: DesignState } | undefined): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const now = current();
    if (now !== undefined) write(now.project, now.state);
  };
  const stop = useHistory.subscribe(() => {
    timer ??= setTimeout(keep, delayMilliseconds);
  });
  window.addEventListener("pagehide", keep);
  return () => {
    stop();
    clearTimeout(timer);
    window.removeEventListener("pagehide", keep);
  };
}

/** Takes the kept steps up again for a project that was just opened. What changed since, unseen by us, is a step of its own. */
export function restoreHistory(project: string, current: DesignState): void {
  const kept = readKept(project);
  if (kept === null) return;
  const before = { text: kept.text, canvas: kept.canvas };
  const past = restored(kept.past, before).toReversed();
  if (kept.text === current.text && kept.canvas === canvasText(current.canvas)) {
    useHistory.setState({ past, future: restored(kept.future, before).toReversed() });
    return;
  }
  const unseen: Step = { label: t("Changed while the page was away"), origin: "disk", at: Date.now(), before: stateOf(before) };
  useHistory.setState({ past: [...past, unseen], future: [] });
}

function write(project: string, { text, canvas }: DesignState): void {
  const { past, future } = useHistory.getState();
  const now = { text, canvas: textOfCanvas(canvas) };
  let room = maxCharacters - now.text.length - now.canvas.length;
  const chain = (steps: readonly Step[]): KeptStep[] => {
    const kept: KeptStep[] = [];
    let after = now;
    for (const step of steps.toReversed()) {
      const before = { text: step.before.text, canvas: textOfCanvas(step.before.canvas) };
      const { label, origin, at } = step;
      const files = step.before.files;
      const one = { label, origin, at, text: spliceOf(after.text, before.text), canvas: spliceOf(after.canvas, before.canvas) };
      kept.push(files === undefined ? one : { ...one, files: { ...files } });
      room -= one.text[2].length + one.canvas[2].length + label.length + 96 + JSON.stringify(files ?? {}).length;
      if (room < 0) break;
      after = before;
    }
    return kept;
  };
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ project, ...now, past: chain(past), future: chain(future) }));
  } catch {
    // Storage is full or switched off: undo works as before, only a reload forgets it.
    sessionStorage.removeItem(storageKey);
  }
}

function readKept(project: string): z.infer<typeof keptHistory> | null {
  try {
    const kept = keptHistory.parse(JSON.parse(sessionStorage.getItem(storageKey) ?? "null"));
    return kept.project === project ? kept : null;
  } catch {
    // Nothing was kept, or by another version of the Studio.
    return null;
  }
}

/** As far as the steps can be read; what cannot be is as far back as undo leads. */
function restored(steps: readonly KeptStep[], from: { readonly text: string; readonly canvas: string }): Step[] {
  const found: Step[] = [];
  let after = from;
  for (const { label, origin, at, text, canvas, files } of steps) {
    const before = { text: spliced(after.text, text), canvas: spliced(after.canvas, canvas) };
    try {
      found.push({ label, origin, at, before: { ...stateOf(before), ...(files === undefined ? {} : { files }) } });
    } catch {
      break;
    }
    after = before;
  }
  return found;
}

function stateOf({ text, canvas }: { readonly text: string; readonly canvas: string }): DesignState {
  return { text, canvas: canvasSchema.parse(JSON.parse(canvas)) };
}

const canvasTexts = new WeakMap<Canvas, string>();

function textOfCanvas(canvas: Canvas): string {
  const known = canvasTexts.get(canvas);
  if (known !== undefined) return known;
  const text = canvasText(canvas);
  canvasTexts.set(canvas, text);
  return text;
}

/** The shortest one piece that turns a text into another. */
export function spliceOf(from: string, to: string): Splice {
  if (from === to) return [0, 0, ""];
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from.charCodeAt(start) === to.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < most - start && from.charCodeAt(from.length - 1 - end) === to.charCodeAt(to.length - 1 - end)) end += 1;
  return [start, from.length - start - end, to.slice(start, to.length - end)];
}

export function spliced(from: string, [start, removed, inserted]: Splice): string {
  return from.slice(0, start) + inserted + from.slice(start + removed);
}
