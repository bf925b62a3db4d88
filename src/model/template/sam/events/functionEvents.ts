// Events of functions: what each type turns into.
import type { Json, JsonObject } from "../../../json.ts";
import { fail } from "../context.ts";
import type { SamContext, SamResource } from "../context.ts";
import { mapOf, textOf } from "../json.ts";
import { emitHttpApiEvent } from "./httpApiEvent.ts";
import { emitPullEvent, pullSources } from "./pullEvents.ts";
import { emitPushEvent, pushSources } from "./pushEvents.ts";
import { emitRestApiEvent } from "./restApiEvent.ts";

/** The function, or its alias, that events invoke. */
export interface EventTarget {
  readonly resource: SamResource;
  readonly arn: Json;
  readonly name: Json;
  readonly logicalId: string;
  readonly isAlias: boolean;
  /** What the function's role needs for its events: names below `policy/`, and whole policies. */
  readonly managedPolicies: Set<string>;
  readonly inlinePolicies: JsonObject[];
}

export function emitFunctionEvent(context: SamContext, target: EventTarget, name: string, event: JsonObject): void {
  const type = textOf(event.Type);
  const properties = mapOf(event.Properties);
  if (type === undefined) fail("an event needs a Type.");
  if (type === "Api") emitRestApiEvent(context, target, name, properties);
  else if (type === "HttpApi") emitHttpApiEvent(context, target, name, properties);
  else if (Object.hasOwn(pullSources, type)) emitPullEvent(context, target, name, type, properties);
  else if (Object.hasOwn(pushSources, type)) emitPushEvent(context, target, name, type, properties);
  else fail(`${type} is not an event type of functions.`);
}
