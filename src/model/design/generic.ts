import type { DesignDraft } from "./draft.ts";
import { drawnOwner } from "./owners.ts";
import { isNestedStack } from "./subtitles.ts";
import { dependenciesOf, mentionedIds, referencesIn } from "./references.ts";
import type { TemplateView } from "./view.ts";
import { words } from "../words.ts";

/** Edges for whatever else names another resource, so that types without a definition are connected too. */
export function deriveReferences(view: TemplateView, draft: DesignDraft, isConnected: (from: string, to: string) => boolean): void {
  for (const resource of view.resources.values()) {
    if (view.isFolded(resource)) continue;
    // what a nested stack is given for its parameters says nothing of what it does with it
    const isDefined = view.definitionOf(resource.type) !== undefined && !isNestedStack(resource.type);
    const properties = resource.written["Properties"];
    const isMentioning = mentionedIds(properties).some((id) => !isDefined || isUndefined(view, id));
    for (const reference of isMentioning ? referencesIn(properties, [...resource.path, "Properties"]) : []) {
      const target = targetOf(view, reference.id);
      if (target === undefined || target === resource.id) continue;
      // Between two defined types every meaning has words of its own; a mere mention (a name in a description) has none.
      if (isDefined && !isUndefined(view, target)) continue;
      if (isConnected(resource.id, target)) continue;
      draft.connect({ kind: "reference", from: resource.id, to: target, writtenAt: [reference.path] });
    }
    if (isDefined) continue;
    for (const dependency of dependenciesOf(resource.written["DependsOn"], [...resource.path, "DependsOn"])) {
      const target = view.resources.get(dependency.id);
      if (!target || view.isFolded(target) || isConnected(resource.id, target.id)) continue;
      draft.connect({ kind: "reference", from: resource.id, to: target.id, label: words("depends on"), writtenAt: [dependency.path] });
    }
  }
}

/** Itself, or what a client, stage or version belongs to; a role or policy stands for nothing that is drawn. */
function targetOf(view: TemplateView, id: string): string | undefined {
  return view.ids.has(id) ? drawnOwner(view, id) : undefined;
}

function isUndefined(view: TemplateView, id: string): boolean {
  const resource = view.resources.get(id);
  return resource !== undefined && view.definitionOf(resource.type) === undefined;
}
