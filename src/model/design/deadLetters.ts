import type { Json } from "../json.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { referredResource } from "./references.ts";
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
      const target = referredResource(at(resource.properties, ...keys), view.ids);
      if (!target) continue;
      const isDestination = keys.includes("OnFailure");
      const path: TemplatePath = [...resource.path, "Properties", ...keys.slice(0, -1)];
      draft.connect({ kind: "dead-letter", from: resource.id, to: target.id, label: isDestination ? "on failure" : "", writtenAt: [path] });
    }
    const success = referredResource(
      at(resource.properties, "EventInvokeConfig", "DestinationConfig", "OnSuccess", "Destination"),
      view.ids,
    );
    if (success) {
      const path = [...resource.path, "Properties", "EventInvokeConfig", "DestinationConfig", "OnSuccess"];
      draft.connect({ kind: "target", from: resource.id, to: success.id, name: "OnSuccess", label: "on success", writtenAt: [path] });
    }
  }
}

function deriveRedrive(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const policy = parsedPolicy(at(resource.properties, "RedrivePolicy"));
  const target = referredResource(at(policy, "deadLetterTargetArn") ?? policy, view.ids);
  if (!target) return;
  const from = resource.type === "AWS::SNS::Subscription" ? referredResource(resource.properties["TopicArn"], view.ids)?.id : resource.id;
  if (from === undefined) return;
  const count = numberOf(at(policy, "maxReceiveCount"));
  const label = count === undefined ? "" : `after ${count}`;
  draft.connect({ kind: "dead-letter", from, to: target.id, label, writtenAt: [[...resource.path, "Properties", "RedrivePolicy"]] });
}

/** A redrive policy may also be given as JSON text. */
function parsedPolicy(policy: Json | undefined): Json | undefined {
  if (typeof policy !== "string") return policy;
  try {
    const parsed: Json = JSON.parse(policy);
    return parsed;
  } catch {
    return policy;
  }
}
