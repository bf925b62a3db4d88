import type { Json } from "../json.ts";
import { deliver, labelOf } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { allDrawnBehind, drawnBehind } from "./owners.ts";
import { dependenciesOf } from "./references.ts";
import { deriveLeave } from "./topics.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

// What buckets tell others, and whom they let in.

const notifications = [
  ["LambdaConfigurations", "Function"],
  ["QueueConfigurations", "Queue"],
  ["TopicConfigurations", "Topic"],
] as const;

export function deriveBucket(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const configuration = at(resource.properties, "NotificationConfiguration");
  for (const [list, property] of notifications) {
    listOf(at(configuration, list)).forEach((notification, index) => {
      const event = textOf(at(notification, "Event"))?.replace(/^s3:/, "");
      const path: TemplatePath = [...resource.path, "Properties", "NotificationConfiguration", list, index];
      const label = labelOf(event, keysLabel(at(notification, "Filter")));
      const to = drawnBehind(view, at(notification, property));
      deliver(view, draft, resource.id, to, [path, ...leaveBefore(view, resource, to)], { label });
    });
  }
  listOf(at(resource.properties, "ReplicationConfiguration", "Rules")).forEach((rule, index) => {
    const path: TemplatePath = [...resource.path, "Properties", "ReplicationConfiguration", "Rules", index];
    deliver(view, draft, resource.id, drawnBehind(view, at(rule, "Destination", "Bucket")), [path], {
      name: "replication",
      label: words("replication"),
    });
  });
  const logs = drawnBehind(view, at(resource.properties, "LoggingConfiguration", "DestinationBucketName"));
  const logsPath: TemplatePath = [...resource.path, "Properties", "LoggingConfiguration"];
  deliver(view, draft, resource.id, logs, [logsPath], { name: "logs", label: words("access logs") });
}

/** The policy of a target alone that the bucket waits for, and that it waits: given for the sake of its notifications. */
function leaveBefore(view: TemplateView, resource: ResourceView, to: string | undefined): TemplatePath[] {
  return dependenciesOf(resource.written["DependsOn"], [...resource.path, "DependsOn"]).flatMap(({ id, path }) => {
    const policy = view.resources.get(id);
    if (policy === undefined || !sendPolicies.has(policy.type)) return [];
    const holders = allDrawnBehind(view, policy.properties["Queues"] ?? policy.properties["Topics"]);
    return holders.length === 1 && holders[0] === to ? [policy.path, path] : [];
  });
}

const sendPolicies: ReadonlySet<string> = new Set(["AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"]);

/** `uploads/*.jpg`, from the rules of a notification's filter (`S3Key` in CloudFormation's and in SAM's words). */
export function keysLabel(filter: Json | undefined): string | undefined {
  const rules = listOf(at(filter, "S3Key", "Rules"));
  const valueOf = (name: string): string =>
    rules.flatMap((rule) => (textOf(at(rule, "Name"))?.toLowerCase() === name ? (textOf(at(rule, "Value")) ?? []) : [])).join("");
  return rules.length === 0 ? undefined : `${valueOf("prefix")}*${valueOf("suffix")}`;
}

export function deriveBucketPolicy(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  deriveLeave(view, draft, resource, allDrawnBehind(view, resource.properties["Bucket"]));
}
