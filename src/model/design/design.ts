import type { JsonObject } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { ConnectionKind } from "../service.ts";
import { type Words } from "../words.ts";

/** A path into the template's value: `["Resources", "OrdersTable", "Properties"]`. */
export type TemplatePath = readonly (string | number)[];

/** What the canvas shows: derived from the template, never stored. */
export interface Design {
  readonly resources: readonly DesignResource[];
  readonly connections: readonly Connection[];
  readonly problems: readonly Problem[];
}

export interface DesignResource {
  /** Logical ID; for what SAM makes implicitly, the ID it gives it (`ServerlessHttpApi`). */
  readonly id: string;
  readonly type: string;
  /** As written, with intrinsics in long form. */
  readonly properties: JsonObject;
  /** As they take effect: Globals merged in, parameters and conditions applied; mentions of resources stand. */
  readonly effectiveProperties: JsonObject;
  /** Made by the SAM transform, not written in the template. */
  readonly isImplicit: boolean;
  /** The one line under the card's title. */
  readonly subtitle: string;
  /** The same, for showing it in another language. */
  readonly subtitleWords?: Words;
  /** API routes, each a row with its own handle. */
  readonly routes: readonly Route[];
  /** Whether the runtime runs it; false: kept and marked "not run locally yet". */
  readonly runs: boolean;
  /** Template nodes that make it. */
  readonly path: TemplatePath;
  /** Condition that is false with the current parameters: drawn ghosted, not deployed. */
  readonly isDisabled: boolean;
}

export interface Route {
  /** Unique within the resource: `GET /orders/{id}`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

export interface Connection {
  /** Stable while its ends and kind stay: `OrderQueue>Fulfil:trigger:Orders`. */
  readonly id: string;
  readonly kind: ConnectionKind;
  readonly from: string;
  readonly to: string;
  /** Route at the `from` end where there is one. */
  readonly fromRoute?: string;
  /** What it carries: `GET /orders/{id}`, `batch of 10`, `read, write`. */
  readonly label: string;
  /** The same, where it has words and not names alone. */
  readonly labelWords?: Words;
  /** Every template node that makes it; disconnecting removes these, but for what others need too. */
  readonly writtenAt: readonly TemplatePath[];
  /** The local file that says it (an OpenAPI document, a state machine's definition); the template only names that. */
  readonly file?: string;
}

/** Names of hues in the theme, as groups and notes bear them. */
export const canvasColours = ["grey", "blue", "teal", "green", "amber", "red", "pink", "violet"] as const;
export type CanvasColour = (typeof canvasColours)[number];

/** Cards and notes that belong together, under a name. A card is in one group at most. */
export interface CanvasGroup {
  /** `group:1` */
  readonly id: string;
  readonly name: string;
  readonly colour: CanvasColour;
  readonly members: readonly string[];
  /** Drawn as one card. */
  readonly isCollapsed?: boolean | undefined;
}

/** A part of the canvas that is shown as one picture when presenting. */
export interface CanvasFrame {
  /** `frame:1` */
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `.contrail/canvas.json`: what people see that is not of the template, such as positions and notes. */
export interface Canvas {
  readonly version: 1;
  readonly nodes: { readonly [resourceId: string]: { readonly x: number; readonly y: number } };
  readonly notes: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** Markdown. */
    readonly text: string;
    readonly colour?: CanvasColour | undefined;
  }[];
  readonly groups?: readonly CanvasGroup[] | undefined;
  /** In the order in which they are presented. */
  readonly frames?: readonly CanvasFrame[] | undefined;
  /** Cards, notes and frames that neither a pointer nor tidying moves. */
  readonly locked?: readonly string[] | undefined;
}

/** A change to the design. Each returns a new document; undo keeps the old one. */
export type DesignCommand =
  | {
      readonly type: "add";
      readonly id: string;
      readonly resourceType: string;
      readonly properties: JsonObject;
      readonly extra?: JsonObject;
    }
  | { readonly type: "remove"; readonly ids: readonly string[] }
  /** Renames the logical ID and every reference to it (Ref, GetAtt, Sub, DependsOn, Condition-free). */
  | { readonly type: "rename"; readonly id: string; readonly newId: string }
  | {
      readonly type: "connect";
      readonly from: string;
      readonly to: string;
      readonly rule: string;
      readonly route?: { readonly method: string; readonly path: string };
    }
  | { readonly type: "disconnect"; readonly connection: string }
  /** Outside the resources: the template's transform, or an entry of Parameters, Conditions, Mappings; value undefined removes it. */
  | { readonly type: "setSection"; readonly section: string; readonly name?: string; readonly value?: JsonObject[string] }
  /** One step for the person who asked, such as a problem's fix. */
  | { readonly type: "several"; readonly commands: readonly DesignCommand[] }
  /** `path` below the resource (`Properties.Timeout`); value undefined removes the key. */
  | { readonly type: "setProperty"; readonly id: string; readonly path: string; readonly value?: JsonObject[string] };
