import { isJsonObject, type Json } from "../json.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind } from "./owners.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";

/** Distributions and where their content comes from: each origin, with the paths of the behaviors that use it. */
export function deriveOrigins(view: TemplateView, draft: DesignDraft): void {
  for (const resource of view.resources.values()) {
    if (resource.type === "AWS::CloudFront::Distribution") deriveDistribution(view, draft, resource);
  }
}

function deriveDistribution(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const configPath: TemplatePath = [...resource.path, "Properties", "DistributionConfig"];
  const config = at(resource.properties, "DistributionConfig");
  const usesByOrigin = behaviorUses(resource, configPath);
  listOf(at(config, "Origins")).forEach((origin, index) => {
    if (!isJsonObject(origin)) return;
    const target = drawnBehind(view, origin["DomainName"]);
    if (target === undefined) return;
    const uses = usesByOrigin.get(textOf(origin["Id"]) ?? "") ?? [];
    draft.connect({
      kind: "origin",
      from: resource.id,
      to: target,
      ...(uses.length > 0 ? { label: uses.map((use) => use.pattern).join(", ") } : {}),
      writtenAt: [[...configPath, "Origins", index], ...uses.map((use) => use.path)],
    });
  });
  for (const association of edgeFunctions(config)) {
    const target = drawnBehind(view, association.value);
    if (target === undefined) continue;
    const { event, path } = association;
    draft.connect({ kind: "target", from: resource.id, to: target, name: event, label: event, writtenAt: [[...configPath, ...path]] });
  }
}

interface BehaviorUse {
  readonly pattern: string;
  readonly path: TemplatePath;
}

function behaviorUses(resource: ResourceView, configPath: TemplatePath): Map<string, BehaviorUse[]> {
  const config = at(resource.properties, "DistributionConfig");
  const uses = new Map<string, BehaviorUse[]>();
  const use = (origin: string | undefined, pattern: string, path: TemplatePath): void => {
    if (origin !== undefined) uses.set(origin, [...(uses.get(origin) ?? []), { pattern, path }]);
  };
  use(textOf(at(config, "DefaultCacheBehavior", "TargetOriginId")), "*", [...configPath, "DefaultCacheBehavior"]);
  listOf(at(config, "CacheBehaviors")).forEach((behavior, index) => {
    use(textOf(at(behavior, "TargetOriginId")), textOf(at(behavior, "PathPattern")) ?? "", [...configPath, "CacheBehaviors", index]);
  });
  return uses;
}

function edgeFunctions(config: Json | undefined): { event: string; value: Json | undefined; path: TemplatePath }[] {
  const behaviors: [TemplatePath, Json | undefined][] = [
    [["DefaultCacheBehavior"], at(config, "DefaultCacheBehavior")],
    ...listOf(at(config, "CacheBehaviors")).map((behavior, index): [TemplatePath, Json | undefined] => [
      ["CacheBehaviors", index],
      behavior,
    ]),
  ];
  return behaviors.flatMap(([path, behavior]) =>
    ["FunctionAssociations", "LambdaFunctionAssociations"].flatMap((key) =>
      listOf(at(behavior, key)).flatMap((association, index) => {
        if (!isJsonObject(association)) return [];
        const value = association["FunctionARN"] ?? association["LambdaFunctionARN"];
        return [{ event: textOf(association["EventType"]) ?? "", value, path: [...path, key, index] }];
      }),
    ),
  );
}
