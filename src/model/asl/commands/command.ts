// What a person can do to a state machine's definition, as plain data.
import type { Json, JsonObject } from "../../json.ts";

/** Keys and indexes below the definition. */
export type Steps = readonly (string | number)[];

/** A place of a flow that names the state to go to. An index behind the last is a rule or catcher that is still to be written. */
export type Way =
  | { readonly kind: "start" }
  | { readonly kind: "next" | "default"; readonly from: string }
  | { readonly kind: "choice" | "catch"; readonly from: string; readonly index: number };

export type WorkflowCommand =
  /** Into a way it goes between that way's ends; without one it is the first of an empty flow, or stands alone. */
  | {
      readonly type: "addState";
      /** Steps to the flow: none, or those of a branch or processor. */
      readonly flow: Steps;
      readonly name: string;
      /** Transitions to states that the flow does not have are replaced. */
      readonly state: JsonObject;
      readonly into?: Way;
    }
  /** What led to it leads to where it went. */
  | { readonly type: "removeState"; readonly state: Steps }
  /** With everything that names it. */
  | { readonly type: "renameState"; readonly state: Steps; readonly name: string }
  /** undefined: the field is removed. */
  | { readonly type: "setStateField"; readonly state: Steps; readonly path: Steps; readonly value: Json | undefined }
  /** null: the flow ends there; a default, rule or catcher is removed. */
  | {
      readonly type: "setTransition";
      readonly flow: Steps;
      readonly way: Way;
      readonly to: string | null;
      /** Fields of a rule or catcher that is written anew. */
      readonly fields?: JsonObject;
    }
  | { readonly type: "setStartAt"; readonly flow: Steps; readonly name: string }
  | { readonly type: "addBranch"; readonly state: Steps; readonly branch?: JsonObject }
  | { readonly type: "removeBranch"; readonly state: Steps; readonly index: number }
  /** Rules, catchers, retriers, branches: their order counts. */
  | { readonly type: "moveItem"; readonly list: Steps; readonly from: number; readonly to: number }
  /** Taken out where it stands, as if removed, and added elsewhere. */
  | { readonly type: "moveState"; readonly state: Steps; readonly flow: Steps; readonly into?: Way }
  /** Under a free name, which is `name` if that is free, as are those of the states inside it. */
  | { readonly type: "copyState"; readonly state: Steps; readonly name: string; readonly flow: Steps; readonly into?: Way }
  /** Of the machine itself; undefined: the field is removed. */
  | { readonly type: "setDefinitionField"; readonly path: Steps; readonly value: Json | undefined };
