// Properties of an event, once they are known to be what its type takes.
import type { JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { wrongEventProperties } from "../propertyTypes.ts";
import { inRow, said, words } from "../../../words.ts";

interface EventSource {
  readonly owner: "function" | "stateMachine";
  readonly ownerId: string;
  readonly name: string;
  readonly type: string;
  readonly event: JsonObject;
}

/** Undefined, with findings, when nothing can be made of the event. */
export function eventProperties(context: SamContext, { owner, ownerId, name, type, event }: EventSource): JsonObject | undefined {
  const properties = event.Properties ?? (Object.hasOwn(event, "Properties") ? null : {});
  if (!isJsonObject(properties)) fail(words("Properties of an event should be a map."), "sam.event");
  const wrong = wrongEventProperties(owner, type, properties);
  for (const { property, words: fault } of wrong) {
    const path = ["Resources", ownerId, "Properties", "Events", name];
    const isThere = Object.hasOwn(properties, property);
    context.findings.push({
      rule: "sam.event",
      severity: "error",
      ...said(inRow([words("Event {{name}} of {{id}}", { name, id: ownerId }), fault], ": ")),
      path: isThere ? [...path, "Properties", property] : path,
    });
  }
  return wrong.some(({ isFatal }) => isFatal) ? undefined : properties;
}
