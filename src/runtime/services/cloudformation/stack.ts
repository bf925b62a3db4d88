import type { Json, JsonObject } from "../../../model/json.ts";
import type { LocalAssets } from "../../../model/template/assets.ts";
import type { ResourceRef } from "../../../model/trace.ts";

/** A stack as it stands. */
export interface Stack {
  readonly name: string;
  readonly id: string;
  readonly region: string;
  readonly status: StackStatus;
  readonly statusReason: string | null;
  /** Virtual milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number | null;
  readonly description: string | null;
  readonly originalTemplate: string;
  readonly processedTemplate: JsonObject;
  readonly parameters: readonly StackParameter[];
  readonly outputs: readonly StackOutput[];
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Folder against which local paths are resolved; null for a stack made over the API. */
  readonly projectDirectory: string | null;
  /** Address that URLs among its properties carry; another one after a restart. */
  readonly endpoint: string;
  /** Path of its template, for messages. */
  readonly templatePath: string;
  /** Of a stack that is a resource of another. */
  readonly nesting?: Nesting;
  /** Where the files lie that a CDK app would put on S3. */
  readonly assets?: LocalAssets;
}

export interface Nesting {
  readonly parentId: string;
  readonly rootId: string;
  /** Folder of the project, outside of which no template is taken. */
  readonly rootDirectory: string;
  /** The resource of the project's own template in which everything here shows. */
  readonly designId: string;
  /** Absolute paths of the templates that lead here, the project's first. */
  readonly ancestors: readonly string[];
}

export type StackStatus =
  | "CREATE_IN_PROGRESS"
  | "CREATE_COMPLETE"
  | "CREATE_FAILED"
  | "ROLLBACK_IN_PROGRESS"
  | "ROLLBACK_COMPLETE"
  | "UPDATE_IN_PROGRESS"
  | "UPDATE_COMPLETE"
  | "UPDATE_ROLLBACK_IN_PROGRESS"
  | "UPDATE_ROLLBACK_COMPLETE"
  | "DELETE_IN_PROGRESS"
  | "DELETE_COMPLETE"
  | "DELETE_FAILED";

export interface StackParameter {
  readonly key: string;
  readonly value: string;
  /** NoEcho: shown as stars. */
  readonly isHidden: boolean;
}

export interface StackOutput {
  readonly key: string;
  readonly value: Json;
  readonly description: string | null;
  readonly exportName: string | null;
}

/** A resource of a stack as it was last created or updated. */
export interface KeptResource {
  readonly logicalId: string;
  readonly designId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string;
  readonly ref: (ResourceRef & { readonly arn?: string }) | null;
  /** Some service runs it; false: kept only, so that references have something to point at. */
  readonly isRun: boolean;
  /** Why a resource of a type that runs here does not run. */
  readonly notRunReason?: string;
  readonly status: ResourceStatus;
  readonly updatedAt: number;
}

export type ResourceStatus =
  | "CREATE_IN_PROGRESS"
  | "CREATE_COMPLETE"
  | "CREATE_FAILED"
  | "UPDATE_IN_PROGRESS"
  | "UPDATE_COMPLETE"
  | "UPDATE_FAILED"
  | "DELETE_IN_PROGRESS"
  | "DELETE_COMPLETE"
  | "DELETE_FAILED"
  | "DELETE_SKIPPED";

export interface StackEvent {
  readonly eventId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly at: number;
  readonly status: StackStatus | ResourceStatus;
  readonly reason: string | null;
}
