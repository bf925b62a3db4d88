import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { DeployDifference } from "../../../model/run.ts";
import { resolveValue } from "../../../model/template/resolve.ts";
import { changedProperties } from "./changes.ts";
import type { ReadTemplate } from "./readTemplate.ts";
import { replacingProperties } from "./replacingProperties.ts";
import type { KeptResource } from "./stack.ts";

/** What deploying would change. References to what is not there yet cannot be resolved and count as changes. */
export function differenceOf(
  template: ReadTemplate,
  current: ReadonlyMap<string, KeptResource>,
  complete: (type: string, properties: JsonObject) => JsonObject,
): DeployDifference {
  const planned = new Set(template.resources.map((resource) => resource.logicalId));
  const changed = template.resources.flatMap((plan) => {
    const before = current.get(plan.logicalId);
    if (before === undefined) return [];
    if (before.type !== plan.type) return [{ logicalId: plan.logicalId, properties: ["Type"], isReplaced: true }];
    const after = resolveValue(plan.properties, template.scope).value;
    const properties = changedProperties(before.properties, complete(plan.type, isJsonObject(after) ? after : {}));
    const replacing = replacingProperties[plan.type] ?? [];
    return properties.length === 0
      ? []
      : [{ logicalId: plan.logicalId, properties, isReplaced: properties.some((name) => replacing.includes(name)) }];
  });
  return {
    added: [...planned].filter((id) => !current.has(id)),
    changed,
    removed: [...current.keys()].filter((id) => !planned.has(id)),
  };
}
