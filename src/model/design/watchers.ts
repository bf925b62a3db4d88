import { deliver, labelOf } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind, drawnNamed } from "./owners.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

// What follows, guards or passes on: log subscriptions, alarms, rotations, custom resources, load balancers, firewalls, actions of rules.

export function deriveLogSubscription(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const { properties } = resource;
  const from = logSource(view, properties["LogGroupName"]);
  const pattern = textOf(properties["FilterPattern"]);
  const label = labelOf(words("logs"), pattern === undefined || pattern.trim() === "" ? undefined : pattern);
  deliver(view, draft, from, drawnBehind(view, properties["DestinationArn"]), [resource.path], { name: resource.id, label });
}

/** The function whose log group it is, by reference or by the name `/aws/lambda/orders`; else the log group itself. */
export function logSource(view: TemplateView, group: ResourceView["properties"][string] | undefined): string | undefined {
  const functionName = textOf(group)?.replace(/^\/aws\/lambda\//, "");
  return (functionName === undefined ? undefined : view.named("lambda", functionName)) ?? drawnNamed(view, "logs", group);
}

const alarmActions = [
  ["AlarmActions", words("on alarm")],
  ["OKActions", words("when well again")],
  ["InsufficientDataActions", words("without data")],
] as const;

export function deriveAlarm(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  for (const [property, label] of alarmActions) {
    listOf(resource.properties[property]).forEach((action, index) => {
      const path: TemplatePath = [...resource.path, "Properties", property, index];
      deliver(view, draft, resource.id, drawnBehind(view, action), [path], { label });
    });
  }
  const metrics = ["Dimensions", "Metrics", "AlarmRule"] as const;
  for (const property of metrics) {
    const watched = drawnBehind(view, resource.properties[property]);
    if (watched === undefined || watched === resource.id) continue;
    const path: TemplatePath = [...resource.path, "Properties", property];
    const label = labelOf(words("watches"), textOf(resource.properties["MetricName"]));
    draft.connect({ kind: "reference", from: resource.id, to: watched, label, writtenAt: [path] });
  }
}

export function deriveRotation(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnBehind(view, resource.properties["SecretId"]);
  deliver(view, draft, from, drawnBehind(view, resource.properties["RotationLambdaARN"]), [resource.path], { label: words("rotation") });
}

export function deriveCustomResource(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const to = drawnBehind(view, resource.properties["ServiceToken"]);
  deliver(view, draft, resource.id, to, [[...resource.path, "Properties", "ServiceToken"]], { label: words("at deployment") });
}

export function deriveLoadBalancing(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  listOf(resource.properties["Targets"]).forEach((target, index) => {
    const path: TemplatePath = [...resource.path, "Properties", "Targets", index];
    deliver(view, draft, resource.id, drawnBehind(view, at(target, "Id")), [path]);
  });
}

export function deriveFirewall(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnBehind(view, resource.properties["WebACLArn"]);
  deliver(view, draft, from, drawnBehind(view, resource.properties["ResourceArn"]), [resource.path], {
    name: "guards",
    label: words("guards"),
  });
}

/** Actions of an IoT rule or of a rule for incoming mail: each a map with what it acts on. */
export function deriveActions(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const keys = resource.type === "AWS::IoT::TopicRule" ? ["TopicRulePayload", "Actions"] : ["Rule", "Actions"];
  listOf(at(resource.properties, ...keys)).forEach((action, index) => {
    const path: TemplatePath = [...resource.path, "Properties", ...keys, index];
    const label = textOf(at(resource.properties, "TopicRulePayload", "Sql"));
    deliver(view, draft, resource.id, drawnBehind(view, action), [path], { label: labelOf(label) });
  });
}
