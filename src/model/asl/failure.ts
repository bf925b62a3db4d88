import type { QueryLanguage } from "./definition.ts";

/** An expression failed at run time: what the state fails with, in AWS's words. */
export class StateFailure extends Error {
  /** `States.Runtime`, which nothing catches, `States.QueryEvaluationError`, … */
  readonly error: string;
  /** The cause without its beginning, which `failureCause` puts before it. */
  readonly text: string;
  /** JSONata: the field whose evaluation failed, as EvaluationFailed events name it (`Arguments/Payload/items[0]`). */
  readonly location: string | undefined;

  constructor(error: string, text: string, location?: string) {
    super(text);
    this.error = error;
    this.text = text;
    this.location = location;
  }
}

/** A failure that nothing catches. */
export function runtimeFailure(text: string): StateFailure {
  return new StateFailure("States.Runtime", text);
}

/** The whole cause: AWS names the state and the event with which it was entered. */
export function failureCause(failure: StateFailure, stateName: string, enteredEventId: number): string {
  return `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredEventId}). ${failure.text}`;
}

/** Whether the failure writes an EvaluationFailed event before the state's own: those of JSONata do. */
export function hasEvaluationFailedEvent(failure: StateFailure, language: QueryLanguage): boolean {
  return language === "JSONata" && failure.error === "States.QueryEvaluationError";
}
