import type { DeployDifference } from "../../../model/run.ts";

/**
 * The difference in the words of the design: what SAM made counts as a change of the resource that it was made for, which
 * itself is only added or removed when all of it is.
 */
export function designDifference(
  difference: DeployDifference,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): DeployDifference {
  const designsBefore = new Set(before.values());
  const designsAfter = new Set(after.values());
  const added = new Set<string>();
  const removed = new Set<string>();
  const changed = new Map<string, { properties: Set<string>; isReplaced: boolean }>();
  const change = (designId: string, properties: readonly string[], isReplaced: boolean): void => {
    const known = changed.get(designId) ?? { properties: new Set(), isReplaced: false };
    for (const property of properties) known.properties.add(property);
    changed.set(designId, { properties: known.properties, isReplaced: known.isReplaced || isReplaced });
  };
  for (const id of difference.added) {
    const designId = after.get(id) ?? id;
    if (designsBefore.has(designId)) change(designId, [], false);
    else added.add(designId);
  }
  for (const id of difference.removed) {
    const designId = before.get(id) ?? id;
    if (designsAfter.has(designId)) change(designId, [], false);
    else removed.add(designId);
  }
  for (const { logicalId, properties, isReplaced } of difference.changed) {
    const designId = after.get(logicalId) ?? logicalId;
    // Replacing a part (a permission, a deployment) does not replace the resource itself.
    change(designId, properties, isReplaced && (designId === logicalId || !after.has(designId)));
  }
  return {
    added: [...added],
    changed: [...changed].map(([logicalId, { properties, isReplaced }]) => ({ logicalId, properties: [...properties], isReplaced })),
    removed: [...removed],
  };
}
