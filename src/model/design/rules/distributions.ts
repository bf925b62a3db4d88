import type { Json } from "../../json.ts";
import { cloudfrontLimits as limits } from "../../limits/cloudfront.ts";
import type { TemplatePath } from "../design.ts";
import { at, listOf, numberOf, textOf, type ResourceView } from "../view.ts";
import type { CheckInput, Report } from "./report.ts";

export function checkDistributions({ view, report }: CheckInput): void {
  for (const distribution of view.resources.values()) {
    if (distribution.type !== "AWS::CloudFront::Distribution") continue;
    checkOrigins(distribution, report);
    checkCounts(distribution, report);
  }
}

function checkOrigins(distribution: ResourceView, report: Report): void {
  const config = at(distribution.properties, "DistributionConfig");
  const path: TemplatePath = [...distribution.path, "Properties", "DistributionConfig"];
  const origins = at(config, "Origins");
  if (origins === undefined || at(config, "DefaultCacheBehavior") === undefined) {
    if (config !== undefined && origins === undefined) {
      report({
        severity: "error",
        rule: "design.no-origin",
        message: `${distribution.id} has no origin: connect it to an API or a function with a URL.`,
        path: distribution.path,
      });
    } else if (config !== undefined) {
      report({
        severity: "error",
        rule: "design.no-default-behavior",
        message: `${distribution.id} needs a DefaultCacheBehavior, for what no other behavior matches.`,
        path: distribution.path,
      });
    }
    return;
  }
  const groups = listOf(at(config, "OriginGroups", "Items"));
  const ids = [...listOf(origins), ...groups].map((origin) => textOf(at(origin, "Id")));
  if (ids.some((id) => id === undefined)) return;
  const behaviors: [TemplatePath, Json | undefined][] = [
    [[...path, "DefaultCacheBehavior"], at(config, "DefaultCacheBehavior")],
    ...listOf(at(config, "CacheBehaviors")).map((behavior, index): [TemplatePath, Json | undefined] => [
      [...path, "CacheBehaviors", index],
      behavior,
    ]),
  ];
  for (const [behaviorPath, behavior] of behaviors) {
    const target = textOf(at(behavior, "TargetOriginId"));
    if (target !== undefined && !ids.includes(target)) {
      const message = `${distribution.id} has no origin with the Id ${target}; it has ${ids.join(", ")}.`;
      report({ severity: "error", rule: "design.unknown-origin", message, path: [...behaviorPath, "TargetOriginId"] });
    }
    checkTtls(distribution, behaviorPath, behavior, report);
  }
}

function checkTtls(distribution: ResourceView, path: TemplatePath, behavior: Json | undefined, report: Report): void {
  const least = numberOf(at(behavior, "MinTTL")) ?? 0;
  const usual = numberOf(at(behavior, "DefaultTTL"));
  const longest = numberOf(at(behavior, "MaxTTL"));
  if ((usual !== undefined && usual < least) || (longest !== undefined && longest < (usual ?? least))) {
    const message = `The times to live of ${distribution.id} must grow: MinTTL ${least}, DefaultTTL ${usual ?? limits.defaultTtlSeconds.value}, MaxTTL ${longest ?? limits.maxTtlSeconds.value}.`;
    report({ severity: "error", rule: "design.ttl-order", message, path });
  }
}

function checkCounts(distribution: ResourceView, report: Report): void {
  const config = at(distribution.properties, "DistributionConfig");
  const counts = [
    ["Origins", limits.origins],
    ["CacheBehaviors", limits.cacheBehaviors],
  ] as const;
  for (const [name, limit] of counts) {
    const count = listOf(at(config, name)).length;
    if (count <= limit.value) continue;
    const message = `${distribution.id} has ${count} ${limit.unit}; accounts begin with ${limit.value} for one distribution.`;
    report({
      severity: "warning",
      rule: "design.too-many",
      message,
      path: [...distribution.path, "Properties", "DistributionConfig", name],
    });
  }
}
