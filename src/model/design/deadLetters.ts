import type { Json, JsonObject } from "../json.ts";
import { deliver, deliverFailures, labelOf, parsedJson } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind } from "./owners.ts";
import { at, isWritten, numberOf, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

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
      const isDestination = keys.includes("OnFailure");
      const given = drawnBehind(view, at(resource.properties, ...keys));
      const target = given ?? (isDestination ? makeDestination(view, draft, resource, "OnFailure") : undefined);
      const path: TemplatePath = [...resource.path, "Properties", ...keys.slice(0, -1)];
      deliverFailures(draft, resource.id, target, path, { label: labelOf(isDestination ? words("on failure") : undefined) });
    }
    const given = drawnBehind(view, at(resource.properties, "EventInvokeConfig", "DestinationConfig", "OnSuccess", "Destination"));
    const success = given ?? makeDestination(view, draft, resource, "OnSuccess");
    const path = [...resource.path, "Properties", "EventInvokeConfig", "DestinationConfig", "OnSuccess"];
    deliver(view, draft, resource.id, success, [path], { name: "OnSuccess", label: words("on success") });
  }
}

const madeDestinations: Readonly<Record<string, readonly [suffix: string, type: string]>> = {
  SQS: ["Queue", "AWS::SQS::Queue"],
  SNS: ["Topic", "AWS::SNS::Topic"],
};

/** SAM makes a queue or topic where only its type is said. */
function makeDestination(view: TemplateView, draft: DesignDraft, resource: ResourceView, event: string): string | undefined {
  const keys = ["EventInvokeConfig", "DestinationConfig", event];
  const said = at(resource.properties, ...keys);
  const [suffix, type] = madeDestinations[textOf(at(said, "Type")) ?? ""] ?? [];
  const isMade = resource.type === "AWS::Serverless::Function" && suffix !== undefined && !isWritten(at(said, "Destination"));
  if (!isMade || type === undefined) return undefined;
  return makeUnlessThere(view, draft, `${resource.id}EventInvokeConfig${event}${suffix}`, type, [...resource.path, "Properties", ...keys]);
}

/** The queue that SAM makes where an event's DeadLetterConfig names none. */
export function makeDeadLetterQueue(
  view: TemplateView,
  draft: DesignDraft,
  eventId: string,
  config: Json | undefined,
  path: TemplatePath,
): string | undefined {
  if (at(config, "Type") !== "SQS" || isWritten(at(config, "Arn"))) return undefined;
  return makeUnlessThere(view, draft, textOf(at(config, "QueueLogicalId")) ?? `${eventId}Queue`, "AWS::SQS::Queue", path);
}

export function makeUnlessThere(
  view: TemplateView,
  draft: DesignDraft,
  id: string,
  type: string,
  path: TemplatePath,
  properties: JsonObject = {},
): string | undefined {
  if (view.resources.has(id)) return undefined;
  draft.make({ id, type, path, properties });
  return id;
}

function deriveRedrive(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const policy = parsedJson(at(resource.properties, "RedrivePolicy"));
  const target = drawnBehind(view, at(policy, "deadLetterTargetArn") ?? policy);
  const from = resource.type === "AWS::SNS::Subscription" ? drawnBehind(view, resource.properties["TopicArn"]) : resource.id;
  const count = numberOf(at(policy, "maxReceiveCount"));
  const label = count === undefined ? "" : words("after {{count}}", { count });
  deliverFailures(draft, from, target, [...resource.path, "Properties", "RedrivePolicy"], { label });
}
