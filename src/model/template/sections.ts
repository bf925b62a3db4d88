// The outline that every template has, transformed or not: sections, resources with a type, parameters with a type.
// What breaks it is refused by CloudFormation before anything is made, so it is said here and before every deployment.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { unknownTransforms } from "./expand.ts";
import { type Words, type WordsValue, said, words } from "../words.ts";

interface SectionFinding {
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly words: Words;
  readonly path: TemplatePath;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const sections = [
  "AWSTemplateFormatVersion",
  "Conditions",
  "Description",
  "Globals",
  "Hooks",
  "Mappings",
  "Metadata",
  "Outputs",
  "Parameters",
  "Resources",
  "Rules",
  "Transform",
];
const maps = ["Conditions", "Globals", "Mappings", "Metadata", "Outputs", "Parameters", "Resources", "Rules"];

const resourceAttributes = [
  "Condition",
  "CreationPolicy",
  "DeletionPolicy",
  "DependsOn",
  "Metadata",
  "Properties",
  "Type",
  "UpdatePolicy",
  "UpdateReplacePolicy",
  // SAM's own
  "Connectors",
  "IgnoreGlobals",
];

const policies: Readonly<Record<string, readonly string[]>> = {
  DeletionPolicy: ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"],
  UpdateReplacePolicy: ["Delete", "Retain", "Snapshot"],
};

export function sectionFindings(template: JsonObject): readonly SectionFinding[] {
  const findings: SectionFinding[] = [];
  const report = (severity: SectionFinding["severity"], rule: string, what: Words, ...path: TemplatePath): void => {
    findings.push({ severity, rule, ...said(what), path });
  };
  for (const name of maps) {
    const section = template[name];
    if (section !== undefined && section !== null && !isJsonObject(section))
      report("error", "template.section", words("{{name}} is a map, not {{section}}.", { name, section: kindOf(section) }), name);
  }
  for (const name of Object.keys(template)) {
    if (sections.includes(name) || name.startsWith("Fn::")) continue;
    report(
      "warning",
      "template.section",
      words("CloudFormation knows no section {{name}} and refuses the template. Sections are {{sections}}.", {
        name,
        sections: sections.join(", "),
      }),
      name,
    );
  }
  for (const name of unknownTransforms(template)) {
    const what = words("The macro {{name}} does not run here: what it would make of the template is missing.", { name: kindOf(name) });
    report("warning", "template.macro", what, "Transform");
  }
  if (template.Resources === undefined) {
    report("error", "template.no-resources", words("This template has no Resources: add the section with at least one resource."));
  }
  for (const [id, resource] of Object.entries(mapOf(template.Resources))) {
    // a macro or a loop stands for resources that are not known from here
    if (id.startsWith("Fn::")) continue;
    checkResource(id, resource, report);
  }
  for (const [name, declaration] of Object.entries(mapOf(template.Parameters))) {
    if (!isJsonObject(declaration) || typeof declaration.Type !== "string") {
      report("error", "template.parameter", words("The parameter {{name}} needs a Type, such as String.", { name }), "Parameters", name);
    }
  }
  for (const [name, output] of Object.entries(mapOf(template.Outputs))) {
    if (name.startsWith("Fn::")) continue;
    if (!isJsonObject(output) || output.Value === undefined || output.Value === null) {
      report("error", "template.output", words("The output {{name}} needs a Value.", { name }), "Outputs", name);
    }
  }
  return findings;
}

function checkResource(
  id: string,
  resource: Json,
  report: (severity: "error" | "warning", rule: string, what: Words, ...path: TemplatePath) => void,
): void {
  const path: TemplatePath = ["Resources", id];
  if (!/^[A-Za-z0-9]{1,255}$/.test(id)) {
    report(
      "error",
      "template.logical-id",
      words('"{{id}}" cannot be a logical ID: only letters and digits, at most 255.', { id }),
      ...path,
    );
  }
  if (!isJsonObject(resource)) {
    report(
      "error",
      "template.resource",
      words("The resource {{id}} is a map with a Type and Properties, not {{resource}}.", { id, resource: kindOf(resource) }),
      ...path,
    );
    return;
  }
  const { Type: type, Properties: properties } = resource;
  if (type === undefined || type === null)
    report("error", "template.resource-type", words("The resource {{id}} has no Type.", { id }), ...path);
  else if (typeof type !== "string" || !isTypeName(type)) {
    report(
      "error",
      "template.resource-type",
      words("{{type}} is no resource type: types are written like AWS::SQS::Queue or Custom::Name.", { type: JSON.stringify(type) }),
      ...path,
      "Type",
    );
  }
  if (properties !== undefined && properties !== null && !isJsonObject(properties)) {
    report(
      "error",
      "template.properties",
      words("Properties of {{id}} are a map, not {{properties}}.", { id, properties: kindOf(properties) }),
      ...path,
      "Properties",
    );
  }
  for (const [name, values] of Object.entries(policies)) {
    const policy = resource[name];
    // Language extensions allow functions here.
    if (policy === undefined || isJsonObject(policy) || (typeof policy === "string" && values.includes(policy))) continue;
    report(
      "error",
      "template.policy",
      words("The {{name}} of {{id}} is one of {{values}}, not {{policy}}.", {
        name,
        id,
        values: values.join(", "),
        policy: kindOf(policy),
      }),
      ...path,
      name,
    );
  }
  for (const name of Object.keys(resource)) {
    if (resourceAttributes.includes(name) || name.startsWith("Fn::")) continue;
    report(
      "warning",
      "template.resource-attribute",
      words("A resource has no attribute {{name}}, and CloudFormation refuses the template. Does it belong below Properties?", { name }),
      ...path,
      name,
    );
  }
}

function isTypeName(type: string): boolean {
  return /^Custom::[\w@-]{1,60}$/.test(type) || /^[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){0,2}$/.test(type);
}

function kindOf(value: Json): WordsValue {
  if (value === null) return words("nothing");
  return Array.isArray(value) ? words("a list") : isJsonObject(value) ? words("a map") : JSON.stringify(value);
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
