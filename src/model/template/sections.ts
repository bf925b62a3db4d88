// The outline that every template has, transformed or not: sections, resources with a type, parameters with a type.
// What breaks it is refused by CloudFormation before anything is made, so it is said here and before every deployment.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { unknownTransforms } from "./expand.ts";

interface SectionFinding {
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly message: string;
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
  const report = (severity: SectionFinding["severity"], rule: string, message: string, ...path: TemplatePath): void => {
    findings.push({ severity, rule, message, path });
  };
  for (const name of maps) {
    const section = template[name];
    if (section !== undefined && section !== null && !isJsonObject(section))
      report("error", "template.section", `${name} is a map, not ${kindOf(section)}.`, name);
  }
  for (const name of Object.keys(template)) {
    if (sections.includes(name) || name.startsWith("Fn::")) continue;
    report(
      "warning",
      "template.section",
      `CloudFormation knows no section ${name} and refuses the template. Sections are ${sections.join(", ")}.`,
      name,
    );
  }
  for (const name of unknownTransforms(template)) {
    const message = `The macro ${kindOf(name)} does not run here: what it would make of the template is missing.`;
    report("warning", "template.macro", message, "Transform");
  }
  if (template.Resources === undefined) {
    report("error", "template.no-resources", "This template has no Resources: add the section with at least one resource.");
  }
  for (const [id, resource] of Object.entries(mapOf(template.Resources))) {
    // a macro or a loop stands for resources that are not known from here
    if (id.startsWith("Fn::")) continue;
    checkResource(id, resource, report);
  }
  for (const [name, declaration] of Object.entries(mapOf(template.Parameters))) {
    if (!isJsonObject(declaration) || typeof declaration.Type !== "string") {
      report("error", "template.parameter", `The parameter ${name} needs a Type, such as String.`, "Parameters", name);
    }
  }
  for (const [name, output] of Object.entries(mapOf(template.Outputs))) {
    if (name.startsWith("Fn::")) continue;
    if (!isJsonObject(output) || output.Value === undefined || output.Value === null) {
      report("error", "template.output", `The output ${name} needs a Value.`, "Outputs", name);
    }
  }
  return findings;
}

function checkResource(
  id: string,
  resource: Json,
  report: (severity: "error" | "warning", rule: string, message: string, ...path: TemplatePath) => void,
): void {
  const path: TemplatePath = ["Resources", id];
  if (!/^[A-Za-z0-9]{1,255}$/.test(id)) {
    report("error", "template.logical-id", `"${id}" cannot be a logical ID: only letters and digits, at most 255.`, ...path);
  }
  if (!isJsonObject(resource)) {
    report("error", "template.resource", `The resource ${id} is a map with a Type and Properties, not ${kindOf(resource)}.`, ...path);
    return;
  }
  const { Type: type, Properties: properties } = resource;
  if (type === undefined || type === null) report("error", "template.resource-type", `The resource ${id} has no Type.`, ...path);
  else if (typeof type !== "string" || !isTypeName(type)) {
    report(
      "error",
      "template.resource-type",
      `${JSON.stringify(type)} is no resource type: types are written like AWS::SQS::Queue or Custom::Name.`,
      ...path,
      "Type",
    );
  }
  if (properties !== undefined && properties !== null && !isJsonObject(properties)) {
    report("error", "template.properties", `Properties of ${id} are a map, not ${kindOf(properties)}.`, ...path, "Properties");
  }
  for (const [name, values] of Object.entries(policies)) {
    const policy = resource[name];
    // Language extensions allow functions here.
    if (policy === undefined || isJsonObject(policy) || (typeof policy === "string" && values.includes(policy))) continue;
    report("error", "template.policy", `The ${name} of ${id} is one of ${values.join(", ")}, not ${kindOf(policy)}.`, ...path, name);
  }
  for (const name of Object.keys(resource)) {
    if (resourceAttributes.includes(name) || name.startsWith("Fn::")) continue;
    report(
      "warning",
      "template.resource-attribute",
      `A resource has no attribute ${name}, and CloudFormation refuses the template. Does it belong below Properties?`,
      ...path,
      name,
    );
  }
}

function isTypeName(type: string): boolean {
  return /^Custom::[\w@-]{1,60}$/.test(type) || /^[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){0,2}$/.test(type);
}

function kindOf(value: Json): string {
  if (value === null) return "nothing";
  return Array.isArray(value) ? "a list" : isJsonObject(value) ? "a map" : JSON.stringify(value);
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
