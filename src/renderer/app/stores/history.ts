// Undo and redo over the design as a whole: template text, canvas positions and definitions of state machines together,
// whether a card was dragged, a form filled in or the text typed.
import { create } from "zustand";
import type { Canvas } from "../../../model/design/design.ts";
import { t } from "../texts/texts.ts";

export interface DesignState {
  readonly text: string;
  readonly canvas: Canvas;
  /** Texts of other files that the step changed, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export type ChangeOrigin = "canvas" | "text" | "disk";

export interface Step {
  readonly label: string;
  readonly origin: ChangeOrigin;
  /** When it was done, in milliseconds since 1970. */
  readonly at: number;
  /** As it was before the change. */
  readonly before: DesignState;
}

export interface History {
  past: readonly Step[];
  /** Undone steps, the next to be done again last; each holds what doing it again leads to. */
  future: readonly Step[];
}

const maxSteps = 10_000;
/** Of all steps together: a large template is not kept ten thousand times. */
const maxCharacters = 48_000_000;
const typingPauseMilliseconds = 800;
/** The gesture or the typing that the last step stands for, while it may still go on. */
let lastGesture: { readonly name: string; readonly at: number } | null = null;

export const useHistory = create<History>(() => ({ past: [], future: [] }));

export function clearHistory(): void {
  lastGesture = null;
  useHistory.setState({ past: [], future: [] });
}

/**
 * Call before the change. Keystrokes that follow each other closely are one step, and so is what is done again and again
 * under the name of one gesture, such as pushing a card with the arrow keys.
 */
export function recordChange(label: string, origin: ChangeOrigin, before: DesignState, gesture?: string): void {
  const now = performance.now();
  const { past } = useHistory.getState();
  const name = gesture ?? (origin === "text" ? t("typing in {{files}}", { files: Object.keys(before.files ?? {}).join() }) : null);
  const isGoingOn =
    name !== null && lastGesture?.name === name && now - lastGesture.at < typingPauseMilliseconds && past.at(-1)?.origin === origin;
  lastGesture = name === null ? null : { name, at: now };
  if (isGoingOn) {
    useHistory.setState({ future: [] });
    return;
  }
  useHistory.setState({ past: withinLimits([...past, { label, origin, at: Date.now(), before }]), future: [] });
}

/** The last step led elsewhere than first meant: from where it began, by another name. */
export function relabelLastStep(label: string): void {
  const { past } = useHistory.getState();
  const last = past.at(-1);
  if (last !== undefined) useHistory.setState({ past: [...past.slice(0, -1), { ...last, label }], future: [] });
}

/** Takes one step back; gives what to show then, or undefined when there is nothing to undo. `current` as the step's files are now. */
export function stepBack(current: (step: Step) => DesignState): Step | undefined {
  const { past, future } = useHistory.getState();
  const step = past.at(-1);
  if (step === undefined) return undefined;
  lastGesture = null;
  useHistory.setState({ past: past.slice(0, -1), future: [...future, { ...step, before: current(step) }] });
  return step;
}

export function stepForward(current: (step: Step) => DesignState): Step | undefined {
  const { past, future } = useHistory.getState();
  const step = future.at(-1);
  if (step === undefined) return undefined;
  lastGesture = null;
  useHistory.setState({ past: [...past, { ...step, before: current(step) }], future: future.slice(0, -1) });
  return step;
}

function withinLimits(steps: readonly Step[]): readonly Step[] {
  let characters = 0;
  let first = steps.length;
  while (first > 0 && steps.length - first < maxSteps) {
    characters += steps[first - 1]?.before.text.length ?? 0;
    if (characters > maxCharacters && first < steps.length) break;
    first -= 1;
  }
  return first === 0 ? steps : steps.slice(first);
}
