import type { JsonObject } from "./json.ts";
import type { Words, WordsValue } from "./words.ts";

/**
 * What a service says about itself: plain data and pure functions of data, no Node and no DOM, because the renderer
 * builds palette, cards, inspector and connection rules from it. The running half is in runtime/kernel/service.ts.
 */
export interface ServiceDefinition {
  /** Folder, icon, test folder and panel carry this name: `sqs`. */
  readonly id: string;
  /** AWS's name: `Amazon SQS`. */
  readonly title: string;
  readonly resourceTypes: readonly ResourceTypeDefinition[];
}

export type Category = "edge" | "compute" | "data" | "messaging" | "orchestration" | "identity" | "other";

export interface ResourceTypeDefinition {
  /** CloudFormation or SAM type: `AWS::Serverless::Function`. */
  readonly type: string;
  /** What users call it: `Function`. */
  readonly title: string;
  readonly category: Category;
  /** File in resources/icons without `.svg`: `function`. */
  readonly icon: string;
  /** Attributes for Fn::GetAtt. */
  readonly attributes: readonly string[];
  /** What Ref gives: `name`, `url`, `arn`, `id`: shown as help. */
  readonly refGives: string;
  readonly properties: readonly PropertyDefinition[];
  /** Palette entries; several when one type has several faces (queue, FIFO queue). Empty: not offered. */
  readonly palette: readonly PaletteEntry[];
  /** The one line under the title of the card, from the properties as written (intrinsics unresolved). */
  subtitle(properties: JsonObject): WordsValue;
  /** Rows inside the card (an API's routes are added by the design itself). */
  /** Connections that may start here. */
  readonly connections: readonly ConnectionRule[];
  /** false: kept and drawn, not run locally. */
  readonly runs: boolean;
  /** Differences from AWS in one line each; marked on the node. */
  readonly differences?: readonly string[];
}

export interface PaletteEntry {
  readonly title: string;
  /** Where it differs from the type's icon. */
  readonly icon?: string;
  /** Base for the logical ID: `OrderQueue` begins as `Queue`. */
  readonly idPrefix: string;
  readonly keywords: readonly string[];
  readonly properties: JsonObject;
  /** Files written beside the template when one is added (a handler); `{id}` and `{file}` are replaced by the logical ID and its lower-camel form. */
  readonly files?: readonly { readonly path: string; readonly text: string }[];
  /** Further top-level keys of the resource, such as Metadata. */
  readonly extra?: JsonObject;
}

/** One property in the inspector's form. */
export interface PropertyDefinition {
  /** Path below Properties, with dots: `RedrivePolicy.maxReceiveCount`. */
  readonly path: string;
  readonly title: string;
  readonly section?: string;
  /** One or two sentences with unit and range. */
  readonly help: string;
  readonly control: PropertyControl;
  /** What AWS uses when it is absent. */
  readonly defaultValue?: string | number | boolean;
  readonly required?: boolean;
}

export type PropertyControl =
  | { readonly type: "text"; readonly pattern?: string; readonly placeholder?: string }
  | { readonly type: "code"; readonly language: string }
  | { readonly type: "number"; readonly min?: number; readonly max?: number; readonly unit?: string }
  | { readonly type: "toggle" }
  /** Of EventBridge's rules, or of its Scheduler, which runs in the time zone that the property `timeZone` names. */
  | { readonly type: "schedule"; readonly of: "rule" | "scheduler"; readonly timeZone?: string }
  | { readonly type: "choice"; readonly options: readonly (string | number)[] }
  | { readonly type: "file"; readonly extensions: readonly string[] }
  /** Logical ID of a resource of one of these types, written as Ref or as GetAtt of `attribute`. */
  | { readonly type: "resource"; readonly types: readonly string[]; readonly attribute?: string }
  /** A map of names to texts; `empty` is said where there are none. */
  | { readonly type: "environment"; readonly empty: string }
  | { readonly type: "policies" }
  | { readonly type: "keySchema" }
  | { readonly type: "tags" }
  | { readonly type: "json" };

/** reference: one resource names another, and what it does with it is not known (a type without a definition). */
export type ConnectionKind = "trigger" | "target" | "access" | "dead-letter" | "origin" | "reference";

/** A connection that may be drawn from a resource of this type, and what drawing it writes into the template. */
export interface ConnectionRule {
  /** Unique within the type: `sqs-trigger`. */
  readonly id: string;
  readonly kind: ConnectionKind;
  /** Types that may stand at the other end. */
  readonly to: readonly string[];
  /** Why these two may not be connected, from their properties as they take effect; undefined: they may. */
  refuses?(from: ConnectionEnd, to: ConnectionEnd): Words | undefined;
  /** Words for tooltips: `Messages of this queue invoke the function`. */
  readonly meaning: string;
  /** Edits to the template, in order. `{from}` and `{to}` stand for the logical IDs in values and paths. */
  readonly writes: readonly ConnectionWrite[];
}

export interface ConnectionEnd {
  readonly id: string;
  readonly properties: JsonObject;
}

export interface ConnectionWrite {
  /** Which end's resource is changed; template: the path begins at the template's root (`Resources.{from}{to}Mapping`). */
  readonly on: "from" | "to" | "template";
  /**
   * Path below the resource: `Properties.Events.{name}`. A last segment `-` appends to a list, `{name}` is a free key
   * derived from the other end (from the route that is drawn, where there is one); `{ENV}` is the other end's name as
   * environment variables are written (`{ENV}_QUEUE_URL` for OrderQueue: `ORDER_QUEUE_URL`). In paths and values
   * `{from}`, `{to}`, `{method}`, `{path}` and `{stage}` (of the REST API at the other end) are replaced.
   */
  readonly path: string;
  readonly value: JsonObject[string];
  /** `ifAbsent`: leave what is there; `merge`: into a map; `set`: replace. */
  readonly mode: "set" | "ifAbsent" | "merge";
  /** Written only where this path below the same resource was there, or was not, before the connection was drawn. */
  readonly when?: { readonly path: string; readonly isPresent: boolean };
}
