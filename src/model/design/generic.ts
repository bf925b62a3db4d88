import type { DesignDraft } from "./draft.ts";
import { dependenciesOf, referencesIn } from "./references.ts";
import { isGlue } from "./kinds.ts";
import type { TemplateView } from "./view.ts";

/** Edges for whatever else names another resource, so that types without a definition are connected too. */
export function deriveReferences(view: TemplateView, draft: DesignDraft, isConnected: (from: string, to: string) => boolean): void {
  for (const resource of view.resources.values()) {
    if (isGlue(resource.type)) continue;
    const isDefined = view.definitionOf(resource.type) !== undefined;
    for (const reference of referencesIn(resource.written["Properties"], [...resource.path, "Properties"])) {
      const target = view.resources.get(reference.id);
      if (!target || target.id === resource.id || isGlue(target.type)) continue;
      // Between two defined types every meaning has words of its own; a mere mention (a name in a description) has none.
      if (isDefined && view.definitionOf(target.type) !== undefined) continue;
      if (isConnected(resource.id, target.id)) continue;
      draft.connect({ kind: "reference", from: resource.id, to: target.id, writtenAt: [reference.path] });
    }
    if (isDefined) continue;
    for (const dependency of dependenciesOf(resource.written["DependsOn"], [...resource.path, "DependsOn"])) {
      const target = view.resources.get(dependency.id);
      if (!target || isGlue(target.type) || isConnected(resource.id, target.id)) continue;
      draft.connect({ kind: "reference", from: resource.id, to: target.id, label: "depends on", writtenAt: [dependency.path] });
    }
  }
}
