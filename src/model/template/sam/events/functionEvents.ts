// Events of functions: what each type turns into.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { fail } from "../context.ts";
import type { SamContext, SamResource } from "../context.ts";
import { textOf } from "../json.ts";
import { emitHttpApiEvent } from "./httpApiEvent.ts";
import { eventProperties } from "./eventProperties.ts";
import { emitPullEvent, pullSources } from "./pullEvents.ts";
import { emitPushEvent, pushSources } from "./pushEvents.ts";
import { emitRestApiEvent } from "./restApiEvent.ts";
import { words } from "../../../words.ts";

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

export function emitFunctionEvent(context: SamContext, target: EventTarget, name: string, event: Json): void {
  if (!isJsonObject(event)) fail(words("an event should be a map with Type and Properties."), "sam.event");
  const type = textOf(event.Type);
  if (type === undefined) fail(words("an event needs a Type."), "sam.event");
  const emitEvent = emitterOf(type);
  if (emitEvent === undefined) fail(words("{{type}} is not an event type of functions.", { type }), "sam.event");
  const properties = eventProperties(context, { owner: "function", ownerId: target.resource.id, name, type, event });
  if (properties !== undefined) emitEvent(context, target, name, properties);
}

function emitterOf(type: string): ((context: SamContext, target: EventTarget, name: string, properties: JsonObject) => void) | undefined {
  if (type === "Api") return emitRestApiEvent;
  if (type === "HttpApi") return emitHttpApiEvent;
  if (Object.hasOwn(pullSources, type)) return (context, target, name, given) => emitPullEvent(context, target, name, type, given);
  if (Object.hasOwn(pushSources, type)) return (context, target, name, given) => emitPushEvent(context, target, name, type, given);
  return undefined;
}
