/** Runs `work` for each id once all it depends on is through, side by side where nothing forbids it. The first failure keeps what has not begun from beginning. */
export async function inOrder(
  items: readonly { readonly id: string; readonly dependsOn: readonly string[] }[],
  work: (id: string) => Promise<void>,
): Promise<void> {
  const done = new Map<string, Promise<void>>();
  let isFailed = false;
  let firstFailure: unknown;
  for (const { id, dependsOn } of items) {
    const before = dependsOn.flatMap((needed) => done.get(needed) ?? []);
    done.set(
      id,
      (async () => {
        await Promise.all(before);
        if (isFailed) return;
        try {
          await work(id);
        } catch (error) {
          if (!isFailed) firstFailure = error;
          isFailed = true;
        }
      })(),
    );
  }
  await Promise.all(done.values());
  if (isFailed) throw firstFailure;
}

/** Dependents before what they depend on: the order in which things are deleted. */
export function dependentsFirst<Item extends { readonly logicalId: string; readonly dependsOn: readonly string[] }>(
  items: readonly Item[],
): Item[] {
  const byId = new Map(items.map((item) => [item.logicalId, item]));
  const ordered: Item[] = [];
  const visited = new Set<string>();
  function visit(item: Item): void {
    if (visited.has(item.logicalId)) return;
    visited.add(item.logicalId);
    for (const needed of item.dependsOn) {
      const dependency = byId.get(needed);
      if (dependency !== undefined) visit(dependency);
    }
    ordered.push(item);
  }
  for (const item of items) visit(item);
  return ordered.toReversed();
}
