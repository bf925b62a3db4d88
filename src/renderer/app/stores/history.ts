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

/** Where undoing and doing again led. */
export interface Arrival {
  readonly state: DesignState;
  /** Something on the way was done by a command: then what is there now is saved at once. */
  readonly isOfCommands: boolean;
}

/** Goes to where so many steps are done, over all that lie between at once. `now` with the files that these steps changed. */
export function travelTo(count: number, now: DesignState): Arrival {
  const past = [...useHistory.getState().past];
  const future = [...useHistory.getState().future];
  let state = now;
  let isOfCommands = false;
  const pass = (from: Step[], to: Step[]): boolean => {
    const step = from.pop();
    if (step === undefined) return false;
    const { files: filesThen = {} } = step.before;
    const filesNow = Object.fromEntries(Object.entries(state.files ?? {}).filter(([path]) => filesThen[path] !== undefined));
    to.push({ ...step, before: { ...state, files: filesNow } });
    state = { ...step.before, files: { ...state.files, ...filesThen } };
    if (step.origin !== "text") isOfCommands = true;
    return true;
  };
  while (past.length > count && pass(past, future));
  while (past.length < count && pass(future, past));
  lastGesture = null;
  useHistory.setState({ past, future });
  return { state, isOfCommands };
}

/** The files that lie between now and where so many steps are done. */
export function filesUntil(count: number): readonly string[] {
  const { past, future } = useHistory.getState();
  const passed = count < past.length ? past.slice(count) : future.slice(Math.max(0, future.length - (count - past.length)));
  return [...new Set(passed.flatMap(({ before }) => Object.keys(before.files ?? {})))];
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
