import type { Json, JsonObject } from "../../../json.ts";
import { emit } from "../context.ts";
import type { SamContext } from "../context.ts";
import { sha1 } from "../hash.ts";
import type { EventTarget } from "./functionEvents.ts";

interface PermissionRequest {
  readonly prefix: string;
  readonly principal: string;
  readonly suffix?: string;
  readonly properties: Record<string, Json | undefined>;
}

/** Lets a service invoke the function; returns the permission's logical ID. */
export function emitPermission(context: SamContext, target: EventTarget, request: PermissionRequest): string {
  const suffix = request.suffix ?? "";
  // What cannot stand in a logical ID is hashed.
  const id = `${request.prefix}Permission${suffix === "" || /^[A-Za-z0-9]+$/.test(suffix) ? suffix : sha1(suffix).slice(0, 10)}`;
  emit(
    context,
    target.resource.id,
    id,
    "AWS::Lambda::Permission",
    { Action: "lambda:InvokeFunction", FunctionName: target.name, Principal: request.principal, ...request.properties },
    target.resource.passedOn satisfies JsonObject,
  );
  return id;
}
