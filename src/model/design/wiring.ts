import { isJsonObject, type Json } from "../json.ts";
import type { ConnectionKind } from "../service.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { eventLabel } from "./events.ts";
import { isFunctionType } from "./kinds.ts";
import { allDrawnBehind, drawnBehind } from "./owners.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";

// Deliveries as CloudFormation writes them: mappings, permissions, subscriptions, targets, notifications.

type Derive = (view: TemplateView, draft: DesignDraft, resource: ResourceView) => void;

const deriveByType: Readonly<Record<string, Derive>> = {
  "AWS::Lambda::EventSourceMapping": deriveMapping,
  "AWS::Lambda::Permission": derivePermission,
  "AWS::Lambda::EventInvokeConfig": deriveInvokeConfig,
  "AWS::SNS::Subscription": deriveSubscription,
  "AWS::SNS::Topic": deriveTopic,
  "AWS::Events::Rule": deriveRule,
  "AWS::Scheduler::Schedule": deriveSchedule,
  "AWS::Pipes::Pipe": derivePipe,
  "AWS::S3::Bucket": deriveBucket,
  "AWS::Cognito::UserPool": deriveUserPool,
  "AWS::StepFunctions::StateMachine": deriveStateMachine,
  "AWS::Serverless::StateMachine": deriveStateMachine,
  "AWS::AppSync::DataSource": deriveDataSource,
};

export function deriveWiring(view: TemplateView, draft: DesignDraft): void {
  for (const resource of view.resources.values()) {
    deriveByType[resource.type]?.(view, draft, resource);
    deriveLayers(view, draft, resource);
  }
}

/** A function is triggered; anything else is a target. */
function deliver(
  view: TemplateView,
  draft: DesignDraft,
  from: string | undefined,
  to: string | undefined,
  writtenAt: readonly TemplatePath[],
  more: { name?: string; label?: string } = {},
): void {
  if (from === undefined || to === undefined || from === to) return;
  const type = view.resources.get(to)?.type;
  const kind: ConnectionKind = type !== undefined && isFunctionType(type) ? "trigger" : "target";
  draft.connect({ kind, from, to, ...more, writtenAt });
}

function deriveMapping(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnBehind(view, resource.properties["EventSourceArn"]);
  const to = drawnBehind(view, resource.properties["FunctionName"]);
  const type = from === undefined ? "" : (view.resources.get(from)?.type ?? "");
  const label = eventLabel(
    type === "AWS::SQS::Queue" ? "SQS" : type.startsWith("AWS::DynamoDB::") ? "DynamoDB" : "Kinesis",
    resource.properties,
  );
  deliver(view, draft, from, to, [resource.path], { name: resource.id, label });
  const failures = drawnBehind(view, at(resource.properties, "DestinationConfig", "OnFailure", "Destination"));
  if (to !== undefined && failures !== undefined) {
    const path: TemplatePath = [...resource.path, "Properties", "DestinationConfig", "OnFailure"];
    draft.connect({ kind: "dead-letter", from: to, to: failures, name: resource.id, label: "on failure", writtenAt: [path] });
  }
}

/** Leave to invoke belongs to the connection that uses it; alone, it is the only sign of one. */
function derivePermission(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnBehind(view, resource.properties["SourceArn"]);
  const to = drawnBehind(view, resource.properties["FunctionName"]);
  if (from === undefined || to === undefined || from === to) return;
  draft.connect({ kind: "trigger", from, to, writtenAt: [resource.path], isSupplement: true });
}

function deriveInvokeConfig(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnBehind(view, resource.properties["FunctionName"]);
  if (from === undefined) return;
  for (const outcome of ["OnSuccess", "OnFailure"] as const) {
    const to = drawnBehind(view, at(resource.properties, "DestinationConfig", outcome, "Destination"));
    if (to === undefined) continue;
    const writtenAt: TemplatePath[] = [[...resource.path, "Properties", "DestinationConfig", outcome]];
    if (outcome === "OnFailure") draft.connect({ kind: "dead-letter", from, to, label: "on failure", writtenAt });
    else draft.connect({ kind: "target", from, to, name: "OnSuccess", label: "on success", writtenAt });
  }
}

function deriveSubscription(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnBehind(view, resource.properties["TopicArn"]);
  deliver(view, draft, from, drawnBehind(view, resource.properties["Endpoint"]), [resource.path]);
}

function deriveTopic(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  listOf(resource.properties["Subscription"]).forEach((subscription, index) => {
    deliver(view, draft, resource.id, drawnBehind(view, at(subscription, "Endpoint")), [
      [...resource.path, "Properties", "Subscription", index],
    ]);
  });
}

