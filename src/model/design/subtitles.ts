import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { patternLabel } from "./eventBridge.ts";
import { isGlue, kindOf } from "./kinds.ts";
import { localDocument, localPath } from "./localFiles.ts";
import { at, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { namedPath } from "../template/assets.ts";
import { inRow, words, type Words, type WordsValue } from "../words.ts";

// The line under a card's title, where no service says it.

/** Where a nested stack names its template. */
const nestedLocation: Readonly<Record<string, string>> = {
  "AWS::CloudFormation::Stack": "TemplateURL",
  "AWS::Serverless::Application": "Location",
};

export function subtitleOf(view: TemplateView, resource: ResourceView): WordsValue {
  const nested = nestedSubtitle(view, resource);
  if (nested !== undefined) return nested;
  return view.definitionOf(resource.type)?.subtitle(resource.properties) ?? plainSubtitle(resource.type, resource.properties);
}

/** What it is, and the one thing about it that a reader of the design asks first. */
export function plainSubtitle(type: string, properties: JsonObject): Words {
  const { title } = kindOf(type);
  const more = moreOf(type, properties);
  const kind: Words = { text: title };
  return more === undefined || more === "" ? kind : inRow([kind, more], " · ");
}

function moreOf(type: string, properties: JsonObject): WordsValue | undefined {
  switch (type) {
    case "AWS::Events::Rule":
      return (
        textOf(properties["ScheduleExpression"] ?? properties["Schedule"]) ??
        patternLabel(properties["EventPattern"] ?? properties["Pattern"])
      );
    case "AWS::Scheduler::Schedule":
      return textOf(properties["ScheduleExpression"]);
    case "AWS::StepFunctions::StateMachine":
      return properties["StateMachineType"] === "EXPRESS" ? words("express") : undefined;
    case "AWS::Serverless::StateMachine":
      return properties["Type"] === "EXPRESS" ? words("express") : undefined;
    case "AWS::SNS::Topic":
      return String(properties["FifoTopic"]) === "true" ? "FIFO" : undefined;
    default:
      return undefined;
  }
}

/** `7 resources · orders/template.yaml`; of a template that lies elsewhere, where that is. */
function nestedSubtitle(view: TemplateView, resource: ResourceView): WordsValue | undefined {
  const property = nestedLocation[resource.type];
  if (property === undefined) return undefined;
  const location = resource.properties[property];
  const file = nestedFile(resource, property);
  if (file === undefined) return isJsonObject(location) ? applicationName(location) : words("Template in S3");
  const document = localDocument(view, file);
  const count = document && drawnCount(document.value);
  return count === undefined ? file : inRow([count === 1 ? words("1 resource") : words("{{count}} resources", { count }), file], " · ");
}

/** An application of the AWS Serverless Application Repository: `arn:…:applications/name`. */
function applicationName(location: JsonObject): Words {
  const name = textOf(location["ApplicationId"])?.split("/").at(-1);
  return name === undefined ? words("Application repository") : inRow([name, words("repository")], " · ");
}

/** Resources of a nested template that a canvas of its own would show. */
function drawnCount(template: Json): number {
  const resources = at(template, "Resources");
  if (!isJsonObject(resources)) return 0;
  return Object.values(resources).filter((resource) => isJsonObject(resource) && !isGlue(String(resource["Type"]))).length;
}

/** A CDK app names the template on S3, and says in the metadata where it lies. */
function nestedFile({ properties, written }: ResourceView, property: string): string | undefined {
  return namedPath(written["Metadata"], property) ?? localPath(properties[property]);
}

export function isNestedStack(type: string): boolean {
  return nestedLocation[type] !== undefined;
}

/** A nested stack whose template is not in the project: kept, not run. */
export function isElsewhere(resource: ResourceView): boolean {
  const property = nestedLocation[resource.type];
  return property !== undefined && nestedFile(resource, property) === undefined;
}
