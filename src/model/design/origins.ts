import { isJsonObject } from "../json.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { referencesIn } from "./references.ts";
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
    const target = originTarget(view, origin["DomainName"]);
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
    const target = referencesIn(association.value).find((reference) => view.ids.has(reference.id));
    if (target) {
      const drawn = throughGlue(view, target.id);
      draft.connect({ kind: "target", from: resource.id, to: drawn, name: association.event, label: association.event, writtenAt: [[...configPath, ...association.path]] });
    }
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

/** The API, function or bucket behind an origin's host name. */
function originTarget(view: TemplateView, domainName: Parameters<typeof referencesIn>[0]): string | undefined {
  for (const reference of referencesIn(domainName)) {
    if (!view.ids.has(reference.id)) {
      // SAM calls a function's URL `<Function>Url`.
      const owner = reference.id.endsWith("Url") ? reference.id.slice(0, -3) : undefined;
      if (owner !== undefined && view.resources.get(owner)?.properties["FunctionUrlConfig"] !== undefined) return owner;
      continue;
    }
    return throughGlue(view, reference.id);
  }
  return undefined;
}

/** What a version, alias, URL or stage belongs to. */
function throughGlue(view: TemplateView, id: string): string {
  const resource = view.resources.get(id);
  switch (resource?.type) {
    case "AWS::Lambda::Url":
      return ownerBy(view, resource, "TargetFunctionArn") ?? id;
    case "AWS::Lambda::Version":
    case "AWS::Lambda::Alias":
      return ownerBy(view, resource, "FunctionName") ?? id;
    case "AWS::ApiGateway::Stage":
    case "AWS::ApiGateway::Deployment":
      return ownerBy(view, resource, "RestApiId") ?? id;
    case "AWS::ApiGatewayV2::Stage":
      return ownerBy(view, resource, "ApiId") ?? id;
    default:
      return id;
  }
}

function ownerBy(view: TemplateView, resource: ResourceView, property: string): string | undefined {
  return referencesIn(resource.properties[property]).find((reference) => view.ids.has(reference.id))?.id;
}

function edgeFunctions(config: Parameters<typeof at>[0]): { event: string; value: Parameters<typeof referencesIn>[0]; path: TemplatePath }[] {
  const behaviors: [TemplatePath, Parameters<typeof at>[0]][] = [
    [["DefaultCacheBehavior"], at(config, "DefaultCacheBehavior")],
    ...listOf(at(config, "CacheBehaviors")).map((behavior, index): [TemplatePath, Parameters<typeof at>[0]] => [["CacheBehaviors", index], behavior]),
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