function deriveRule(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const bus = drawnBehind(view, resource.properties["EventBusName"]);
  const types = listOf(at(resource.properties, "EventPattern", "detail-type")).filter((type) => typeof type === "string");
  if (bus !== undefined) {
    const writtenAt: TemplatePath[] = [[...resource.path, "Properties", "EventBusName"]];
    draft.connect({ kind: "target", from: bus, to: resource.id, label: types.join(", "), writtenAt });
  }
  listOf(resource.properties["Targets"]).forEach((target, index) => {
    const path: TemplatePath = [...resource.path, "Properties", "Targets", index];
    deliver(view, draft, resource.id, drawnBehind(view, at(target, "Arn")), [path]);
    const failures = drawnBehind(view, at(target, "DeadLetterConfig", "Arn"));
    if (failures !== undefined)
      draft.connect({ kind: "dead-letter", from: resource.id, to: failures, writtenAt: [[...path, "DeadLetterConfig"]] });
  });
}

function deriveSchedule(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const path: TemplatePath = [...resource.path, "Properties", "Target"];
  const to = drawnBehind(view, at(resource.properties, "Target", "Arn")) ?? drawnBehind(view, at(resource.properties, "Target", "Input"));
  deliver(view, draft, resource.id, to, [path], { label: textOf(resource.properties["ScheduleExpression"]) ?? "" });
}

function derivePipe(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const properties: TemplatePath = [...resource.path, "Properties"];
  deliver(view, draft, drawnBehind(view, resource.properties["Source"]), resource.id, [[...properties, "Source"]]);
  deliver(view, draft, resource.id, drawnBehind(view, resource.properties["Enrichment"]), [[...properties, "Enrichment"]], {
    name: "enrichment",
    label: "enrichment",
  });
  deliver(view, draft, resource.id, drawnBehind(view, resource.properties["Target"]), [[...properties, "Target"]]);
}

const notifications = [
  ["LambdaConfigurations", "Function"],
  ["QueueConfigurations", "Queue"],
  ["TopicConfigurations", "Topic"],
] as const;

function deriveBucket(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  for (const [list, property] of notifications) {
    listOf(at(resource.properties, "NotificationConfiguration", list)).forEach((configuration, index) => {
      const event = textOf(at(configuration, "Event"))?.replace(/^s3:/, "") ?? "";
      const path: TemplatePath = [...resource.path, "Properties", "NotificationConfiguration", list, index];
      deliver(view, draft, resource.id, drawnBehind(view, at(configuration, property)), [path], { label: event });
    });
  }
}

function deriveUserPool(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const triggers = resource.properties["LambdaConfig"];
  if (!isJsonObject(triggers)) return;
  for (const [name, value] of Object.entries(triggers)) {
    deliver(view, draft, resource.id, drawnBehind(view, value), [[...resource.path, "Properties", "LambdaConfig", name]], {
      name,
      label: name,
    });
  }
}

/** What its states call, as far as the definition or its substitutions name it. */
function deriveStateMachine(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const substitutions = resource.properties["DefinitionSubstitutions"];
  if (isJsonObject(substitutions)) {
    for (const [name, value] of Object.entries(substitutions)) {
      const to = drawnBehind(view, value);
      const path: TemplatePath = [...resource.path, "Properties", "DefinitionSubstitutions", name];
      if (to !== undefined && to !== resource.id) draft.connect({ kind: "target", from: resource.id, to, writtenAt: [path] });
    }
  }
  for (const property of ["Definition", "DefinitionString"]) {
    for (const to of allDrawnBehind(view, resource.properties[property])) {
      if (to !== resource.id)
        draft.connect({ kind: "target", from: resource.id, to, writtenAt: [[...resource.path, "Properties", property]] });
    }
  }
}

function deriveDataSource(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const api = drawnBehind(view, resource.properties["ApiId"]);
  if (api !== undefined)
    draft.connect({ kind: "target", from: api, to: resource.id, writtenAt: [[...resource.path, "Properties", "ApiId"]] });
  for (const property of ["LambdaConfig", "DynamoDBConfig", "HttpConfig", "EventBridgeConfig"]) {
    const to = drawnBehind(view, resource.properties[property]);
    deliver(view, draft, resource.id, to, [[...resource.path, "Properties", property]]);
  }
}

function deriveLayers(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  if (!isFunctionType(resource.type)) return;
  listOf(resource.properties["Layers"]).forEach((layer: Json) => {
    const to = drawnBehind(view, layer);
    const path: TemplatePath = [...resource.path, "Properties", "Layers"];
    if (to !== undefined) draft.connect({ kind: "reference", from: resource.id, to, label: "layer", writtenAt: [path] });
  });
}
