// What completion suggests, and what it knows of the place: plain data for forms and editors alike.
import type { Json } from "../../json.ts";
import type { QueryLanguage } from "../definition.ts";

export interface Suggestion {
  readonly label: string;
  /** Replaces the text from `from` to `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
  readonly kind: "field" | "variable" | "function" | "path" | "state" | "value" | "resource";
  /** How a function is called, what a path holds. */
  readonly detail?: string;
  readonly help?: string;
}

/** What expressions at a place can read. */
export interface CompletionScope {
  readonly language: QueryLanguage;
  /** `$states.result`, in Output and Assign of states that do work. */
  readonly hasResult: boolean;
  /** `$states.errorOutput`, in what a catcher puts out and assigns. */
  readonly hasErrorOutput: boolean;
  /** JSONPath: `$` is the result, as in ResultSelector. */
  readonly isOfResult: boolean;
  /** Names of variables that states of this flow and those around it assign. */
  readonly variables: readonly string[];
  /** What an execution or a test last brought: paths are completed from it. */
  readonly samples: {
    readonly input?: Json;
    readonly result?: Json;
    readonly variables?: Readonly<Record<string, Json>>;
  };
}

/** The context object: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export const contextSample: Json = {
  Execution: { Id: "", Input: {}, Name: "", RoleArn: "", StartTime: "", RedriveCount: 0, RedriveTime: "" },
  State: { EnteredTime: "", Name: "", RetryCount: 0 },
  StateMachine: { Id: "", Name: "" },
  Task: { Token: "" },
  Map: { Item: { Index: 0, Value: {}, Key: "", Source: "" } },
};
