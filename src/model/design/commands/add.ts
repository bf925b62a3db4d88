import type { JsonObject } from "../../json.ts";
import type { TemplateDocument, TemplateEdit } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import type { DesignCommand } from "../design.ts";
import { whyNotLogicalId } from "../logicalIds.ts";

export const samTransform = "AWS::Serverless-2016-10-31";

export function addResource(document: TemplateDocument, command: Extract<DesignCommand, { type: "add" }>): TemplateDocument {
  const refusal = whyNotLogicalId(document.value, command.id);
  if (refusal !== undefined) throw new CommandError(refusal);
  const resource: JsonObject = { Type: command.resourceType };
  if (Object.keys(command.properties).length > 0) resource["Properties"] = command.properties;
  const edits: TemplateEdit[] = [];
  if (needsTransform(document.value, command.resourceType)) edits.push({ type: "set", path: ["Transform"], value: samTransform });
  edits.push({ type: "set", path: ["Resources", command.id], value: { ...resource, ...command.extra } });
  return document.edit(edits);
}

/** SAM's types mean nothing to CloudFormation without the transform. */
export function needsTransform(template: JsonObject, type: string): boolean {
  if (!type.startsWith("AWS::Serverless::")) return false;
  const transform = template["Transform"];
  return !(Array.isArray(transform) ? transform : [transform]).includes(samTransform);
}
