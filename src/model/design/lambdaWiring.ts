import type { Json } from "../json.ts";
import { deliver, deliverFailures } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { eventLabel } from "./events.ts";
import { drawnBehind, drawnNamed } from "./owners.ts";
import { at, isWritten, listOf, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

// What CloudFormation writes beside a function: mappings, permissions, destinations, layers.

/** The event type by which SAM would write a mapping from that type. */
const sourceEvents: Readonly<Record<string, string>> = {
  "AWS::SQS::Queue": "SQS",
  "AWS::DynamoDB::Table": "DynamoDB",
  "AWS::DynamoDB::GlobalTable": "DynamoDB",
  "AWS::Kinesis::Stream": "Kinesis",
  "AWS::Kinesis::StreamConsumer": "Kinesis",
  "AWS::MSK::Cluster": "MSK",
  "AWS::MSK::ServerlessCluster": "MSK",
  "AWS::AmazonMQ::Broker": "MQ",
  "AWS::DocDB::DBCluster": "DocumentDB",
};

export function deriveMapping(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const { properties } = resource;
  const from = drawnBehind(view, properties["EventSourceArn"]) ?? drawnBehind(view, at(properties, "SelfManagedEventSource", "Endpoints"));
  const to = drawnNamed(view, "lambda", properties["FunctionName"]);
  const type = from === undefined ? undefined : sourceEvents[view.resources.get(from)?.type ?? ""];
  const kafka = properties["Topics"] === undefined ? "Kinesis" : "MSK";
  deliver(view, draft, from, to, [resource.path, ...streamOf(view, from)], {
    name: resource.id,
    label: eventLabel(type ?? kafka, properties),
  });
  const failures = drawnBehind(view, at(properties, "DestinationConfig", "OnFailure", "Destination"));
  const path: TemplatePath = [...resource.path, "Properties", "DestinationConfig", "OnFailure"];
  deliverFailures(draft, to, failures, path, { name: resource.id, label: words("on failure") });
}

/** A table's changes only come when its stream is turned on: that is part of every connection that reads it. */
export function streamOf(view: TemplateView, table: string | undefined): TemplatePath[] {
  const resource = table === undefined ? undefined : view.resources.get(table);
  const isOn = resource?.type === "AWS::DynamoDB::Table" && isWritten(at(resource.written, "Properties", "StreamSpecification"));
  return isOn ? [[...resource.path, "Properties", "StreamSpecification"]] : [];
}

/** Leave to invoke belongs to the connection that uses it; alone, it is the only sign of one. */
export function derivePermission(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnBehind(view, resource.properties["SourceArn"]);
  const to = drawnNamed(view, "lambda", resource.properties["FunctionName"]);
  if (from === undefined || to === undefined || from === to) return;
  const joins = { kinds: ["trigger", "target", "origin"], orElse: "own" } as const;
  draft.connect({ kind: "trigger", from, to, writtenAt: [resource.path], joins });
}

export function deriveInvokeConfig(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const from = drawnNamed(view, "lambda", resource.properties["FunctionName"]);
  if (from === undefined) return;
  for (const outcome of ["OnSuccess", "OnFailure"] as const) {
    const to = drawnBehind(view, at(resource.properties, "DestinationConfig", outcome, "Destination"));
    const path: TemplatePath = [...resource.path, "Properties", "DestinationConfig", outcome];
    if (outcome === "OnFailure") deliverFailures(draft, from, to, path, { label: words("on failure") });
    else deliver(view, draft, from, to, [path], { name: outcome, label: words("on success") });
  }
}

export function deriveLayers(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const own = listOf(at(resource.written, "Properties", "Layers"));
  const inherited = listOf(resource.properties["Layers"]).length - own.length;
  listOf(resource.properties["Layers"]).forEach((layer: Json, index) => {
    const to = drawnBehind(view, layer);
    const place: TemplatePath = [...resource.path, "Properties", "Layers", index - inherited];
    const path = index < inherited ? (["Globals", "Function", "Layers", index] as const) : place;
    if (to !== undefined) draft.connect({ kind: "reference", from: resource.id, to, label: words("layer"), writtenAt: [path] });
  });
}
