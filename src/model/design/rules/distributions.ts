import type { Json } from "../../json.ts";
import { cloudfrontLimits as limits } from "../../limits/cloudfront.ts";
import type { TemplatePath } from "../design.ts";
import { at, listOf, numberOf, textOf, type ResourceView } from "../view.ts";
import type { CheckInput, Report } from "./report.ts";
import { words } from "../../words.ts";

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
        message: words("{{distribution}} has no origin: connect it to an API or a function with a URL.", { distribution: distribution.id }),
        path: distribution.path,
      });
    } else if (config !== undefined) {
      report({
        severity: "error",
        rule: "design.no-default-behavior",
        message: words("{{distribution}} needs a DefaultCacheBehavior, for what no other behavior matches.", {
          distribution: distribution.id,
        }),
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
      const message = words("{{distribution}} has no origin with the Id {{target}}; it has {{ids}}.", {
        distribution: distribution.id,
        target,
        ids: ids.join(", "),
      });
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
    const message = words("The times to live of {{distribution}} must grow: MinTTL {{least}}, DefaultTTL {{usual}}, MaxTTL {{longest}}.", {
      distribution: distribution.id,
      least,
      usual: usual ?? limits.defaultTtlSeconds.value,
      longest: longest ?? limits.maxTtlSeconds.value,
    });
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
    const message = words("{{distribution}} has {{count}} {{unit}}; accounts begin with {{limit}} for one distribution.", {
      distribution: distribution.id,
      count,
      unit: { text: limit.unit },
      limit: limit.value,
    });
    report({
      severity: "warning",
      rule: "design.too-many",
      message,
      path: [...distribution.path, "Properties", "DistributionConfig", name],
    });
  }
}
