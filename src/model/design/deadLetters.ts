import { deliver, deliverFailures, labelOf, parsedJson } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind } from "./owners.ts";
import { at, numberOf, type ResourceView, type TemplateView } from "./view.ts";

/** Where else a resource says what becomes of failures, by path below Properties. */
const failurePaths: readonly (readonly string[])[] = [
  ["DeadLetterConfig", "TargetArn"],
  ["DeadLetterQueue", "TargetArn"],
  ["DeadLetterConfig", "Arn"],
  ["EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination"],
];

const redriveTypes: ReadonlySet<string> = new Set(["AWS::SQS::Queue", "AWS::SNS::Subscription"]);

/** Queues that take what failed elsewhere, and destinations of asynchronous invocations. */
export function deriveDeadLetters(view: TemplateView, draft: DesignDraft): void {
  for (const resource of view.resources.values()) {
    if (redriveTypes.has(resource.type)) deriveRedrive(view, draft, resource);
    for (const keys of failurePaths) {
      const target = drawnBehind(view, at(resource.properties, ...keys));
      const path: TemplatePath = [...resource.path, "Properties", ...keys.slice(0, -1)];
      deliverFailures(draft, resource.id, target, path, { label: labelOf(keys.includes("OnFailure") ? "on failure" : undefined) });
    }
    const success = drawnBehind(view, at(resource.properties, "EventInvokeConfig", "DestinationConfig", "OnSuccess", "Destination"));
    const path = [...resource.path, "Properties", "EventInvokeConfig", "DestinationConfig", "OnSuccess"];
    deliver(view, draft, resource.id, success, [path], { name: "OnSuccess", label: "on success" });
  }
}

function deriveRedrive(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const policy = parsedJson(at(resource.properties, "RedrivePolicy"));
  const target = drawnBehind(view, at(policy, "deadLetterTargetArn") ?? policy);
  const from = resource.type === "AWS::SNS::Subscription" ? drawnBehind(view, resource.properties["TopicArn"]) : resource.id;
  const count = numberOf(at(policy, "maxReceiveCount"));
  const label = count === undefined ? "" : `after ${count}`;
  deliverFailures(draft, from, target, [...resource.path, "Properties", "RedrivePolicy"], { label });
}
