import { isJsonObject } from "../json.ts";
import { deliver, labelOf } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind } from "./owners.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

// Streams of tables, and delivery streams.

export function deriveTableStreams(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const to = drawnBehind(view, at(resource.properties, "KinesisStreamSpecification", "StreamArn"));
  deliver(view, draft, resource.id, to, [[...resource.path, "Properties", "KinesisStreamSpecification"]], {
    name: "stream",
    label: words("changes"),
  });
}

export function deriveDeliveryStream(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const properties: TemplatePath = [...resource.path, "Properties"];
  for (const property of ["KinesisStreamSourceConfiguration", "MSKSourceConfiguration"]) {
    const source = at(resource.properties, property);
    const from = drawnBehind(view, at(source, "KinesisStreamARN") ?? at(source, "MSKClusterARN"));
    deliver(view, draft, from, resource.id, [[...properties, property]], { label: textOf(at(source, "TopicName")) ?? "" });
  }
  for (const [property, destination] of Object.entries(resource.properties)) {
    if (!property.endsWith("DestinationConfiguration") || !isJsonObject(destination)) continue;
    const path: TemplatePath = [...properties, property];
    const end = destination["BucketARN"] ?? destination["DomainARN"] ?? destination["CollectionEndpoint"] ?? destination["ClusterJDBCURL"];
    deliver(view, draft, resource.id, drawnBehind(view, end), [path], { label: labelOf(textOf(destination["Prefix"])) });
    const backup = drawnBehind(
      view,
      at(destination, "S3Configuration", "BucketARN") ?? at(destination, "S3BackupConfiguration", "BucketARN"),
    );
    deliver(view, draft, resource.id, backup, [path], { name: "backup", label: words("backup") });
    listOf(at(destination, "ProcessingConfiguration", "Processors")).forEach((processor, index) => {
      const to = drawnBehind(view, at(processor, "Parameters"));
      const place: TemplatePath = [...path, "ProcessingConfiguration", "Processors", index];
      deliver(view, draft, resource.id, to, [place], { name: "transform", label: words("transform") });
    });
  }
}
