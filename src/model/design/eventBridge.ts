import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { deliver, deliverFailures, filterLabel, labelOf, parsedJson, textList } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnRole, roleOfTarget } from "./drawnRoles.ts";
import { streamOf } from "./lambdaWiring.ts";
import { allDrawnBehind, drawnBehind, drawnNamed } from "./owners.ts";
import { at, isWritten, listOf, numberOf, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { words, type Words, type WordsValue } from "../words.ts";

// Buses, rules, schedules and pipes.

export function deriveRule(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const { properties } = resource;
  const bus = drawnNamed(view, "events", properties["EventBusName"]);
  if (bus !== undefined && bus !== resource.id) {
    const path: TemplatePath = [...resource.path, "Properties", "EventBusName"];
    draft.connect({ kind: "target", from: bus, to: resource.id, label: patternLabel(properties["EventPattern"]), writtenAt: [path] });
  }
  listOf(properties["Targets"]).forEach((target, index) => {
    const path: TemplatePath = [...resource.path, "Properties", "Targets", index];
    const label = textOf(properties["ScheduleExpression"]) ?? "";
    // A task of a container service names its cluster first, and what it runs inside its parameters.
    const task = drawnBehind(view, at(target, "EcsParameters", "TaskDefinitionArn"));
    const to = task ?? drawnBehind(view, at(target, "Arn"));
    const role = drawnRole(view, roleOfTarget(resource.id, to ?? ""), at(target, "RoleArn"));
    deliver(view, draft, resource.id, to, [path, ...role], { label });
    deliverFailures(draft, resource.id, drawnBehind(view, at(target, "DeadLetterConfig", "Arn")), [...path, "DeadLetterConfig"]);
  });
}

/** What a pattern looks for, by its types, else by its sources, else by the keys that it looks at. */
export function patternLabel(pattern: Json | undefined): WordsValue {
  const parsed = parsedJson(pattern);
  const types = textList(at(parsed, "detail-type"));
  const sources = textList(at(parsed, "source"));
  if (types.length > 0) return types.join(", ");
  return sources.length > 0 ? words("from {{sources}}", { sources: sources.join(", ") }) : (filterLabel(parsed) ?? "");
}

export function deriveBusTarget(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const bus = drawnBehind(view, resource.properties["SourceArn"]);
  deliver(view, draft, bus, resource.id, [[...resource.path, "Properties", "SourceArn"]], {
    label: labelOf(words("archive"), patternLabel(resource.properties["EventPattern"])),
  });
}

/** Who may put events on a bus, where that is a resource of this template. */
export function deriveEventBusPolicy(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const bus = drawnNamed(view, "events", resource.properties["EventBusName"]);
  for (const from of allDrawnBehind(view, at(resource.properties, "Statement", "Condition"))) {
    if (bus === undefined || from === bus) continue;
    draft.connect({ kind: "target", from, to: bus, writtenAt: [resource.path], joins: { kinds: ["target", "access"], orElse: "nothing" } });
  }
}

export function deriveSchedule(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const path: TemplatePath = [...resource.path, "Properties", "Target"];
  const target = at(resource.properties, "Target");
  // A call of any AWS operation names in its input what it works on.
  const to = drawnBehind(view, at(target, "Arn")) ?? drawnBehind(view, at(target, "Input"));
  const role = drawnRole(view, roleOfTarget(resource.id, to ?? ""), at(target, "RoleArn"));
  deliver(view, draft, resource.id, to, [path, ...role], { label: textOf(resource.properties["ScheduleExpression"]) ?? "" });
  deliverFailures(draft, resource.id, drawnBehind(view, at(target, "DeadLetterConfig", "Arn")), [...path, "DeadLetterConfig"]);
}

export function derivePipe(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const properties: TemplatePath = [...resource.path, "Properties"];
  const source = at(resource.properties, "SourceParameters");
  const ownRole = drawnRole(view, `${resource.id}Role`, resource.properties["RoleArn"]);
  const role = ownRole.length > 0 ? [...ownRole, [...properties, "RoleArn"]] : [];
  const parameters = (member: string): TemplatePath[] =>
    Object.keys(objectOf(resource.properties[member])).flatMap((key) =>
      key === "FilterCriteria" || key === "InputTemplate" ? [] : [[...properties, member, key]],
    );
  const from = drawnBehind(view, resource.properties["Source"]);
  const read: TemplatePath[] = [[...properties, "Source"], ...parameters("SourceParameters"), ...role, ...streamOf(view, from)];
  deliver(view, draft, from, resource.id, read, {
    label: labelOf(batchLabel(source), isWritten(at(source, "FilterCriteria")) ? words("filtered") : undefined),
  });
  deliver(view, draft, resource.id, drawnBehind(view, resource.properties["Enrichment"]), [[...properties, "Enrichment"], ...role], {
    name: "enrichment",
    label: words("enrichment"),
  });
  const written: TemplatePath[] = [[...properties, "Target"], ...parameters("TargetParameters"), ...role];
  deliver(view, draft, resource.id, drawnBehind(view, resource.properties["Target"]), written);
  for (const [name, given] of Object.entries(objectOf(source))) {
    const failures = drawnBehind(view, at(given, "DeadLetterConfig", "Arn"));
    deliverFailures(draft, resource.id, failures, [...properties, "SourceParameters", name, "DeadLetterConfig"]);
  }
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** `SqsQueueParameters: {BatchSize: 5}` and its like for the other sources. */
function batchLabel(source: Json | undefined): Words | undefined {
  const size = Object.values(objectOf(source))
    .map((parameters) => numberOf(at(parameters, "BatchSize")))
    .find((each) => each !== undefined);
  return size === undefined ? undefined : words("batch of {{size}}", { size });
}
